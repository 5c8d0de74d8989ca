"""What asks for one decision is shown once with all of its places, in the formats for people; the others list each."""

import re

import pytest

MACHINE = ("json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "concise")
CLOSING = "2 warnings, 1 of them different, in 2 posts"


def post(title, more="", body=""):
    return f"---\ntitle: {title}\npubDate: 2024-01-02\n{more}---\n\n{body}\n"


def posts(count, *parts):
    return {f"src/content/blog/{'abcdefghijklmnop'[n]}.md": post(*(p.format(n) for p in parts)) for n in range(count)}


TIE = {
    "src/content/blog/a.md": post("A", "tags: [Docker]\n"),
    "src/content/blog/b.md": post("B", "tags: [DOcker]\n"),
}


@pytest.fixture
def check(astro, main):
    def run(files, form="full", *more):
        astro(files)
        return main("check", "--output-format", form, *more).out

    return run


def test_a_tie_between_two_spellings_is_shown_once_with_both_places(check):
    out = check(TIE)
    assert out.count("tag-variant") == 1
    assert "tags `DOcker` and `Docker` are equally frequent; choose one spelling" in out
    assert " --> src/content/blog/a.md:4:8\n" in out
    assert "  = also: src/content/blog/b.md:4:8\n" in out
    assert out.endswith(f"{CLOSING}.\n")


def test_grouped_shows_it_below_the_first_post(check):
    out = check(TIE, "grouped")
    assert out.startswith("src/content/blog/a.md\n  4:8  warning[tag-variant] ")
    assert "         also: src/content/blog/b.md:4:8\n" in out
    assert "\nsrc/content/blog/b.md\n" not in out
    assert out.endswith(f"{CLOSING}.\n")


def test_the_page_shows_it_once_and_counts_both(check):
    page = check(TIE, "html")
    assert "<h1>2 warnings in 2 posts</h1>" in page
    assert page.count("<li\n") == 1
    assert "data-n=2" in page
    assert "<summary>Also in 1 other place</summary><p>src/content/blog/b.md, line 4</p>" in page


@pytest.mark.parametrize("form", MACHINE)
def test_formats_for_programs_list_each_place(check, form):
    out = check(TIE, form)
    assert len(re.findall("tags `DOcker` and `Docker` are equally frequent", out.replace("%60", "`"))) >= 2
    assert "a.md" in out
    assert "b.md" in out


def test_json_names_the_group(astro, main):
    astro({**TIE, "src/content/blog/c.md": post("C", body="[a](/static/b.txt) ![](c.png)")})
    found = main("check", "--output-format", "json").report["diagnostics"]
    groups = [d["group"] for d in found if d["rule"] == "tag-variant"]
    assert len(groups) == 2
    assert len(set(groups)) == 1
    assert groups[0]


def test_a_title_of_five_posts_is_shown_once(check, main):
    out = check(posts(5, "Links"))
    assert out.count("title-duplicate") == 1
    assert [f"src/content/blog/{name}.md:2:8" in out for name in "abcde"] == [True] * 5
    assert len(main("check", "--output-format", "json").report["diagnostics"]) == 5


def test_one_image_without_text_in_nine_translations_is_shown_once(main, tmp_path, monkeypatch):
    languages = ("de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da")
    (tmp_path / "static/img").mkdir(parents=True)
    (tmp_path / "static/img/a.png").write_bytes(b"")
    (tmp_path / "hugo.toml").write_text(
        'defaultContentLanguage = "de"\n' + "".join(f"[languages.{each}]\nweight = 1\n" for each in languages)
    )
    (tmp_path / "content").mkdir()
    for each in languages:
        (tmp_path / f"content/a.{each}.md").write_text(f"---\ntitle: A {each}\n---\n\n![](/img/a.png)\n")
    monkeypatch.chdir(tmp_path)
    assert len(main("check", "--output-format", "json").report["diagnostics"]) == 9
    for form in ("full", "grouped"):
        out = main("check", "--output-format", form).out
        assert out.count("has no alternative text") == 1
        assert out.endswith("9 warnings, 1 of them different, in 9 posts.\n")


def test_copies_of_the_image_in_the_folders_of_languages_are_one(main, tmp_path, monkeypatch):
    for each in ("de", "fr"):
        (tmp_path / f"content/{each}/a").mkdir(parents=True)
        (tmp_path / f"content/{each}/a/a.png").write_bytes(b"")
        (tmp_path / f"content/{each}/a/index.md").write_text(f"---\ntitle: A {each}\n---\n\n![](a.png)\n")
    (tmp_path / "hugo.toml").write_text(
        'defaultContentLanguage = "de"\n'
        + "".join(f'[languages.{each}]\ncontentDir = "content/{each}"\n' for each in ("de", "fr"))
    )
    monkeypatch.chdir(tmp_path)
    assert main("check", "--output-format", "full").out.count("image-alt") == 1


def test_other_images_of_the_same_name_are_not_one(check):
    files = {f"src/content/blog/{name}/index.md": post(name, body="![](./cover.png)") for name in "ab"}
    images = {f"src/content/blog/{name}/cover.png": "" for name in "ab"}
    assert check({**files, **images}).count("image-alt") == 2


def test_many_places_are_counted(check):
    out = check(
        {
            **posts(14, "T{0}", "tags: [web]\n"),
            **{f"src/content/blog/x{n}.md": post(f"X{n}", "tags: [Web]\n") for n in range(12)},
        }
    )
    assert out.count("tag-variant") == 1
    assert out.count("x1") == 3  # x0, then x1, x10, x11, x2, x3
    assert "6 more places in 6 posts (--output-format concise lists them)\n" in out
    assert "12 warnings, 1 of them different, in 12 posts of 26" in out


def test_a_finding_with_another_fix_is_shown_on_its_own(check):
    """A value that needs quotes has no fix."""
    files = posts(4, "T{0}", "tags: [open-source]\n")
    files["src/content/blog/y.md"] = post("Y", "tags: [Open-Source]\n")
    files["src/content/blog/z.md"] = post("Z", 'tags: ["Open\\x2dSource"]\n')
    out = check(files)
    assert out.count("warning[tag-variant]") == 2


def test_two_sites_share_no_decision(tmp_path, main, monkeypatch):
    from conftest import BARE_ASTRO, write_files

    for site in ("one", "two"):
        write_files(tmp_path / site, {**BARE_ASTRO, **TIE})
    monkeypatch.chdir(tmp_path)
    out = main("check", "--output-format", "full").out
    assert out.count("tag-variant") == 2
    assert "4 warnings, 2 of them different, in 4 posts" in out


def test_missing_images_of_one_name_are_not_one(main, tmp_path, monkeypatch):
    for each in "ab":
        (tmp_path / f"content/posts/{each}").mkdir(parents=True)
        (tmp_path / f"content/posts/{each}/index.md").write_text(f"---\ntitle: {each}\n---\n\n![A](cover.png)\n")
    (tmp_path / "hugo.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    assert main("check", "--output-format", "full").out.count("error[image-missing]") == 2
