"""VitePress: the answers of real builds, and what a site's settings change."""

import json
from pathlib import Path

import pytest

from postlint import front_matter
from postlint.body import markdown
from postlint.files.files import MemoryFiles
from postlint.files.globs import matches
from postlint.frameworks import load

VECTORS = Path(__file__).parents[1] / "vectors/vitepress.jsonl"
VITEPRESS = load("vitepress")


def vectors(kind, wanted=lambda row: True):
    with VECTORS.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["kind"] == kind and row["framework"] == "vitepress"]
    return [row for row in rows if wanted(row)]


def name(row):
    return f"{row.get('path') or ''} {row.get('input', row.get('reference', row.get('case')))}"


def site(config=None):
    text = f"export default {json.dumps(config or {})}"
    return VITEPRESS(MemoryFiles({".vitepress/config.mjs": text.encode()}))


def is_page(found, path):
    (pages,) = found.collections
    return matches(path, pages.include) and not matches(path, pages.exclude)


# That another page already has the address is in no single post.
@pytest.mark.parametrize(
    "row", vectors("url", lambda row: row.get("case") != "rewrite onto an existing page"), ids=name
)
def test_addresses(row):
    found = site(row.get("config"))
    address = found.address(row["path"], {})
    if row["result"] is None:
        assert address.addresses == () or not is_page(found, row["path"])
    else:
        assert address.addresses == (row["result"],)
        assert is_page(found, row["path"])


@pytest.mark.parametrize("row", vectors("date", lambda row: row["yaml_type"] == "timestamp"), ids=name)
def test_dates(row):
    found = site()
    (entry,) = front_matter.read(f"---\ndate: {row['input']}\n---\n", found.dialect).root.entries
    moment = found.moment(entry.node.value, entry.node.text)
    assert moment.instant.strftime("%Y-%m-%dT%H:%M:%S.000Z") == row["result"]


@pytest.mark.parametrize(
    ("text", "wrong"), [("'2024-13-45'", True), ("soon", False), ("20240105", False), ("January 5, 2024", False)]
)
def test_text_is_left_to_the_theme(text, wrong):
    found = site()
    (entry,) = front_matter.read(f"---\ndate: {text}\n---\n", found.dialect).root.entries
    assert bool(found.moment(entry.node.value, entry.node.text).problem) == wrong


@pytest.mark.parametrize("kind", ["image", "link"])
def test_images_and_links(kind):
    found = site()
    for row in vectors(kind):
        files = MemoryFiles(dict.fromkeys(row["files"], b""))
        path, text = row["path"], row["reference"]
        for reference in markdown.read(text, 0, found.syntax(path)).references:
            where = reference.form if reference.form in ("html", "reference") else "markdown"
            ask = found.image if reference.kind == "image" else found.link
            target = ask(path, {}, reference.target, where)
            if target.status == "files":
                served = any(files.find(each).status == "ok" for each in target.paths)
                assert served == (row["result"] is not None), row


@pytest.mark.parametrize(
    ("rewrites", "path", "address"),
    [
        ({"packages/:pkg/src/:slug*": ":pkg/:slug*"}, "packages/core/src/a/b.md", "/core/a/b.html"),
        ({"packages/:pkg/src/(.*)": ":pkg/index.md"}, "packages/core/src/x.md", "/core/"),
        ({"README.md": "index.md"}, "README.md", "/"),
        ({"old/:page": "new/:page"}, "old/sub/a.md", "/old/sub/a.html"),
    ],
)
def test_rewrites(rewrites, path, address):
    assert site({"rewrites": rewrites}).address(path, {}).addresses == (address,)


@pytest.mark.parametrize(
    ("config", "known"),
    [
        ("export default { markdown: { math: true } }", True),
        ("export default { markdown: { anchor: { permalink } } }", False),
        ("import icons from 'icons'; export default { vite: { plugins: [icons(), prod && other()] } }", True),
        ("import mine from './mine'; export default { vite: { plugins: [mine()] } }", False),
        ("export default { vite: { plugins: [{ name: 'x', transform }] } }", False),
        ("import vite from './vite.config'; export default { vite }", False),
    ],
)
def test_ids_of_headings_that_plugins_may_add(config, known):
    found = VITEPRESS(MemoryFiles({".vitepress/config.mjs": config.encode()}))
    assert (found.anchors("a.md", ["A b"]) is not None) == known


def test_rewrites_by_code_are_not_guessed():
    files = {".vitepress/config.ts": b"export default defineConfig({ rewrites(id) { return id } })"}
    assert VITEPRESS(MemoryFiles(files)).address("a.md", {}).addresses is None


@pytest.mark.parametrize(
    ("files", "evidence"),
    [
        ({".vitepress/config.mts": b""}, ".vitepress/config.mts"),
        ({".vitepress/config/index.ts": b""}, ".vitepress/config/index.ts"),
        ({".vitepress/cache/x": b""}, None),
        ({"package.json": b""}, None),
    ],
)
def test_detection(files, evidence):
    assert VITEPRESS.detect(MemoryFiles(files)) == evidence


def test_languages():
    found = site({"locales": {"root": {"lang": "en"}, "fr": {"lang": "fr-FR"}}})
    assert found.address("a.md", {}).language == "en"
    assert found.address("fr/a.md", {}).language == "fr-FR"


@pytest.mark.parametrize(("ending", "status"), [("pdf", "ok"), ("XML", "ok"), ("docx", "missing"), ("py", "missing")])
def test_files_that_are_taken_for_pages(write, main, ending, status):
    root = write(
        {
            "package.json": '{"devDependencies": {"vitepress": "^1.6.0"}}',
            "docs/.vitepress/config.js": "export default {}\n",
            "docs/index.md": f"[a](/f/a.{ending})\n",
            f"docs/public/f/a.{ending}": "",
        }
    )
    (line,) = main("inspect", "--output-format", "jsonl", "docs/index.md", cwd=root).out.splitlines()
    assert json.loads(line)["links"][0]["status"] == status
    remedy = f"VitePress takes `.{ending}` for a page; build with `VITE_EXTRA_EXTENSIONS={ending}`"
    assert (remedy in main("check", cwd=root).out) is (status == "missing")


def test_links_of_a_home_page_begin_at_the_root(write, main):
    actions = "".join(f"    - {{text: A, link: {link}}}\n" for link in ("fa/a", "fa/none", "./a"))
    home = f"---\nlayout: home\nhero:\n  actions:\n{actions}---\n"
    write({".vitepress/config.mts": "export default {}\n", "fa/index.md": home, "fa/a.md": "A\n"})
    found = main("check", "--select", "link-missing", "--output-format", "json").report["diagnostics"]
    assert [each["message"].split("`")[1] for each in found] == ["fa/none"]


@pytest.mark.parametrize(
    ("source", "path", "found"),
    [
        ('srcDir: "./src",', "src/public/a.png", []),
        ("srcDir: folder(),", "docs/public/a.png", []),
        ("", "public/a.png", []),
    ],
)
def test_a_configuration_that_is_too_long(write, main, source, path, found):
    config = f"export default {{\n  {source}\n  sidebar: [{'1, ' * 100_000}]\n}}\n"
    write({".vitepress/config.mts": config, path: "", path.replace("public/a.png", "a.md"): "![a](/a.png)\n"})
    told = main("check", "--select", "image", "--ignore", "image-alt", "--output-format", "json").report["diagnostics"]
    assert [each["rule"] for each in told] == found


def test_permalinks_of_a_plugin(write, main):
    post = "---\npermalink: /guide/start\n---\n# One\n"
    links = "[a](/guide/start) [b](/guide/start#one) [c](/guide/start#two) [d](/guide/none)\n"
    write({".vitepress/config.mts": "export default {}\n", "01.guide/01.start.md": post, "a.md": links})
    found = main("check", "--select", "link", "--output-format", "json").report["diagnostics"]
    assert [each["rule"] for each in found] == ["link-anchor", "link-missing"]


def test_the_folder_of_public_files_in_the_front_matter(write, main):
    write({".vitepress/config.js": "export default {}\n", "public/logo.png": "", "public/a.png": ""})
    write({"index.md": "---\nhero:\n  image: /public/logo.png\nimage: /a.png\n---\n"})
    found = main("check", "--select", "image-missing", "--output-format", "json").report["diagnostics"]
    assert [(each["field"], each["message"].rpartition("; ")[2]) for each in found] == [
        ("hero.image", "write `/logo.png`")
    ]
