"""Docusaurus: the answers of real loads and builds, and what a site's settings change."""

import json
from pathlib import Path

import pytest

from postlint import front_matter
from postlint.body import markdown
from postlint.files.files import MemoryFiles
from postlint.frameworks import load
from postlint.frameworks.answers import Reason
from postlint.frameworks.docusaurus.fields import refusal

VECTORS = Path(__file__).parents[1] / "vectors/docusaurus.jsonl"
DOCUSAURUS = load("docusaurus")
# The list of versions, and which language is built, are in no file of these rows; `.js` files are no posts.
NOT_IN_THE_POST = ("versions.json", "i18n, built for fr: source-language file")


def vectors(kind, wanted=lambda row: True):
    with VECTORS.open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["kind"] == kind and wanted(row)]


def name(row):
    return f"{row['version']} {row.get('path') or ''} {row.get('input', row.get('reference', row.get('case')))}"


def site(config=None, version="3.10.2", **files):
    config = dict(config or {})
    preset = config.pop("preset", {})
    config.pop("locale", None)
    whole = {"baseUrl": "/", "presets": [["classic", preset]], **config}
    contents = {
        "docusaurus.config.js": f"module.exports = {json.dumps(whole)};",
        "package.json": json.dumps({"dependencies": {"@docusaurus/core": f"^{version}"}}),
        **files,
    }
    return DOCUSAURUS(MemoryFiles({path: text.encode() for path, text in contents.items()}))


def data(framework, text):
    found = front_matter.to_data(front_matter.read(text, framework.dialect).root)
    return found if isinstance(found, dict) else {}


def told_by_the_post(row):
    return not row.get("case", "").startswith(NOT_IN_THE_POST) and not row["path"].endswith(".js")


@pytest.mark.parametrize("row", vectors("url", told_by_the_post), ids=name)
def test_addresses(row):
    found = site(row.get("config"), **{row["path"]: ""})
    text = "---\n" + "".join(f"{key}: {_yaml(value)}\n" for key, value in row["front_matter"].items()) + "---\n"
    fields = data(found, text)
    address = found.address(row["path"], fields)
    if row["result"] is None:
        refused = isinstance(found.values(row["path"], fields, "yaml"), Reason)
        assert address.addresses == () or found.draft(row["path"], fields) or refused
    else:
        assert row["result"] in address.addresses


def _yaml(value):
    return value if isinstance(value, str) else json.dumps(value)


@pytest.mark.parametrize("row", vectors("date", lambda row: row["input"]), ids=name)
def test_dates(row):
    found = site()
    (entry,) = front_matter.read(f"---\ndate: {row['input']}\n---\n", found.dialect).root.entries
    if not entry.node.is_scalar:
        return
    moment = found.moment(entry.node.value, entry.node.text)
    said = moment.instant and moment.instant.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    assert said == row["result"]
    if row["result"] is None and entry.node.value not in (None, True, 0):
        assert moment.problem


@pytest.mark.parametrize("row", vectors("date", lambda row: row["input"] is None), ids=name)
def test_dates_of_names(row):
    said = site().named_date(row["path"])
    assert (said and said.strftime("%Y-%m-%dT%H:%M:%S.000Z")) == row["result"]


@pytest.mark.parametrize("row", vectors("front_matter", lambda row: "function" in row), ids=name)
def test_refused_front_matter(row):
    refused = refusal(row["function"].split()[0], data(site(), row["input"]))
    assert bool(refused) == (row["result"] is None)


@pytest.mark.parametrize("row", vectors("image"), ids=name)
def test_images(row):
    files = MemoryFiles(dict.fromkeys(row["files"], b""))
    found = site()
    path, text = row["path"], row["reference"]
    if "front matter" in row.get("where", ""):
        targets = [found.image(path, {}, text, "field")]
    else:
        references = markdown.read(text, 0, found.syntax(path)).references
        targets = [
            found.image(path, {}, each.target, _where(text, each)) for each in references if each.kind == "image"
        ]
    served = [_served(files, target) for target in targets]
    if row["result"] is None:
        assert True not in served or " " in text  # a space is a matter of the front matter's own check
    else:
        assert False not in served


def _where(text, reference):
    if reference.form != "jsx":
        return {"reference": "reference", "html": "html"}.get(reference.form, "markdown")
    is_code = "require" in text or text.startswith("import")
    return "import" if is_code else "html"


def _served(files, target):
    if target.status == "files":
        found = any(files.find(path).status == "ok" for path in target.paths)
        return found or (False if target.certain else None)
    return {"external": True, "missing": False}.get(target.status)


VERSIONED = {"versions.json": '["2.0", "1.0"]'}


@pytest.mark.parametrize(
    ("config", "path", "address"),
    [
        ({}, "docs/a.md", "/docs/next/a"),
        ({}, "versioned_docs/version-2.0/a.md", "/docs/a"),
        ({}, "versioned_docs/version-1.0/a.md", "/docs/1.0/a"),
        ({"preset": {"docs": {"lastVersion": "current"}}}, "docs/a.md", "/docs/a"),
        (
            {"preset": {"docs": {"versions": {"1.0": {"path": "old"}}}}},
            "versioned_docs/version-1.0/a.md",
            "/docs/old/a",
        ),
    ],
)
def test_versions(config, path, address):
    assert site(config, **VERSIONED).address(path, {}).addresses == (address,)


def test_plugin_with_a_name_of_its_own():
    plugin = ["@docusaurus/plugin-content-docs", {"id": "api", "path": "api", "routeBasePath": "reference"}]
    found = site({"plugins": [plugin]})
    assert found.address("api/01-a.md", {}).addresses == ("/reference/a",)


def test_translations():
    i18n = {"i18n": {"defaultLocale": "en", "locales": ["en", "fr"]}}
    below = "i18n/fr/docusaurus-plugin-content-docs/current"
    found = site(i18n, **{"docs/a.md": "", "docs/b.md": "", f"{below}/a.md": ""})
    assert found.address("docs/a.md", {}).addresses == ("/docs/a",)
    assert found.address("docs/b.md", {}).addresses == ("/docs/b", "/fr/docs/b")
    assert found.address(f"{below}/a.md", {}).addresses == ("/fr/docs/a",)


def test_links_of_a_translation_stay_in_its_language():
    i18n = {"i18n": {"defaultLocale": "en", "locales": ["en", "fr"]}}
    below = "i18n/fr/docusaurus-plugin-content-docs/current"
    found = site(i18n, **{"docs/a.md": "", f"{below}/a.md": ""})
    leads = {post: found.link(post, {}, "/docs/b", "markdown").address for post in ("docs/a.md", f"{below}/a.md")}
    assert leads == {"docs/a.md": "/docs/b", f"{below}/a.md": "/fr/docs/b"}
    assert found.link(f"{below}/a.md", {}, "/fr/docs/b", "markdown").address == "/fr/docs/b"
    # HTML is left as it is.
    assert found.link(f"{below}/a.md", {}, "/docs/b", "html").address == "/docs/b"


def test_version_that_the_build_makes():
    files = {"versions.json": '["2.0", "1.0"]', "docs/a.md": "", "versioned_docs/version-1.0/a.md": ""}
    found = site({"preset": {"docs": {"routeBasePath": "/"}}}, **files)
    assert found.link("blog/a.md", {}, "/a", "markdown").status == "unknown"
    found = site({"preset": {"docs": {"routeBasePath": "/"}}}, **files, **{"versioned_docs/version-2.0/a.md": ""})
    assert found.link("blog/a.md", {}, "/a", "markdown").status == "files"


def test_images_in_fields_that_only_the_sites_code_reads():
    found = site(**{"docs/a.md": "", "docs/img/a.png": ""})
    leads = found.field_image("docs/a.md", {}, "img/a.png", "cover")
    assert "docs/img/a.png" in leads.paths
    assert not leads.certain
    assert found.field_image("docs/a.md", {}, "img/a.png", "image").certain


def test_settings_that_cannot_be_read():
    files = {
        "docusaurus.config.js": b"module.exports = {baseUrl: process.env.BASE, presets: [['classic', {docs: {}}]]};"
    }
    found = DOCUSAURUS(MemoryFiles(files))
    assert found.address("docs/a.md", {}).addresses is None
    assert not found.image("docs/a.md", {}, "/x/a.png", "html").certain
    assert found.image("docs/a.md", {}, "/a.png", "markdown")[:3] == ("files", ("static/a.png",), True)


@pytest.mark.parametrize(
    ("files", "evidence"),
    [
        ({"docusaurus.config.ts": b""}, "docusaurus.config.ts"),
        ({"website/docusaurus.config.js": b"x = {path: '../docs'}"}, "website/docusaurus.config.js"),
        ({"website/docusaurus.config.js": b"x = {path: 'docs'}"}, None),
        ({"package.json": b"{}"}, None),
    ],
)
def test_detection(files, evidence):
    assert DOCUSAURUS.detect(MemoryFiles(files)) == evidence


def test_docs_beside_the_site():
    config = b"module.exports = {baseUrl: '/', presets: [['classic', {docs: {path: '../docs'}}]]}"
    found = DOCUSAURUS(MemoryFiles({"website/docusaurus.config.js": config, "docs/a.md": b""}))
    assert found.address("docs/a.md", {}).addresses == ("/docs/a",)
    assert found.image("docs/a.md", {}, "/img/a.png", "markdown").paths == ("website/static/img/a.png",)
    assert found.link("docs/a.md", {}, "./b.md", "markdown").paths == ("docs/b.md",)


@pytest.mark.parametrize(("version", "value"), [("3.9.2", 10), ("3.10.2", 12)], ids=["js-yaml 3", "js-yaml 4"])
def test_numbers_by_version(version, value):
    assert data(site(version=version), "---\na: 012\n---\n") == {"a": value}


@pytest.mark.parametrize(
    ("head", "plugins", "certain"),
    [
        ("import links from './src/links.js';", "[links]", False),
        ("const links = require('./src/links');", "[[links, {a: [1]}]]", False),
        ("", "[require('./src/links')]", False),
        ("import links from 'remark-links';\nimport './src/other.js';", "[links]", True),
    ],
)
def test_links_that_the_sites_own_code_may_change(head, plugins, certain):
    docs = f"docs: {{remarkPlugins: {plugins}}}"
    config = f"{head}\nmodule.exports = {{baseUrl: '/', presets: [['classic', {{{docs}}}]]}};\n"
    found = DOCUSAURUS(MemoryFiles({"docusaurus.config.js": config.encode(), "docs/a.md": b""}))
    assert found.link("docs/a.md", {}, "../b.md", "markdown").certain is certain
