"""What a Hugo site's files say of it, and where its posts and images are."""

import json
import pickle
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.files.files import MemoryFiles
from postlint.frameworks import asking, load
from postlint.frameworks.answers import EXPIRED, FUTURE, UNKNOWN, Reason

HUGO = load("hugo")
POST = "content/posts/x.md"


def site(config="", **files):
    """A site with the settings `config` (TOML) and `files`: path (`__` for `/`, `_dot_` for `.`) → text."""
    named = {name.replace("__", "/").replace("_dot_", "."): text.encode() for name, text in files.items()}
    return HUGO(MemoryFiles({"hugo.toml": config.encode(), POST: b"", **named}))


def with_files(config, *names, **texts):
    files = {"hugo.toml": config.encode(), POST: b"", **dict.fromkeys(names, b"")}
    return HUGO(MemoryFiles({**files, **{name: text.encode() for name, text in texts.items()}}))


@pytest.mark.parametrize(
    ("files", "evidence"),
    [
        ({"hugo.toml": b""}, "hugo.toml"),
        ({"hugo.yaml": b""}, "hugo.yaml"),
        ({"config/_default/hugo.toml": b""}, "config/_default/hugo.toml"),
        ({"config/_default/config.yml": b""}, "config/_default/config.yml"),
        ({"config.toml": b'baseURL = "https://example.org/"'}, "config.toml"),
        ({"config.yaml": b"baseurl: https://example.org/"}, "config.yaml"),
        ({"config.toml": b'base_url = "https://example.org/"'}, None),
        ({"config.yaml": b"database: x"}, None),
        ({"config.json": b'{"name": "x"}'}, None),
        ({}, None),
    ],
)
def test_detection(files, evidence):
    assert HUGO.detect(MemoryFiles(files)) == evidence


def test_collections_are_the_sections():
    found = with_files("", "content/notes/a.md", "content/.git/a.md", "content/about.md")
    assert [each.name for each in found.collections] == ["sections", "posts", "notes", "pages"]
    assert found.collections[1].include == ("content/posts/**/*.{md,markdown,mdown,MD,Markdown,mkd,mkdn}",)


@pytest.mark.parametrize(
    ("config", "addresses"),
    [
        ("", ("/posts/x/",)),
        ("BaseURL = 'https://example.org/sub/'", ("/sub/posts/x/",)),
        ("[permalinks]\nPosts = '/:filename/'", ("/x/",)),
        ("[[permalinks]]\npattern = '/b/:filename/'\n[permalinks.target]\npath = '/posts/**'", ("/b/x/",)),
        ("[permalinks]\nposts = '/:nonsense/'", None),
        ("[permalinks]\nother = '/:nonsense/'", None),
        ("[permalinks]\nposts = '/:year/'\n[frontmatter]\ndate = [':git']", None),
        ("[languages.en]\n[languages.fr]\n", ("/posts/x/",)),
        ("defaultContentLanguage = 'fr'\n[languages.en]\n[languages.fr]\n", ("/posts/x/",)),
        ("not toml", None),
    ],
)
def test_settings(config, addresses):
    assert site(config).address(POST, {}).addresses == addresses


def test_the_folder_of_settings():
    found = with_files("", **{"config/_default/permalinks.toml": "posts = '/p/:filename/'"})
    assert found.address(POST, {}).addresses == ("/p/x/",)


@pytest.mark.parametrize("file", ["CNAME", "static/CNAME"])
def test_a_domain_of_its_own_may_have_another_path(file):
    assert with_files("baseURL = 'https://a.github.io/b/'", file).address(POST, {}).addresses is None


def test_taxonomies_of_any_language_are_known():
    config = "[taxonomies]\nbook = 'books'\n[languages.en]\n[languages.fr.taxonomies]\ncategory = 'FRcategories'\n"
    known = HUGO(MemoryFiles({"hugo.toml": config.encode()})).known_keys
    assert {"books", "FRcategories", "title"} <= {*known}


def test_languages_are_told():
    found = site("[languages.en]\n[languages.fr]\n")
    assert found.address("content/posts/x.fr.md", {}).language == "fr"
    assert found.address("content/posts/x.fr.md", {}).addresses == ("/fr/posts/x/",)


def test_what_sections_hand_down():
    section = "---\ncascade:\n  draft: true\nslug: blog\n---\n"
    found = with_files("", **{"content/posts/_index.md": section})
    assert found.draft(POST, {})
    assert found.address(POST, {}).addresses == ("/blog/x/",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"date": "2031-01-01"}, FUTURE),
        ({"publishDate": "2031-01-01", "date": "2020-01-01"}, FUTURE),
        ({"date": "2031-01-01", "publishDate": "2020-01-01"}, None),
        ({"ExpiryDate": "2021-01-01"}, EXPIRED),
        ({"date": "nonsense"}, None),
        ({}, None),
    ],
)
def test_future_and_expired(data, reason):
    assert site().withheld(POST, data, datetime(2030, 1, 1, tzinfo=UTC)) == reason
    assert (
        site("buildFuture = true\nbuildExpired = true").withheld(POST, data, datetime(2030, 1, 1, tzinfo=UTC)) is None
    )


HOOK = "layouts/_default/_markup/render-image.html"


@pytest.mark.parametrize(
    ("files", "target", "certain"),
    [
        ({}, "/img/none.png", True),
        ({HOOK: '<img src="{{ .Destination }}">'}, "/img/none.png", False),
        ({HOOK: '<img src="https://cdn.example.org/{{ .Destination }}">'}, "/img/none.png", None),
        ({"hugo.toml": "theme = 'not-here'"}, "/img/none.png", False),
        ({"hugo.toml": "theme = 'not-here'", "static/a/b.png": ""}, "img/b.png", True),
        ({"hugo.toml": "theme = 'not-here'", "static/img/b.png": ""}, "img/b.png", False),
    ],
)
def test_who_makes_images(files, target, certain):
    found = with_files("", **files).image(POST, {}, target, "markdown")
    assert (None if found == UNKNOWN else found.certain) == certain


def test_a_bundle_that_front_matter_moved():
    files = {"content/posts/other/index.md": "---\nurl: /moved/\n---\n", "content/posts/other/a.png": ""}
    found = with_files("", **files)
    assert "content/posts/other/a.png" in found.image(POST, {}, "/moved/a.png", "markdown").paths
    assert "content/posts/other/a.png" not in found.image(POST, {}, "/posts/other/a.png", "markdown").paths


@pytest.mark.parametrize(
    ("tag", "target"),
    [
        ('{{< figure src="a.png" title="t" >}}', "a.png"),
        ("{{< figure src=a.png >}}", "a.png"),
        ("{{< figure title=`t` src=`a.png` >}}", "a.png"),
        ('{{% relref "y.md" %}}', "y.md"),
        ('{{< ref path="y.md" >}}', "y.md"),
        ('{{</* figure src="a.png" */>}}', None),
        ("{{< /figure >}}", None),
        ('{{< youtube "x" >}}', None),
        ("{{ .Title }}", None),
    ],
)
def test_shortcodes(tag, target):
    found = site().embedded(tag)
    assert [each.target for each in found] == ([target] if target else [])
    assert all(tag[each.start : each.end] == each.target for each in found)


LANGUAGES = "defaultContentLanguage = 'de'\n[languages.de]\ncontentDir = 'c/de'\n[languages.en]\ncontentDir = 'c/en'\n"


def test_languages_that_share_a_folder():
    found = with_files(f"{LANGUAGES}[languages.at]\ncontentDir = 'c/de'\n")
    assert found.address("c/de/a.md", {"aliases": ["/old"]}).addresses == ("/a/", "/at/a/")
    assert found.address("c/de/a.md", {"aliases": ["/old"]}).aliases == ("/old/", "/at/old/")
    assert found.address("c/de/a.at.md", {}).addresses == ("/at/a/",)
    assert found.address("c/en/a.md", {}).addresses == ("/en/a/",)


@pytest.mark.parametrize(
    ("link", "files", "status"),
    [
        ("team/x", (), "missing"),
        ("b", ("c/de/b.md",), "ok"),  # the embedded hook finds the page
        ("../b/", ("c/de/b.md",), "ok"),
        ("../b/", ("c/en/b.md",), "missing"),
        ("/en/b/", ("c/en/b.md",), "ok"),
        ("/posts/one", ("c/de/posts/one.md",), "ok"),
    ],
)
def test_links_in_a_site_of_several_languages(write, main, link, files, status):
    write({"hugo.toml": f"baseURL = 'https://e.org/'\n{LANGUAGES}", "c/de/a.md": f"---\n---\n[a]({link})\n"})
    write(dict.fromkeys(files, "---\n---\n"))
    assert f"{link} ({status})" in main("inspect").out


def test_a_bundles_files_serve_its_translations():
    found = with_files(LANGUAGES, "c/de/x/index.md", "c/en/x/index.md", "c/en/x/a.png")
    assert "c/en/x/a.png" in found.image("c/de/x/index.md", {}, "a.png", "markdown").paths
    assert "c/en/x/a.png" not in found.image("c/de/x/index.md", {}, "a.png", "html").paths


@pytest.mark.parametrize(
    ("rule", "addresses"),
    [
        ("slug = 's'\n[cascade.target]\npath = '/posts/**'", ("/posts/s/",)),
        ("slug = 's'\n[cascade.target]\nenvironment = 'production'", ("/posts/s/",)),
        ("slug = 's'\n[cascade.target]\nenvironment = 'development'", ("/posts/x/",)),
        ("slug = 's'\n[cascade.target.sites.matrix]\nlanguages = ['**']", ("/posts/s/",)),
        ("slug = 's'\n[cascade.target.sites.matrix]\nlanguages = ['de']", ("/posts/x/",)),
        ("slug = 's'\n[cascade.target.sites.matrix]\nroles = ['guest']", None),
        ("type = 't'\n[cascade.target.sites.matrix]\nroles = ['guest']", ("/posts/x/",)),
    ],
)
def test_what_the_site_hands_down(rule, addresses):
    assert with_files(f"[[cascade]]\n{rule}\n").address(POST, {}).addresses == addresses


@pytest.mark.parametrize(
    ("files", "target", "path"),
    [
        (("static/img/a.svg",), "../../img/a.svg", "static/img/a.svg"),
        (("content/posts/a.png",), "../a.png", "content/posts/a.png"),
        (("content/posts/a.png",), "a.png", "content/posts/a.png"),
    ],
)
def test_images_of_a_page_whose_address_is_unknown(files, target, path):
    rule = "[[cascade]]\nslug = 's'\n[cascade.target.sites.matrix]\nroles = ['guest']\n"
    found = with_files(rule, *files).image(POST, {}, target, "markdown")
    assert path in found.paths
    assert not found.certain


def test_folders_of_languages_that_an_unseen_theme_may_mount():
    config = "theme = 'elsewhere'\n[languages.en]\n[languages.fr]\n"
    found = with_files(config, "content/en/a/index.md", "content/fr/a/index.md", "content/en/a/a.png")
    said = found.address("content/fr/a/index.md", {})
    assert (said.addresses, said.language) == (None, "fr")
    image = found.image("content/fr/a/index.md", {}, "a.png", "markdown")
    assert "content/en/a/a.png" in image.paths
    assert not image.certain
    assert with_files(config[len("theme = 'elsewhere'") :], "content/en/a.md", "content/fr/a.md").address(
        "content/fr/a.md", {}
    ).addresses == ("/fr/a/",)


def test_names_that_end_with_the_path_behind_the_dots():
    files = {"hugo.toml": "theme = 'not-here'", "static/img/b.png": ""}
    assert not with_files("", **files).image(POST, {}, "../../img/b.png", "markdown").certain


@pytest.mark.parametrize(
    ("files", "status"),
    [
        ({}, "missing"),
        ({"hugo.toml": "baseURL = 'https://e.org/'\n[markup.goldmark.renderer]\nunsafe = true"}, "files"),
        ({"config/_default/markup.toml": "goldmark.renderer.unsafe = true"}, "files"),
        ({".tool-versions": "hugo 0.55.6"}, "files"),
    ],
)
def test_raw_html_is_left_out(files, status):
    found = with_files("baseURL = 'https://e.org/'", "static/a.png", **files)
    assert asking.image(found, POST, {}, "/a.png", "html").status == status
    assert (asking.link(found, POST, {}, "/none/", "html") == UNKNOWN) == (status == "missing")
    assert asking.image(found, POST, {}, "https://e.org/a.png", "markdown").status == "files"


TEMPLATE = "layouts/shortcodes/t.html"


@pytest.mark.parametrize(
    ("template", "tag", "told"),
    [
        ('<img src="{{ .Get "img" }}">', '{{< t img="a.png" >}}', [("image", "a.png")]),
        ('<img src="/x/{{ .Get `img` }}" alt="">', '{{< t img="a.png" >}}', [("image", "/x/a.png")]),
        ("<img src='{{- .Get 0 | safeURL -}}'>", "{{% t a.png b.png %}}", [("image", "a.png")]),
        ('<img src="{{ .Get 0 | relURL }}">', "{{< t a.png >}}", [("image", "/sub/a.png")]),
        ('{{ with .Get "u" }}<a href="{{ . }}">x</a>{{ end }}', '{{< t u="/b/" >}}', [("link", "/b/")]),
        ('{{ $u := .Get "u" }}{{ if $u }}<a href="{{ $u }}">x</a>{{ end }}', '{{< t u="/b/" >}}', [("link", "/b/")]),
        ('{{ range .Params }}<a href="{{ . }}">{{ end }}', '{{< t u="/b/" >}}', []),
        ('{{ with .Get "u" }}{{ range .x }}<a href="{{ . }}">{{ end }}{{ end }}', '{{< t u="/b/" >}}', []),
        ('<a href="{{ ref . (.Get "u") }}">', '{{< t u="/b/" >}}', []),
        ('<a href="{{ .Get "u" }}">{{ resources.Get (.Get "u") }}', '{{< t u="/b/" >}}', []),
        ('<img src="{{ .Get "i" }}-small.png">', '{{< t i="a" >}}', []),
        ('{{ .Get "src" | printf "%s" }}', '{{< t src="a.png" >}}', [("image", "a.png")]),
    ],
)
def test_parameters_that_templates_print(template, tag, told):
    found = with_files("baseURL = 'https://e.org/sub/'", **{TEMPLATE: template})
    assert [(each.kind, each.target) for each in found.embedded(tag)] == told


def test_what_a_template_prints_as_it_is_is_certain():
    found = with_files("", **{TEMPLATE: '<img src="{{ .Get `i` }}"><a href="{{ .Get `u` }}">'})
    image, link = found.embedded('{{< t i="/a.png" u="/none/" >}}')
    assert found.image(POST, {}, image.target, "shortcode", image.tag).certain
    assert found.link(POST, {}, link.target, "shortcode", link.tag).certain


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("<b>{{ .Inner }}</b>", True),
        ("{{ if .Inner }}{{- .Inner | safeHTML -}}{{ end }}", True),
        ("{{ .Inner | markdownify }}", False),
        ("{{ with .Inner }}{{ . | markdownify }}{{ end }}", False),
        ("{{ .Page.RenderString .Inner }}", False),
        ("{{ .InnerDeindent }}", False),
        ("<b>", False),
    ],
)
def test_pairs_that_read_no_markdown(template, shown):
    found = with_files("", **{TEMPLATE: template})
    assert (found.pair("{{< t a >}}") == ("t", False)) == shown
    assert (found.pair("{{</ t >}}") == ("t", True)) is False
    assert (found.pair("{{< /t >}}") == ("t", True)) == shown
    assert found.pair("{{% t %}}") is None


@pytest.mark.parametrize(
    ("files", "tag", "gives"),
    [
        ({}, '{{< youtube "x" >}}', False),
        ({}, "{{< details >}}", True),
        ({"hugo.toml": "theme = 'elsewhere'"}, '{{< youtube "x" >}}', True),
        ({TEMPLATE: "<b>{{ .Get 0 }}</b>"}, "{{< t x >}}", False),
        ({TEMPLATE: "<b>{{ .Get 0 }}</b>"}, "{{< /t >}}", False),
        ({TEMPLATE: '<b id="{{ .Get 0 }}">'}, "{{< t x >}}", True),
        ({TEMPLATE: "## {{ .Get 0 }}"}, "{{% t x %}}", True),
        ({TEMPLATE: "{{ .Inner | markdownify }}"}, "{{< t x >}}", True),
    ],
)
def test_shortcodes_that_give_ids(files, tag, gives):
    assert with_files("", **files).gives_ids(tag) == gives


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ("2024-02-30", "2024-02-30", "there is no day 30 in 2024-02"),
        ("2024-13-01", "2024-13-01", "there is no month 13"),
        ("2024", 2024, "seconds since 1970"),
        ("2024-01-05T10:20", "2024-01-05T10:20", "has no seconds"),
        ("true", True, None),
        ("", None, None),
    ],
)
def test_what_is_wrong_with_a_date(text, value, problem):
    said = site().moment(value, text).problem
    assert said is None if problem is None else problem in said.sentence


def test_an_older_hugo():
    found = with_files("", **{"netlify.toml": '[build.environment]\nHUGO_VERSION = "0.120.4"\n'})
    assert found.dialect.yaml == "go-yaml-2"
    assert "the post has no date" in found.moment("soon", "soon").problem.sentence


def test_it_is_plain_data():
    found = pickle.loads(pickle.dumps(site()))
    assert found.address(POST, {}).addresses == ("/posts/x/",)


@given(st.text(max_size=40), st.dictionaries(st.sampled_from(["slug", "url", "date", "title"]), st.text(max_size=20)))
def test_nothing_raises(name, data):
    found = site("[permalinks]\nposts = '/:year/:slug/'")
    found.address(f"content/posts/{name}.md", data)
    found.image(POST, data, name, "markdown")
    found.link(POST, data, name, "markdown")
    found.embedded("{{< " + name + " >}}")
    found.values(POST, data, "yaml")
    found.moment(name, name)


@pytest.mark.parametrize(
    ("pin", "addresses", "findings"),
    [("0.55.6", ["/posts/a/"], []), ("0.60.0", [], ["schema-invalid-value"]), (None, None, ["schema-invalid-value"])],
)
def test_a_markup_that_an_older_hugo_knows(write, main, pin, addresses, findings):
    site = {"hugo.toml": "", "content/posts/a.md": "---\ntitle: A\nmarkup: mmark\n---\n"}
    netlify = {"netlify.toml": f'[build.environment]\nHUGO_VERSION = "{pin}"\n'} if pin else {}
    root = write({**site, **netlify, "content/posts/b.md": "---\ntitle: B\n---\n[a](/posts/a/)\n"})
    (line,) = main("inspect", "--output-format", "jsonl", "content/posts/a.md", cwd=root).out.splitlines()
    assert json.loads(line)["addresses"] == addresses
    found = main("check", "--output-format", "json", cwd=root).report["diagnostics"]
    assert [d["rule"] for d in found if d["path"].endswith("a.md")] == findings


@pytest.mark.parametrize("filters", ["files = ['! _*']", "excludeFiles = '_*'", "includeFiles = ['[a-z]*']"])
def test_mounts_that_leave_files_out(write, main, filters):
    mount = f"[[module.mounts]]\nsource = 'content/v1'\ntarget = 'content'\n{filters}\n"
    write(
        {
            "hugo.toml": f"{mount}[[module.mounts]]\nsource = 'content/main'\ntarget = 'content'\n",
            "content/v1/_index.md": "---\ntitle: A\n---\n",
            "content/v1/b.md": "---\ntitle: B\n---\n",
            "content/main/_index.md": "---\ntitle: C\n---\n",
        }
    )
    lines = main("inspect", "--output-format", "jsonl").out.splitlines()
    addresses = {each["path"]: each["addresses"] for each in map(json.loads, lines)}
    assert addresses == {"content/main/_index.md": ["/"], "content/v1/_index.md": [], "content/v1/b.md": ["/b/"]}


@pytest.mark.parametrize(("pin", "findings"), [("0.136.5", []), ("0.168.0", ["schema-invalid-value"])])
def test_the_version_in_a_workflow_of_the_repository_around_the_site(write, main, pin, findings):
    flow = f"steps:\n  - uses: peaceiris/actions-hugo@v3\n    with:\n      hugo-version: '{pin}'\n"
    write({".git/HEAD": "ref: refs/heads/main\n", ".github/workflows/pages.yml": flow})
    write({"site/hugo.toml": "", "site/content/a.md": "---\ntitle: A\n_build: {list: false}\n---\nText.\n"})
    found = main("check", "--output-format", "json").report["diagnostics"]
    assert [each["rule"] for each in found] == findings


def test_what_older_versions_make_of_a_date_that_they_cannot_read():
    old = with_files("", **{"netlify.toml": '[build.environment]\nHUGO_VERSION = "0.89"\n'})
    assert not isinstance(old.values("content/a.md", {"date": "2024-15-09"}, "yaml"), Reason)
    assert old.moment("2024-15-09", "2024-15-09").problem.text.endswith("the post has no date")
    assert old.address("content/a.md", {"published": False}).reason.asked
    assert old.address("content/a.md", {"published": True}).addresses == ("/a/",)
    new = with_files("", **{"netlify.toml": '[build.environment]\nHUGO_VERSION = "0.150"\n'})
    assert new.address("content/a.md", {"published": False}).reason.stops
    assert isinstance(new.values("content/a.md", {"date": "2024-15-09"}, "yaml"), Reason)
