"""Adopting postlint on an old site: a record of what is there, and comments that silence it."""

import json
import subprocess

import pytest
from conftest import BARE_ASTRO, CLEAN, DAMAGED, environment, write_files

FOLDER = "src/content/blog"
RECORD = "postlint-baseline.json"


def posts(**texts):
    return {f"{FOLDER}/{name}.md": text.replace("A post", f"Post {name}") for name, text in texts.items()}


def recorded(root):
    return [row[:2] for row in json.loads((root / RECORD).read_text())["findings"] if row]


# ---- baseline


def test_only_what_is_new_is_shown(main, astro):
    root = astro(posts(a=DAMAGED, b=CLEAN))
    ran = main("check", "--write-baseline", RECORD)
    assert (ran.status, ran.out) == (0, "Nothing to report in 2 posts.\n")
    assert ran.err == f"postlint: {RECORD}: 1 known finding recorded\n"
    assert recorded(root) == [[f"{FOLDER}/a.md", "mojibake"]]
    astro(posts(b=DAMAGED))
    ran = main("check", "--baseline", RECORD, "--output-format", "json")
    assert (ran.status, [d["path"] for d in ran.report["diagnostics"]]) == (1, [f"{FOLDER}/b.md"])


def test_entries_outlive_moved_lines_edits_and_renames(main, astro):
    root = astro(posts(a=DAMAGED + "\nMore â€” of it\n"))
    main("check", "--write-baseline", RECORD)
    astro(
        posts(a=DAMAGED.replace("title: A post", "title: Another\ndescription: New") + "\n\nNew.\n\nMore â€” of it\n")
    )
    assert main("check", "--baseline", RECORD).status == 0
    (root / FOLDER / "a.md").rename(root / FOLDER / "renamed.md")
    assert main("check", "--baseline", RECORD).status == 0
    # A copy is no renamed file.
    astro(posts(a=(root / FOLDER / "renamed.md").read_text("utf-8")))
    assert main("check", "--baseline", RECORD, "--select", "mojibake").status == 1


def test_what_no_longer_occurs_is_named_and_taken_out(main, astro):
    root = astro(posts(a=DAMAGED, b=DAMAGED))
    main("check", "--write-baseline", RECORD)
    astro(posts(a=CLEAN))
    ran = main("check", "--baseline", RECORD)
    assert ran.status == 0
    assert f"  {FOLDER}/a.md: mojibake: `â€”` is" in ran.err
    # A run over some posts can't tell of the others.
    assert "no longer" not in main("check", "--baseline", RECORD, f"{FOLDER}/b.md").err
    main("check", "--write-baseline", RECORD, f"{FOLDER}/b.md")
    assert len(recorded(root)) == 2
    main("check", "--write-baseline", RECORD)
    assert recorded(root) == [[f"{FOLDER}/b.md", "mojibake"]]


def test_a_record_only_shrinks_unless_it_is_forced(main, astro):
    root = astro(posts(a=DAMAGED))
    main("check", "--write-baseline", RECORD)
    astro(posts(b=DAMAGED))
    ran = main("check", "--write-baseline", RECORD)
    assert (ran.status, len(recorded(root))) == (1, 1)
    assert main("check", "--write-baseline", RECORD, "--force").status == 0
    assert len(recorded(root)) == 2
    before = (root / RECORD).read_bytes()
    main("check", "--write-baseline", RECORD, "--force")
    assert (root / RECORD).read_bytes() == before


def test_paths_are_those_beside_the_record(main, tmp_path):
    root = write_files(tmp_path / "site", {**BARE_ASTRO, **posts(a=DAMAGED)})
    main("check", "--write-baseline", RECORD, cwd=root)
    assert recorded(root) == [[f"{FOLDER}/a.md", "mojibake"]]
    assert main("check", "--baseline", f"../../../{RECORD}", cwd=root / FOLDER).status == 0


@pytest.mark.parametrize("resolved_by", ["union", None])
def test_two_people_who_each_mend_one_thing(main, tmp_path, resolved_by):
    """Neighbours in the record: with the merge driver the documentation names, and with a gap between them without."""
    root = write_files(tmp_path, {**BARE_ASTRO, **posts(**{f"p{number}": DAMAGED for number in range(6)})})
    if resolved_by:
        (root / ".gitattributes").write_text(f"{RECORD} merge={resolved_by}\n")

    def git(*arguments):
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
        return subprocess.run(command, cwd=root, env=environment(root), capture_output=True, check=True)

    def mend(name, branch):
        git("switch", "-q", "-c", branch, "main")
        write_files(root, posts(**{name: CLEAN}))
        assert main("check", "--write-baseline", RECORD).status == 0
        git("commit", "-qam", f"Mend {name}")

    main("check", "--write-baseline", RECORD)
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "Begin")
    mend("p2", "one")
    mend("p3" if resolved_by else "p4", "two")
    git("merge", "-q", "one")
    assert main("check", "--baseline", RECORD).status == 0
    main("check", "--write-baseline", RECORD)
    assert len(recorded(root)) == 4


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "this file cannot be read: no such file or directory; --write-baseline creates it"),
        ("[]", "this is not a postlint baseline; name another file, or replace it with --write-baseline --force"),
        ("{", "this is not a postlint baseline; name another file, or replace it with --write-baseline --force"),
        (
            '{"version": 1, "findings": [["a"]]}',
            "this is not a postlint baseline; name another file, or replace it with --write-baseline --force",
        ),
        (
            "[" * 100_000,
            "this is not a postlint baseline; name another file, or replace it with --write-baseline --force",
        ),
        (
            '{"version": 2, "findings": []}',
            "this baseline was written by another version of postlint; --write-baseline --force replaces it",
        ),
    ],
)
def test_what_is_no_record(main, astro, content, message):
    root = astro(posts(a=CLEAN))
    if content is not None:
        (root / RECORD).write_text(content)
    assert main("check", "--baseline", RECORD)[:3] == (2, "", f"postlint: {RECORD}: {message}\n")


# ---- comments


MDX = "\n{/* postlint-disable-next-line mojibake -- TODO */}\n"


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.md", DAMAGED, DAMAGED.replace("Now", "<!-- postlint-disable-next-line mojibake -- TODO -->\nNow")),
        ("a.md", DAMAGED.replace("\n", "\r\n"), None),
        ("a.mdx", DAMAGED, DAMAGED.replace("\nNow", f"{MDX}Now")),
        # In the midst of a paragraph and of a list: around the block.
        (
            "a.md",
            f"{CLEAN}\nOne\nÃ©t\u00e9 â€” two\nthree\n\nNext.\n",
            (
                f"{CLEAN}\n<!-- postlint-disable mojibake -- TODO -->\nOne\nÃ©t\u00e9 â€” two\nthree\n\n"
                "<!-- postlint-enable mojibake -->\nNext.\n"
            ),
        ),
        (
            "a.md",
            f"{CLEAN}\n- one\n\n- â€” two\n",
            CLEAN.replace("Nothing", "<!-- postlint-disable mojibake -- TODO -->\nNothing") + "\n- one\n\n- â€” two\n",
        ),
        # In the front matter: on the line; where none can be, for the whole file.
        (
            "a.md",
            CLEAN.replace("A post", "A â€” post # mine"),
            CLEAN.replace("A post", "A â€” post # mine # postlint-disable-line mojibake -- TODO"),
        ),
        (
            "a.md",
            CLEAN.replace("A post", "|\n  A â€” post\n  more"),
            CLEAN.replace("A post", "|\n  A â€” post\n  more").replace(
                "---\n\n", "---\n<!-- postlint-disable-file mojibake -- TODO -->\n\n"
            ),
        ),
        (
            "a.md",
            "\ufeffNow â€” then.\n",
            "\ufeff<!-- postlint-disable-next-line mojibake -- TODO -->\nNow â€” then.\n",
        ),
    ],
)
def test_comments_silence_what_is_found(main, astro, path, before, after):
    root = astro({f"{FOLDER}/{path}": before})
    name = f"{FOLDER}/{path}"
    assert main("check", name, "--select", "mojibake").status == 1
    ran = main("check", name, "--add-suppressions", "--select", "mojibake")
    assert (ran.status, ran.out[:11]) == (0, "Suppressed ")
    text = (root / name).read_bytes().decode()
    if after is not None:
        assert text == after
    assert text.count("\r\n") in (0, text.count("\n"))
    assert main("check", name, "--select", "mojibake,suppression").status == 0
    again = main("check", name, "--add-suppressions", "--select", "mojibake")
    assert again.out.startswith("Nothing to report")
    assert (root / name).read_bytes().decode() == text


def test_a_reason_is_written_down(main, astro):
    root = astro(posts(a=DAMAGED))
    main("check", "--add-suppressions", "--reason", "it is about this")
    assert "<!-- postlint-disable-next-line mojibake -- it is about this -->" in (root / FOLDER / "a.md").read_text(
        "utf-8"
    )


def test_a_diff_of_comments_writes_nothing(main, astro):
    root = astro(posts(a=DAMAGED))
    ran = main("check", "--add-suppressions", "--diff")
    assert ran.status == 1
    assert ran.err == "1 finding would be suppressed in 1 post.\n"
    assert "postlint-disable" not in (root / FOLDER / "a.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--reason", "x"], "--reason only applies to --add-suppressions"),
        (["--add-suppressions", "--reason", "a --> b"], "--reason must fit into a one-line comment"),
        (["--force"], "--force only applies to --write-baseline"),
        (["--baseline", "a", "--write-baseline", "a"], "--write-baseline also reads the old baseline"),
    ],
)
def test_options_that_do_not_go_together(main, astro, arguments, message):
    astro(posts(a=CLEAN))
    ran = main("check", *arguments)
    assert ran.status == 2
    assert ran.err.startswith(f"postlint: {message}")


def test_every_finding_of_the_example_blog_can_be_silenced(main, tmp_path):
    import shutil

    from conftest import ROOT

    root = tmp_path / "blog"
    shutil.copytree(ROOT / "examples/blog", root)
    before = len(main("check", "--output-format", "json", cwd=root).report["diagnostics"])
    assert before > 8
    ran = main("check", "--add-suppressions", "--output-format", "json", cwd=root)
    assert ran.report["diagnostics"] == []
    assert main("check", "--fail-on", "warning", cwd=root).status == 0
