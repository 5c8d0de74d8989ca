"""Which posts a run is about."""

import os

import pytest
from conftest import BARE_ASTRO, CLEAN, write_files

from postlint import Config, PostlintError
from postlint.projects import discovery
from postlint.projects.project import Projects


def names(posts, root):
    return sorted(post.full.removeprefix(f"{root.resolve()}/") for post in posts)


@pytest.fixture
def tree(tmp_path):
    """Writes posts of these names; answers the folder."""
    return lambda *paths, **files: write_files(tmp_path, {**dict.fromkeys(paths, CLEAN), **files})


def test_a_folder_without_a_site(tree):
    root = tree("b.md", "a/c.MD", "a/d.mdx", "a/e.markdown", "f.txt", ".hidden/g.md", "node_modules/h.md", "venv/i.md")
    assert names(discovery.given([str(root)], Projects()), root) == ["a/c.MD", "a/d.mdx", "a/e.markdown", "b.md"]


def test_a_file_is_checked_whatever_its_name(tree):
    root = tree("f.txt", "README.md", "node_modules/h.md", ".hidden/g.md")
    given = [str(root / name) for name in ("f.txt", "README.md", "node_modules/h.md", ".hidden/g.md")]
    assert len(discovery.given(given, Projects())) == 4


def test_each_once_and_sorted(tree):
    root = tree("a.md", "b/c.md")
    given = [str(root), str(root / "b"), str(root / "b/c.md"), str(root / "a.md"), str(root / "b/../a.md")]
    assert names(discovery.given(given, Projects()), root) == ["a.md", "b/c.md"]


def test_sections_of_a_site_may_have_names_of_folders_of_code(tree):
    root = tree("content/a/vendor/b.md", "content/a/node_modules/c.md", "vendor/d.md", **{"hugo.toml": ""})
    assert names(discovery.given([str(root)], Projects()), root) == ["content/a/vendor/b.md"]


def test_a_site_has_its_collections(tree):
    root = tree("src/content/blog/a.md", "src/content/blog/_draft.md", "README.md", "docs/x.md", **BARE_ASTRO)
    expected = names(discovery.here(str(root), Projects()), root)
    assert "src/content/blog/a.md" in expected
    assert "README.md" not in expected
    assert names(discovery.given([str(root)], Projects()), root) == expected
    assert names(discovery.given([str(root / "docs")], Projects()), root) == ["docs/x.md"], "named on purpose"


def test_sites_below(tree):
    site = {f"web/{name}": text for name, text in BARE_ASTRO.items()}
    root = tree("web/src/content/blog/a.md", "notes.md", **site)
    assert names(discovery.here(str(root), Projects()), root) == ["web/src/content/blog/a.md"]
    assert names(discovery.here(str(root / "web/src/content/blog"), Projects()), root) == ["web/src/content/blog/a.md"]


def test_sites_below_one_without_posts(tree):
    app = {"next.config.mjs": "export default {}", "docs/.vitepress/config.mts": "export default {}"}
    root = tree("docs/a.md", "lib/notes.md", **app)
    assert names(discovery.here(str(root), Projects()), root) == ["docs/a.md"]


def test_without_a_site_posts_lie_where_they_lie_by_custom(tree):
    root = tree("posts/a.md", "content/b.md", "other/c.md", "d.md")
    (root / ".git").mkdir()
    assert names(discovery.here(str(root), Projects()), root) == ["content/b.md", "posts/a.md"]


def test_collections_of_the_configuration(tree):
    root = tree("texts/a.md", "texts/old/b.md", "c.md")
    text = '[[collections]]\nname = "t"\ninclude = ["texts/**/*.md"]\nexclude = ["texts/old/**"]\n'
    write_files(root, {"postlint.toml": text})
    assert names(discovery.here(str(root), Projects()), root) == ["texts/a.md"]
    assert names(discovery.given([str(root)], Projects()), root) == ["texts/a.md"]


IGNORED = ["a.md", "drafts/b.md", "deep/c.md", "deep/drafts/d.md", "deep/keep.md"]


@pytest.mark.parametrize("repository", [True, False], ids=["in a repository", "without one"])
def test_gitignore(tree, repository):
    ignore = {".gitignore": "drafts/\n/a.md\n", "deep/.gitignore": "*\n!keep.md\n!/drafts/\n"}
    root = tree(*IGNORED, **ignore)
    if repository:
        (root / ".git").mkdir()
    assert names(discovery.given([str(root)], Projects()), root) == ["deep/keep.md"]


def test_gitignore_of_the_repository_around(tree):
    root = tree("site/posts/a.md", "site/posts/b.md", **{".gitignore": "b.md\n"})
    (root / ".git").mkdir()
    assert names(discovery.given([str(root / "site/posts")], Projects()), root) == ["site/posts/a.md"]
    assert names(discovery.given([str(root / "site/posts/b.md")], Projects()), root) == ["site/posts/b.md"]


def test_links(tree):
    root = tree("real/a.md")
    (root / "linked").symlink_to(root / "real")
    (root / "real/loop").symlink_to(root)
    (root / "b.md").symlink_to("real/a.md")
    assert names(discovery.given([str(root)], Projects()), root) == ["b.md", "real/a.md"]
    assert names(discovery.given([str(root / "linked")], Projects()), root) == ["real/a.md"]


def test_links_into_a_submodule_that_is_not_checked_out(tree):
    modules = '[submodule "parts"]\n\tpath = parts\n\turl = https://example.org/parts.git\n'
    root = tree("a.md", **{".gitmodules": modules})
    (root / "b.md").symlink_to("parts/b.md")
    (root / "d.md").symlink_to("gone/d.md")
    assert names(discovery.given([str(root)], Projects()), root) == ["a.md", "d.md"]
    write_files(root, {"parts/b.md": CLEAN})
    assert len(discovery.given([str(root)], Projects())) == 3


def test_a_path_that_is_not_there(tree):
    with pytest.raises(PostlintError, match=r"none\.md: no such file or folder"):
        discovery.given([str(tree() / "none.md")], Projects())


def test_deep_folders(tree):
    root = tree("/".join(["d"] * 300) + "/a.md")
    assert len(discovery.given([str(root)], Projects())) == 1


def test_a_fixed_configuration(tree):
    root = tree("a.md", "b/c.md", **{"postlint.toml": "nonsense"})
    posts = discovery.given([str(root)], Projects(Config(exclude=["b/**"], root=str(root))))
    assert names(posts, root) == ["a.md"]


def test_without_framework_and_repository_the_site_is_what_lies_around(postlint, write):
    root = write(
        {
            "config.md": "+++\nauthor = A\n+++\n",
            "_layout/head.html": "",
            "blog/2025/a.md": "+++\nrss_pubdate = Date(2025, 7, 17)\n+++\n",
        }
    )
    ran = postlint("check", "--output-format", "json", cwd=root)
    assert (ran.found, ran.report["summary"]["files"]) == ([], 1)


def site(root, *paths):
    (root / ".git").mkdir()
    write_files(root, dict.fromkeys(paths, "No front matter.\n"))
    return names(discovery.here(str(root), Projects()), root)


def test_folders_are_known_by_their_posts(tree):
    posts = ("data/posts/a.md", "data/posts/b/index.md", "storage/notes/c.md", "storage/talks/d.mdx", "e.md")
    root = tree(*posts, "templates/t.md", ".github/u.md", "test/fixtures/v.md", "drafts/w.md", "README.md")
    assert site(root, "lib/a.md", "lib/b.md", "data/posts/part.md", "CONTRIBUTING.md") == sorted(
        (*posts, "data/posts/part.md")
    )


def test_two_posts_are_no_site(tree):
    assert site(tree("notes/a.md", "ideas/b.md")) == []


def test_posts_beside_those_that_lie_where_custom_has_them(tree):
    root = tree("docs/a.md", "css/b/index.md", "css/c/index.md", "js/d/index.md")
    assert site(root) == ["css/b/index.md", "css/c/index.md", "docs/a.md", "js/d/index.md"]


def test_kinds_of_posts(tree):
    kinds = {
        "texts/articles": 3,
        "texts/podcasts": 4,
        "notes/2023": 3,
        "notes/2024": 3,
        "log/first": 1,
        "log/second": 1,
    }
    root = tree(
        *(f"{folder}/{n}/index.md" for folder, number in kinds.items() for n in range(number)), "texts/templates/t.md"
    )
    (root / ".git").mkdir()
    posts = discovery.here(str(root), Projects())
    found = {post.path.rpartition("/")[0][:14]: post.project.collection(post.path).name for post in posts}
    assert set(found.values()) == {"texts/articles", "texts/podcasts", "texts", "notes", "log"}


def test_a_later_run_sees_a_site_that_came_between(tree):
    root = tree("posts/a.md")
    assert Projects().of(str(root / "posts")).evidence is None
    write_files(root, {"hugo.toml": "baseURL = 'https://example.org/'\n"})
    assert Projects().of(str(root / "posts")).evidence == "hugo.toml"


def test_below_the_root_of_a_disk_no_site_is_looked_for():
    """Other people's temporary folders are there."""
    root = os.path.abspath(os.sep)
    project = Projects().of(root)
    if project.is_marked:
        pytest.skip("the whole disk is a repository or a site")
    assert discovery.here(root, Projects()) == []


@pytest.mark.parametrize(("folder", "found"), [("sections-backup/files", False), ("backup", False), ("docs", True)])
def test_a_copy_of_the_site_in_it_is_not_checked(folder, found, write, main):
    config, post = 'base_url = "https://example.org"\n', "+++\ntitle = 'A'\ndate = 'soon'\n+++\n"
    write({".git/HEAD": "", "config.toml": config, "content/a.md": "+++\ntitle = 'A'\n+++\n"})
    root = write({f"{folder}/config.toml": config, f"{folder}/content/a.md": post})
    paths = {each["path"] for each in main("check", "--no-cache", "--output-format", "json").report["diagnostics"]}
    assert (f"{folder}/content/a.md" in paths) is found
    named = main("check", "--no-cache", "--output-format", "json", folder, cwd=root).report["diagnostics"]
    assert {each["path"] for each in named} == {f"{folder}/content/a.md"}
