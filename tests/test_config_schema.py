"""The JSON Schema of postlint.toml: as generated, and neither more nor less than what the reader takes."""

import json
import runpy

import pytest
from conftest import ROOT

from postlint import Config, PostlintError, load_config

FILE = ROOT / "src" / "postlint" / "config.schema.json"
SCHEMA = json.loads(FILE.read_text(encoding="utf-8"))


def test_is_as_generated():
    generated = runpy.run_path(str(ROOT / "scripts" / "make_docs.py"))["generate"]()
    assert FILE.read_text(encoding="utf-8") == generated[FILE], "run scripts/make_docs.py"


def toml(value):
    """`value` in TOML, all on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {toml(item)}' for key, item in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value)


def minimal(schema):
    """The least value that the schema takes."""
    if "examples" in schema:
        return schema["examples"][0]
    if "anyOf" in schema:
        return minimal(schema["anyOf"][0])
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "object":
        return {name: minimal(schema["properties"][name]) for name in schema.get("required", ())}
    return {"string": "x", "array": [], "integer": 1, "boolean": True}[schema["type"]]


def tables(schema, path=()):
    """(path, schema) of every table with a fixed set of keys; `[]` in the path is an item of a list."""
    if schema.get("type") == "array":
        yield from tables(schema["items"], (*path, "[]"))
    elif schema.get("type") == "object":
        if schema.get("additionalProperties") is False:
            yield path, schema
        for name, below in schema.get("properties", {}).items():
            yield from tables(below, (*path, name))


TABLES = list(tables(SCHEMA))


def around(path, value):
    """`value` at `path`, with what the tables around it need."""
    for at in reversed(range(len(path))):
        needed = minimal(dict(TABLES).get(path[:at], {"type": "object"})) if path[at] != "[]" else {}
        value = [value] if path[at] == "[]" else {**needed, path[at]: value}
    return value


@pytest.fixture
def load(tmp_path):
    def load(settings):
        (tmp_path / "postlint-team.toml").touch()  # the file in the example of `extends`
        file = tmp_path / "site" / "postlint.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text("".join(f"{key} = {toml(value)}\n" for key, value in settings.items()), encoding="utf-8")
        return load_config(str(file))

    return load


@pytest.mark.parametrize(
    ("path", "schema", "name"), [(path, schema, name) for path, schema in TABLES for name in schema["properties"]]
)
def test_every_key_is_taken(load, path, schema, name):
    load(around(path, {**minimal(schema), name: minimal(schema["properties"][name])}))


@pytest.mark.parametrize(("path", "schema"), TABLES)
def test_no_other_key_is_taken(load, path, schema):
    with pytest.raises(PostlintError, match=r"unknown .*`other`"):
        load(around(path, {**minimal(schema), "other": 1}))


@pytest.mark.parametrize(
    ("path", "schema", "name"), [(path, schema, name) for path, schema in TABLES for name in schema.get("required", ())]
)
def test_what_is_required_is(load, path, schema, name):
    with pytest.raises(PostlintError, match=f"needs `{name}`"):
        load(around(path, {key: value for key, value in minimal(schema).items() if key != name}))


def test_it_has_every_setting_that_python_code_can_give():
    beside = {"root", "file", "isolated", "publish", "origins"}  # of the run, not of the file
    of_files = {"extends", "required_version"}  # about the file itself
    assert {name.replace("-", "_") for name in SCHEMA["properties"]} - of_files == set(Config._fields) - beside


@pytest.mark.parametrize(
    ("name", "value"),
    [("framework", "other"), ("severity", {"image": "off"}), ("rules", {"image-alt": {"other": 1}})],
)
def test_values_that_the_schema_refuses_are_refused(load, name, value):
    with pytest.raises(PostlintError):
        load({name: value})
