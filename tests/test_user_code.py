import sys
from pathlib import Path

import pytest

from postlint import PostlintError
from postlint.user_code import load_object

FILES = {
    "good.py": "from shared_names import NAME\nimport typing\n\n\nclass Thing:\n    name = NAME\n    file = __file__\n",
    "shared_names.py": "NAME = 'n'\n",
    "loud.py": "print('hello')\nthing = 1\n",
    "typo.py": "x = 1\ny = = 2\n",
    "broken.py": "x = 1\n\n\ndef f():\n    return undefined\n\n\nthing = f()\n",
    "uses_broken.py": "import broken\n",
    "exits.py": "import sys\nsys.exit('no')\n",
    "nul.py": "x = 1\0\n",
    "pkg/__init__.py": "",
    "pkg/mod.py": "class Thing: ...\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_nothing_is_left_behind(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    modules, paths = set(sys.modules), list(sys.path)
    first, second = (load_object("good.py:Thing", str(folder)) for _ in range(2))
    assert first is not second
    assert first.name == second.name == "n"
    load_object("pkg.mod:Thing", str(folder))
    load_object("loud.py:thing", str(folder))
    assert {name for name in set(sys.modules) - modules if not name.startswith("_postlint_user_code_")} == set()
    assert sys.path == paths
    assert not list(folder.rglob("__pycache__"))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("broken.py:thing", "broken.py:5: NameError: name 'undefined' is not defined"),
        ("uses_broken.py:thing", "broken.py:5: NameError: name 'undefined' is not defined"),
        ("typo.py:thing", "typo.py:2: SyntaxError: invalid syntax"),
        ("exits.py:thing", "exits.py:2: SystemExit: no"),
        ("good.py:Thingy", "good.py: it has no `Thingy`; did you mean `Thing`?"),
        ("nothing.py:Thing", "nothing.py: there is no such file"),
        ("no_such_package.mod:Thing", "there is no module `no_such_package`"),
        ("good.py", "`good.py` does not name an object"),
        ("good.py:", "`good.py:` does not name an object"),
    ],
)
def test_errors_name_file_and_line(folder: Path, source: str, message: str) -> None:
    with pytest.raises(PostlintError) as error:
        load_object(source, str(folder))
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_file_with_nul(folder: Path) -> None:
    with pytest.raises(PostlintError, match=r"nul\.py"):
        load_object("nul.py:x", str(folder))
