"""The rooms of the house: imports point one way, from room to room, and no room is too full."""

import ast

import pytest
from conftest import ROOT

SOURCE = ROOT / "src" / "postlint"
# A room imports only from rooms above it, and from its own.
ROOMS = """
    text errors
    diagnostics suggest clock
    user_code
    files
    javascript
    front_matter body mojibake
    schema
    settings
    frameworks
    posts
    fixing
    site
    formatting
    rule
    rules
    catalog
    projects
    reporting
    checking
    reporters
    api
    testing
    lsp
    cli
    __init__ __main__
"""
RANK = {name: rank for rank, line in enumerate(ROOMS.split("\n")) for name in line.split()}
FILES = sorted(SOURCE.rglob("*.py"))
# A literal of a package that is loaded anyway.
AGAINST_THE_ORDER = {"__version__"}
# The language server is a folder, not a module: its two processes, and a file for each thing that an editor asks for.
MOST_MODULES, MOST_FOLDERS = 12, 19


def room(file):
    """The module or package right below `postlint` that a file belongs to."""
    return file.relative_to(SOURCE).with_suffix("").parts[0]


def imported(file):
    """What a file imports of postlint, for types and in functions too: names below `postlint`, dots between."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            assert not any(alias.name.split(".")[0] == "postlint" for alias in node.names), "write `from postlint…`"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "postlint":
            assert node.level == 0
            below = node.module.split(".")[1:]
            for alias in node.names:
                yield ".".join([*below, alias.name])


def test_every_room_has_its_place():
    assert {room(file) for file in FILES} == set(RANK)


def test_imports_point_up():
    wrong = []
    for file in FILES:
        for name in imported(file):
            top = name.split(".")[0]
            if name not in AGAINST_THE_ORDER | {room(file)} and top != room(file) and RANK[top] >= RANK[room(file)]:
                wrong.append(f"{file.relative_to(SOURCE).as_posix()} imports {name}")
    assert wrong == []


def test_the_hall_stays_small():
    folders = [path for path in SOURCE.iterdir() if path.is_dir() and any(path.glob("*.py"))]
    assert len(list(SOURCE.glob("*.py"))) <= MOST_MODULES
    assert len(folders) <= MOST_FOLDERS


@pytest.mark.parametrize("package", sorted(SOURCE.rglob("__init__.py")), ids=lambda path: path.parent.name)
def test_a_folder_says_what_it_is_for(package):
    doc = ast.get_docstring(ast.parse(package.read_text("utf-8")))
    assert doc
    assert len(doc.partition("\n")[0]) > 10


def is_above(package, name):
    return package.endswith(".__init__") and name.startswith(package.removesuffix("__init__"))


def test_no_module_imports_in_a_circle():
    """A package's own `__init__`, which holds what its modules share and loads them when asked, is left out."""
    of = {file: f"{file.relative_to(SOURCE).with_suffix('').as_posix().replace('/', '.')}" for file in FILES}
    known = {name.removesuffix(".__init__"): name for name in of.values()}
    arrows = {}
    for file, name in of.items():
        arrows[name] = {
            known[target]
            for each in imported(file)
            for target in [each if each in known else each.rpartition(".")[0]]
            if target in known and known[target] != name and not is_above(known[target], name)
        }
    done, path = set(), []

    def walk(name):
        assert name not in path, " -> ".join([*path[path.index(name) :], name])
        if name not in done:
            path.append(name)
            for target in sorted(arrows[name]):
                walk(target)
            path.pop()
            done.add(name)

    for name in arrows:
        walk(name)


def test_a_rule_imports_no_other_rule():
    files = (SOURCE / "rules").glob("*/*.py")
    assert [f"{file.name}: {name}" for file in files for name in imported(file) if name.startswith("rules")] == []
