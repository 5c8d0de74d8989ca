"""Files that make no pages, but parts of those that take them in."""

SITE = {
    "docusaurus.config.js": "module.exports = { baseUrl: '/', presets: [['classic', {}]] };\n",
    "docs/intro.md": "# Intro\n",
    "docs/_lower.mdx": "![a](./none.png) [b](./gone.md) [c](./intro.md) [d](#of-the-page) <img src='/none.png'/>\n",
    "docs/_parts/note.md": "Now â€” then.\n",
    "docs/__tests__/a.md": "Now â€” then.\n",
    "blog/2024-01-02-a.md": "---\ntitle: A\n---\n",
}


def test_docusaurus_parts_are_read_as_text(write, main):
    """Docusaurus 3.10 compiles what a page imports: there a missing image stops the build."""
    write(SITE)
    found = main("check", "--output-format", "json").report["diagnostics"]
    assert [(d["path"], d["rule"], d["message"].split("`")[1]) for d in found] == [
        ("docs/_lower.mdx", "image-missing", "./none.png"),
        ("docs/_lower.mdx", "link-missing", "./gone.md"),
        ("docs/_lower.mdx", "image-missing", "/none.png"),
        ("docs/_parts/note.md", "mojibake", "â€”"),
    ]


def test_a_part_has_no_address(write, main):
    write(SITE)
    post = main("inspect", "--output-format", "jsonl", "docs/_lower.mdx").report
    assert (post["addresses"], post["collection"]) == ([], "parts")


def test_a_site_may_make_pages_of_such_names(write, main):
    settings = "module.exports = { baseUrl: '/', presets: [['classic', { docs: { exclude: ['**/x/**'] } }]] };\n"
    write({**SITE, "docusaurus.config.js": settings})
    post = main("inspect", "--output-format", "jsonl", "docs/_lower.mdx").report
    assert post["collection"] == "docs"
