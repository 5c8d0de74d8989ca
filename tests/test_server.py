"""`postlint server`, spoken to as an editor does."""

import json
import subprocess
import sys
import threading
from queue import Queue

import pytest
from conftest import BARE_ASTRO, environment, write_files

pytest.importorskip("pygls")
PATIENCE = 180  # seconds, on a machine that is busy
POST = "src/content/blog/a.md"
HEAD = "---\ntitle: A post\npubDate: 2024-01-02\n---\r\n\r\n"


class Editor:
    """A client of a server that runs in `root`."""

    def __init__(self, root, encodings=("utf-16",), options=None):
        self.uri = (root / POST).as_uri()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "postlint", "server"],
            cwd=root,
            env=environment(root),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._came = Queue()
        self._version = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        capabilities = {"general": {"positionEncodings": list(encodings)}}
        self.said = self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "capabilities": capabilities,
                "initializationOptions": options,
            },
        )
        self.tell("initialized", {})

    def _read(self):
        out = self._process.stdout
        while line := out.readline():
            size = int(line.split(b":")[1])
            while out.readline().strip():
                pass
            self._came.put(json.loads(out.read(size)))

    def _send(self, message):
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def tell(self, method, params):
        self._send({"method": method, "params": params})

    def ask(self, method, params=None):
        self._send({"id": 1, "method": method, **({} if params is None else {"params": params})})
        while (came := self._came.get(timeout=PATIENCE)).get("id") != 1:
            pass
        return came["result"]

    def open(self, text):
        self.tell(
            "textDocument/didOpen",
            {"textDocument": {"uri": self.uri, "languageId": "markdown", "version": 0, "text": text}},
        )
        return self.found()

    def change(self, text):
        self._version += 1
        document = {"uri": self.uri, "version": self._version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        return self.found()

    def came(self, method):
        while (came := self._came.get(timeout=PATIENCE)).get("method") != method:
            pass
        return came["params"]

    def next(self):
        return self._came.get(timeout=PATIENCE)

    def found(self):
        return self.came("textDocument/publishDiagnostics")["diagnostics"]

    def actions(self, line, only=None):
        at = {"line": line, "character": 0}
        whole = {"start": at, "end": {"line": line, "character": 999}}
        context = {"diagnostics": [], **({"only": [only]} if only else {})}
        return self.ask(
            "textDocument/codeAction", {"textDocument": {"uri": self.uri}, "range": whole, "context": context}
        )

    def end(self):
        self.ask("shutdown")
        self.tell("exit", None)
        status = self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        self._process.stdin.close()
        self._process.stdout.close()
        return status


@pytest.fixture
def editor(tmp_path):
    write_files(tmp_path, {**BARE_ASTRO, POST: "", "public/.keep": ""})
    opened = []

    def start(*arguments):
        opened.append(Editor(tmp_path, *arguments))
        return opened[-1]

    yield start
    for one in opened:
        assert one.end() == 0


@pytest.mark.parametrize(("encoding", "column"), [("utf-16", 4), ("utf-8", 7), ("utf-32", 3)])
def test_what_is_wrong_is_told_while_it_is_written(editor, encoding, column):
    one = editor((encoding,))
    assert one.said["capabilities"]["positionEncoding"] == encoding
    (found,) = one.open(f"{HEAD}\U0001f680é â€” b\n")
    assert found["code"] == "mojibake"
    assert found["severity"] == 1
    assert found["codeDescription"]["href"].endswith("/mojibake.md")
    assert found["range"]["start"] == {"line": 5, "character": column}
    assert one.change(f"{HEAD}\U0001f680é — b\n") == []


def test_repairs_are_offered(editor):
    one = editor()
    one.open(f"{HEAD}a â€” b\n\nc é â€” d\n")
    quick, every = one.actions(7)
    assert (quick["kind"], quick["isPreferred"]) == ("quickfix", True)
    (edit,) = quick["edit"]["changes"][one.uri]
    place = {"start": {"line": 7, "character": 4}, "end": {"line": 7, "character": 7}}
    assert edit == {"range": place, "newText": "—"}
    assert len(every["edit"]["changes"][one.uri]) == 2
    assert [action["kind"] for action in one.actions(0, "source.fixAll")] == ["source.fixAll.postlint"]
    assert [action["kind"] for action in one.actions(7, "quickfix")] == ["quickfix"]


def test_an_image_that_appears_is_seen(editor, tmp_path):
    one = editor()
    (found,) = one.open(f"{HEAD}![a](/b.png)\n")
    assert found["code"] == "image-missing"
    write_files(tmp_path, {"public/b.png": ""})
    changed = {"uri": (tmp_path / "public/b.png").as_uri(), "type": 1}
    one.tell("workspace/didChangeWatchedFiles", {"changes": [changed]})
    assert one.found() == []


def test_only_the_last_of_many_changes_counts(editor):
    one = editor()
    one.open(HEAD)
    for n in range(20):
        one.tell(
            "textDocument/didChange",
            {
                "textDocument": {"uri": one.uri, "version": 100 + n},
                "contentChanges": [{"text": f"{HEAD}{'a' * n} â€” b\n"}],
            },
        )
    (found,) = one.found()
    assert found["range"]["start"]["character"] == 20


def test_what_is_no_post_is_left_alone(editor, tmp_path):
    one = editor()
    for uri in ("untitled:Untitled-1.md", (tmp_path / "a.txt").as_uri(), "nonsense"):
        document = {"uri": uri, "languageId": "markdown", "version": 0, "text": "a â€” b"}
        one.tell("textDocument/didOpen", {"textDocument": document})
        assert (
            one.ask(
                "textDocument/codeAction",
                {
                    "textDocument": {"uri": uri},
                    "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 9}},
                    "context": {"diagnostics": []},
                },
            )
            == []
        )
    assert [found["code"] for found in one.open(f"{HEAD}a â€” b\n")] == ["mojibake"]


def test_a_post_may_be_closed_and_opened_again_at_once(editor):
    one = editor()
    document = {"uri": one.uri, "languageId": "markdown", "version": 0, "text": HEAD}
    one.tell("textDocument/didOpen", {"textDocument": document})
    one.tell("textDocument/didClose", {"textDocument": {"uri": one.uri}})
    one.tell("textDocument/didOpen", {"textDocument": {**document, "text": f"{HEAD}a â€” b\n"}})
    while not (came := one.next())["params"].get("diagnostics"):
        assert came["method"] != "window/showMessage", came


def test_a_client_may_ask_for_isolation(editor, tmp_path):
    write_files(tmp_path, {"postlint.toml": "ignore = ['mojibake']\n"})
    assert editor().open(f"{HEAD}a â€” b\n") == []
    assert editor(("utf-16",), {"isolated": True}).open(f"{HEAD}a â€” b\n")


def test_a_post_that_is_damaged_throughout_gets_one_finding_and_one_fix(editor):
    one = editor()
    (found,) = one.open(HEAD + "Now â€” then, cafÃ©.\r\n" * 15)
    assert found["message"].startswith("This post is damaged in 30 places. The post was saved as UTF-8 and read as")
    quick, every = one.actions(5)
    assert quick["title"] == "Fix all 30 places"
    (edits,) = quick["edit"]["changes"].values()
    assert len(edits) == 30
    assert every["edit"] == quick["edit"]


def test_all_is_fixed_when_a_post_is_saved_at_once(editor):
    one = editor()
    one.open(HEAD)
    one.tell(
        "textDocument/didChange",
        {"textDocument": {"uri": one.uri, "version": 1}, "contentChanges": [{"text": f"{HEAD}a â€” b\n"}]},
    )
    (every,) = one.actions(0, "source.fixAll")
    assert [edit["newText"] for edit in every["edit"]["changes"][one.uri]] == ["—"]


def test_a_file_in_no_site_is_judged_alone(editor, tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    head = "---\ntitle: A\ndate: 2024-01-02\n---\n\n"
    write_files(folder, {"a.md": head, **{f"b{n}.md": f"{head}# B\n" for n in range(6)}})
    one = editor()
    one.uri = (folder / "not" / "there" / "a.md").as_uri()
    assert [found["code"] for found in one.open("a â€” b\n")] == ["mojibake"]
    one.uri = (folder / "a.md").as_uri()
    text = f"{head}[b](b1.md#other)\n"
    assert one.open(text) == []
    (folder / ".git").mkdir()
    assert [found["code"] for found in one.change(text)] == ["link-anchor"]


def test_broken_settings_are_told_once(editor, tmp_path):
    write_files(tmp_path, {"postlint.toml": "framwork = 'astro'\n"})
    one = editor()
    one.tell(
        "textDocument/didOpen",
        {"textDocument": {"uri": one.uri, "languageId": "markdown", "version": 0, "text": HEAD}},
    )
    assert "framwork" in one.came("window/showMessage")["message"]
    assert one.actions(0) == []
    (tmp_path / "postlint.toml").unlink()
    assert one.change(f"{HEAD}a â€” b\n")


def test_without_its_package(main, monkeypatch):
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    monkeypatch.delitem(sys.modules, "postlint.lsp", raising=False)
    ran = main("server")
    assert (ran.status, ran.err) == (2, "postlint: the server needs the package pygls: pip install 'postlint[lsp]'\n")


@pytest.mark.parametrize("name", ["a.svx", "b.Rmd", "c.MD", "d.mkdn"])
def test_every_ending_that_the_command_checks(tmp_path, name):
    site = write_files(tmp_path, {f"posts/{name}": ""})
    with_editor = Editor(site)
    with_editor.uri = (site / "posts" / name).as_uri()
    assert "mojibake" in [one["code"] for one in with_editor.open("A cafÃ© in town.\n")]
    with_editor.end()
