"""A bare vault of Obsidian: what its links mean, which files are notes, and what its types say of properties."""

import json

import pytest
from conftest import write_files

VAULT = {".obsidian/app.json": "{}"}


def inspected(main, root):
    lines = main("inspect", "--output-format", "jsonl", cwd=root).out.splitlines()
    return {post["path"]: post for post in map(json.loads, lines)}


def found(main, root, *args):
    ran = main("check", "--output-format", "json", "--no-cache", *args, cwd=root)
    return [(d["path"], d["rule"], d["severity"], d["message"]) for d in json.loads(ran.out)["diagnostics"]]


@pytest.mark.parametrize(
    ("link", "status", "target"),
    [
        ("[[B]]", "ok", "deep/B.md"),
        ("[[b|shown]]", "ok", "deep/B.md"),
        ("[[deep/B]]", "ok", "deep/B.md"),
        ("[[er/Same]]", "missing", None),
        ("[[other/Same]]", "ok", "x/other/Same.md"),
        ("[[Same]]", "ok", "Same.md"),
        ("[[v1.2 notes]]", "ok", "deep/v1.2 notes.md"),
        ("[[B.md]]", "ok", "deep/B.md"),
        ("![[B#Part]]", "ok", "deep/B.md"),
        ("[[B#^id]]", "ok", "deep/B.md"),
        ("[[#Part]]", "ok", "A.md"),
        ("[[./B]]", "missing", None),
        ("[[./deep/B]]", "ok", "deep/B.md"),
        ("[[doc.pdf]]", "ok", "deep/doc.pdf"),
        ("[[doc]]", "missing", None),
        ("[[Other name]]", "missing", None),
        ("[[Hidden]]", "missing", None),
        ("[a](deep/B.md)", "ok", "deep/B.md"),
        ("[a](v1.2%20notes)", "ok", "deep/v1.2 notes.md"),
        ("[a](https://example.org)", "external", None),
    ],
)
def test_a_link_means_the_file_of_that_name(link, status, target, tmp_path, main):
    notes = {
        "A.md": f"{link}\n",
        "Same.md": "A\n",
        "x/other/Same.md": "A\n",
        "deep/B.md": "---\naliases: [Other name]\n---\n# Part\n\nText ^id\n",
        "deep/v1.2 notes.md": "A\n",
        "deep/doc.pdf": "",
        ".trash/Hidden.md": "A\n",
    }
    root = write_files(tmp_path, {**VAULT, **notes})
    [known] = inspected(main, root)["A.md"]["links"]
    assert (known["status"], known["target"] if status == "ok" else None) == (status, target)


def test_a_note_that_nobody_has_written_is_not_reported(tmp_path, main):
    root = write_files(
        tmp_path, {**VAULT, "A.md": "[[Nowhere]] ![[Nowhere]] [[B#Top#Sub]] [[B#^x]]\n", "B.md": "# Top\n\n## Sub\n"}
    )
    ran = main("check", "--no-cache", cwd=root)
    assert found(main, root) == []
    assert "not checked" not in ran.out + ran.err


def test_an_embedded_image_that_does_not_exist_is_a_warning(tmp_path, main):
    root = write_files(tmp_path, {**VAULT, "A.md": "![[gone.png]] ![[p.png|100]]\n", "files/p.png": ""})
    assert [each[:3] for each in found(main, root)] == [("A.md", "image-missing", "warning")]


def test_templates_are_not_notes(tmp_path, main):
    broken = "---\ntitle: {{title}} {{date}}\n---\n"
    files = {
        ".obsidian/templates.json": '{"folder": "Meta [x]/Forms"}',
        ".obsidian/plugins/templater-obsidian/data.json": '{"templates_folder": "T"}',
        "Meta [x]/Forms/a.md": broken,
        "T/a.md": broken,
        "x/Templates/a.md": broken,
        "A.md": "Text.\n",
    }
    root = write_files(tmp_path, {**VAULT, **files})
    assert list(inspected(main, root)) == ["A.md"]
    assert found(main, root) == []


def test_broken_properties_are_reported_and_the_note_is_still_shown(tmp_path, main):
    root = write_files(tmp_path, {**VAULT, "A.md": "---\ntitle: One: two\n---\nText.\n"})
    assert [each[:3] for each in found(main, root)] == [("A.md", "front-matter-syntax", "error")]
    assert inspected(main, root)["A.md"]["published"] is True


TYPES = (
    '{\n  "types": {\n    "due": "date",\n    "at": "datetime",\n    "done": "checkbox",\n    "rating": "number",\n'
    '    "cast": "multitext",\n    "note": "text",\n    "mine": "a-plugin"\n  }\n}\n'
)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("due: soon", "`due` must be a date such as `2024-01-31`"),
        ("at: 10:30", "`at` must be a date such as `2024-01-31`"),
        ("done: maybe", "`done` must be"),
        ("rating: many", "`rating` must be a number"),
        ("note: [a]", "`note` must be"),
        ("cast: {a: 1}", "`cast` must be"),
        *(
            (line, None)
            for line in ("due: 2024-01-31", "due: 2024-01-31T10:30", "due:", "done: true", "done:", "rating: '3'")
        ),
        *(
            (line, None)
            for line in ("rating: 1e3", "note: 5", "cast: a", "cast: [a, 1]", "mine: [a]", "Due date: soon")
        ),
    ],
)
def test_a_property_has_the_type_that_the_vault_gives_it(line, message, tmp_path, main):
    root = write_files(tmp_path, {**VAULT, ".obsidian/types.json": TYPES, "A.md": f"---\n{line}\n---\nText.\n"})
    told = [each for each in found(main, root) if each[1].startswith("schema")]
    if message is None:
        assert told == []
    else:
        [(_, rule, severity, text)] = told
        assert (rule, severity) == ("schema-invalid-value", "warning")
        assert text.startswith(message)
        assert "; Obsidian marks the property (.obsidian/types.json:" in text


def test_a_property_that_most_notes_write_otherwise_is_one_finding(tmp_path, main):
    notes = {f"{n}.md": "---\ndue: soon\n---\nText.\n" for n in range(12)}
    others = {f"o{n}.md": "Text.\n" for n in range(40)}
    root = write_files(tmp_path, {**VAULT, ".obsidian/types.json": TYPES, **notes, **others})
    [(path, _, severity, message)] = found(main, root)
    assert (path, severity) == (".obsidian/types.json", "warning")
    assert message.startswith("12 of 12 posts with `due` disagree with this line: `due` must be a date")


def test_types_of_a_vault_within_a_site_are_not_checked(tmp_path, main):
    files = {"hugo.toml": "baseURL = 'https://example.org/'\n", "content/.obsidian/types.json": TYPES}
    root = write_files(tmp_path, {**files, "content/a.md": "---\ntitle: A\ndue: soon\n---\nText.\n"})
    assert found(main, root) == []
