"""Imports point one way: a module imports only modules that stand above it in this list."""

import ast

from conftest import ROOT

SOURCE = ROOT / "src" / "postlint"
LAYERS = """
    __init__
    text errors
    diagnostics suggest globs reading tracked
    files image_header user_code git
    tree_files
    javascript
    front_matter body mdx mojibake
    schema
    frameworks
    document facts
    redirects gitignore fixes
    linking
    site
    formatting
    rule moves
    suppressions rules
    plugins
    selection
    config
    project
    discovery
    engine writing fingerprints explain
    guard suppressing
    identity
    change
    cache
    transport
    repairs
    pool
    reporters
    report
    baseline
    run
    api testing
    lsp
    cli
    __main__
"""
RANK = {name: rank for rank, line in enumerate(LAYERS.split("\n")) for name in line.split()}
FILES = sorted(SOURCE.rglob("*.py"))


def room(file):
    """The module or package right below `postlint` that a file belongs to."""
    return file.relative_to(SOURCE).with_suffix("").parts[0]


def imported(file):
    """What a file imports of postlint when it runs, in functions too: names below `postlint`, dots between."""
    tree = ast.parse(file.read_text("utf-8"))
    typing = [node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)]
    only_types = {id(node) for block in typing for node in ast.walk(block)}
    for node in ast.walk(tree):
        if id(node) in only_types:
            continue
        if isinstance(node, ast.Import):
            assert not any(alias.name.split(".")[0] == "postlint" for alias in node.names), "write `from postlint…`"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "postlint":
            assert node.level == 0
            below = node.module.split(".")[1:]
            for alias in node.names:
                if below or not alias.name.startswith("__"):
                    yield ".".join([*below, alias.name])


def test_every_module_has_its_layer():
    assert {room(file) for file in FILES} == set(RANK)


def test_imports_point_up():
    wrong = []
    for file in FILES:
        for name in imported(file):
            top = name.split(".")[0]
            if top != room(file) and RANK.get(top, 0) >= RANK.get(room(file), 0):
                wrong.append(f"{file.relative_to(SOURCE)} imports {name}")
    assert wrong == []


def test_a_rule_imports_no_other_rule():
    files = (SOURCE / "rules").glob("*/*.py")
    assert [f"{file.name}: {name}" for file in files for name in imported(file) if name.startswith("rules")] == []
