"""The required cases of the JSON-Schema-Test-Suite as posts: `POSTLINT_JSON_SCHEMA_SUITE` names a copy of it
(https://github.com/json-schema-org/JSON-Schema-Test-Suite)."""

import json
import os
from pathlib import Path

import pytest

from postlint.checking.checker import Checker
from postlint.files.files import Files
from postlint.frameworks import load
from postlint.projects.project import Project
from postlint.settings import CollectionConfig, Config

SUITE = os.environ.get("POSTLINT_JSON_SCHEMA_SUITE")
DRAFTS = {
    "draft2020-12": "https://json-schema.org/draft/2020-12/schema",
    "draft7": "http://json-schema.org/draft-07/schema#",
}
# Never fetched by postlint: what these cases look for is on another computer.
REMOTE = "http://localhost:1234/"
# A string that YAML cannot hold, and formats, which postlint asserts where the suite does not.
LEFT_OUT = ("\\u0000", "\\ud800")


def groups():
    for draft in DRAFTS if SUITE else ():
        for file in sorted(Path(SUITE, "tests", draft).glob("*.json")):
            if file.name != "format.json":
                for group in json.loads(file.read_text("utf-8")):
                    yield pytest.param(draft, group, id=f"{draft}-{file.stem}-{group['description']}")


@pytest.mark.skipif(not SUITE, reason="POSTLINT_JSON_SCHEMA_SUITE names no copy of the suite")
@pytest.mark.parametrize(("draft", "group"), list(groups()))
def test_suite(draft, group, tmp_path):
    if REMOTE in json.dumps(group["schema"]):
        pytest.skip("its references lead to another computer")
    schema = group["schema"]
    if isinstance(schema, dict):
        schema = {"$schema": DRAFTS[draft], **schema}
    # jsonschema-rs finds no `$id` inside of another file.
    alone = '"$id"' not in json.dumps(schema)
    value = {"$ref": "case.schema.json"} if alone else {"$id": "case", **schema}
    wrapper = {"$schema": DRAFTS[draft], "properties": {"value": value}}
    (tmp_path / "case.schema.json").write_text(json.dumps(schema))
    (tmp_path / "post.schema.json").write_text(json.dumps(wrapper))
    config = Config(root=str(tmp_path), collections=(CollectionConfig("all", ("**",), schema="post.schema.json"),))
    checker = Checker(Project(str(tmp_path), Files(str(tmp_path)), load("none")(Files(str(tmp_path))), config))
    for test in group["tests"]:
        value = json.dumps(test["data"], ensure_ascii=False)
        if any(each in value for each in LEFT_OUT):
            continue
        post = f"---\nvalue: {value}\n---\n"
        found = [d for d in checker.check("a.md", post.encode()).diagnostics if d.rule.startswith("schema-")]
        assert bool(found) is not test["valid"], (test["description"], post, found)
