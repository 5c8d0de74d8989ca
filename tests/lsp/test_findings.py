"""Findings in open posts, as an editor gets them from the server's own process."""

import time
from urllib.parse import quote

import pytest
from conftest import BARE_ASTRO, write_files
from editors import HEAD, PULLS, WATCHES

BAD = f"{HEAD}a â€” b\n"


@pytest.mark.parametrize(("encoding", "column"), [("utf-16", 4), ("utf-8", 7), ("utf-32", 3)])
def test_what_is_wrong_is_shown_while_it_is_written(editor, encoding, column):
    one = editor((encoding,))
    assert one.said["capabilities"]["positionEncoding"] == encoding
    (found,) = one.open(f"{HEAD}\U0001f680é â€” b\n")
    assert found["code"] == "mojibake"
    assert found["severity"] == 1
    assert found["codeDescription"]["href"].endswith("/mojibake.md")
    assert found["range"]["start"] == {"line": 5, "character": column}
    assert one.change(f"{HEAD}\U0001f680é — b\n") == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-32"])
def test_parts_of_a_text_are_changed(editor, encoding):
    """Only LF, CRLF and CR end a line: other characters that end lines elsewhere do not count."""
    one = editor((encoding,))
    one.open(f"{HEAD}\U0001f680 a\u2028b\x0cc\n\nx — y\n")
    dash = {"start": {"line": 7, "character": 2}, "end": {"line": 7, "character": 5 if encoding == "utf-8" else 3}}
    end = {"start": {"line": 99, "character": 0}, "end": {"line": 99, "character": 0}}
    one.tell_change({"range": dash, "text": "â€”"}, {"range": end, "text": "More.\n"})
    found = one.found(version=1)
    (damage,) = [each for each in found if each["code"] == "mojibake"]
    assert damage["range"]["start"] == {"line": 7, "character": 2}


def test_findings_have_the_version_of_the_text(editor):
    one = editor()
    one.tell_open(BAD, version=7)
    assert one.published()["version"] == 7
    one.tell_change({"text": HEAD})
    assert one.published(version=1)["diagnostics"] == []


def test_the_other_post_of_a_duplicate_is_named(editor, write):
    other = "---\ntitle: Another\npubDate: 2024-01-02\nslug: a\n---\n\nText.\n"
    write({"src/content/blog/b.md": other})
    one = editor(capabilities={"textDocument": {"publishDiagnostics": {"relatedInformation": True}}})
    one.tell_open(f"{HEAD}Text.\n")
    while not (found := one.found()):
        pass
    (related,) = found[0]["relatedInformation"]
    assert found[0]["code"] == "slug-duplicate"
    assert related["location"]["uri"] == (one.root / "src/content/blog/b.md").as_uri()
    assert related["location"]["range"]["start"] == {"line": 3, "character": 6}
    assert related["message"] == "the other post: Another"


def test_the_other_post_is_checked_also_if_something_was_asked_about_the_new_text(editor, write):
    other = "---\ntitle: Another\npubDate: 2024-01-02\n---\n\nText.\n"
    write({"src/content/blog/b.md": other})
    one = editor()
    one.tell_open(f"{HEAD}Text.\n")
    uri = (one.root / "src/content/blog/b.md").as_uri()
    one.tell_open(other, uri)
    one.known()
    one.tell_change({"text": f"{HEAD}Text.\n".replace("---\r\n", "slug: b\n---\r\n")})
    one.ask("textDocument/completion", one.at(1, 3))
    while [each["code"] for each in one.published(uri)["diagnostics"]] != ["slug-duplicate"]:
        pass


def test_an_unneeded_suppression_is_marked_as_unnecessary(editor):
    one = editor()
    one.tell_open(f"{HEAD}<!-- postlint-disable-next-line mojibake -->\n\nText.\n")
    while not (found := one.found()):
        pass
    assert (found[0]["code"], found[0]["tags"]) == ("suppression-unused", [1])


def test_only_the_last_of_many_changes_counts(editor):
    one = editor()
    one.open(HEAD)
    for number in range(20):
        one.tell_change({"text": f"{HEAD}{'a' * number} â€” b\n"})
    (found,) = one.found()
    assert found["range"]["start"]["character"] == 20


def test_what_is_no_post_is_left_alone(editor, tmp_path):
    one = editor()
    for uri in ((tmp_path / "a.txt").as_uri(), (tmp_path / "README.md").as_uri(), "nonsense", "untitled:a.py"):
        one.tell_open("a â€” b", uri, language="python" if uri.endswith("py") else "markdown")
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 9}}
        params = {"textDocument": {"uri": uri}, "range": whole, "context": {"diagnostics": []}}
        assert one.ask("textDocument/codeAction", params) == []
    assert [found["code"] for found in one.open(BAD)] == ["mojibake"]


def test_a_text_that_was_never_saved_is_judged_alone(editor):
    one = editor()
    one.uri = "untitled:Untitled-1"
    assert "mojibake" in [found["code"] for found in one.open("---\ntitle: A\n---\n\na â€” b\n")]


def test_a_post_may_be_closed_and_opened_again_at_once(editor):
    one = editor()
    one.tell_open(HEAD)
    one.tell("textDocument/didClose", {"textDocument": {"uri": one.uri}})
    one.tell_open(BAD)
    while not (came := one.next()).get("params", {}).get("diagnostics"):
        assert came.get("method") != "window/showMessage", came


def test_a_closed_post_has_no_findings(editor):
    one = editor()
    assert one.open(BAD)
    one.tell("textDocument/didClose", {"textDocument": {"uri": one.uri}})
    while one.found():
        pass


def test_a_post_that_is_damaged_throughout_gets_one_finding_and_one_fix(editor):
    one = editor()
    (found,) = one.open(HEAD + "Now â€” then, cafÃ©.\r\n" * 15)
    assert found["message"].startswith("This post is damaged in 30 places. The post was saved as UTF-8 and read as")
    quick, every = (action for action in one.actions(5) if action["title"].startswith(("Fix all 30", "Apply")))
    (edits,) = quick["edit"]["changes"].values()
    assert len(edits) == 30
    assert len(every["edit"]["changes"][one.uri]) >= 30


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
    one.tell_change({"text": text})
    one.rules("link-anchor")


def test_broken_settings_are_reported_once(editor, write):
    write({"postlint.toml": "framwork = 'astro'\n"})
    one = editor()
    one.tell_open(HEAD)
    assert "framwork" in one.came("window/showMessage")["message"]
    assert one.actions(0) == []
    one.tell_change({"text": f"{HEAD}Text.\n"})
    assert one.quiet(1, "window/showMessage") == []
    (one.root / "postlint.toml").unlink()
    assert one.change(BAD)


@pytest.mark.parametrize("name", ["a.svx", "b.Rmd", "c.MD", "d.mkdn"])
def test_every_ending_that_the_command_checks(start, write, name):
    one = start(root=write({f"posts/{name}": ""}))
    one.uri = (one.root / "posts" / name).as_uri()
    assert "mojibake" in [found["code"] for found in one.open("A cafÃ© in town.\n")]


def test_the_site_is_what_a_command_sees(editor, write, postlint):
    texts = {f"src/content/blog/{name}.md": HEAD.replace("A post", f"Post {name}") for name in "bcdef"}
    text = f"{HEAD}[b](/blog/b/) [x](/blog/x/) ![](/no.png)\n"
    write({"src/content/blog/a.md": text, **texts, "src/pages/blog/[...slug].astro": ""})
    one = editor()
    one.tell_open(text)
    one.known()
    expected = postlint("check", "--index-site", "src/content/blog/a.md", "--output-format", "json").report
    found = one.ask("textDocument/diagnostic", one.about())["items"]
    assert [each["message"] for each in found] == [each["message"] for each in expected["diagnostics"]]
    assert {each["code"] for each in found} >= {"image-missing"}


# Which document comes first, and what a request changes.


def test_a_cancelled_request_loses_no_findings(editor):
    one = editor()
    one.open(HEAD)
    one.tell_change({"text": BAD})
    place = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    context = {"diagnostics": [], "only": ["source.fixAll"]}
    number = one.begin("textDocument/codeAction", one.about(range=place, context=context))
    one.tell("$/cancelRequest", {"id": number})
    assert [each["code"] for each in one.published(version=1)["diagnostics"]] == ["mojibake"]


def test_the_saved_post_is_checked_first(editor, write):
    names = "bcdefg"
    write({f"src/content/blog/{name}.md": HEAD.replace("A post", f"Post {name}") for name in names})
    one = editor()
    uris = [(one.root / f"src/content/blog/{name}.md").as_uri() for name in names]
    for name, uri in zip(names, uris, strict=True):
        one.tell_open(HEAD.replace("A post", f"Post {name}"), uri)
    one.known()
    one.quiet(0.5)
    for uri in uris:
        document = {"uri": uri, "version": 2}
        one.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": BAD}]})
    one.save(uris[4])
    came = [params["uri"] for params in one.quiet(3) if params.get("version") == 2]
    assert came[0] == uris[4]
    assert set(came) == set(uris)


def test_a_change_shows_in_other_open_posts(editor, write):
    write({"src/content/blog/b.md": HEAD.replace("A post", "Another")})
    one = editor()
    other = (one.root / "src/content/blog/b.md").as_uri()
    one.tell_open(HEAD.replace("A post", "Another"), other)
    one.open(HEAD)
    one.known()
    one.change(HEAD.replace("A post", "Another"))
    while not (found := one.published(other)["diagnostics"]):
        pass
    assert [each["code"] for each in found] == ["title-duplicate"]


# Files and settings.


@pytest.mark.parametrize("capabilities", [WATCHES, {}], ids=["watched", "saved"])
def test_an_image_that_appears_is_seen(editor, write, capabilities):
    one = editor(capabilities=capabilities)
    (found,) = one.open(f"{HEAD}![a](/b.png)\n")
    assert found["code"] == "image-missing"
    write({"public/b.png": ""})
    if capabilities:
        one.files("public/b.png")
    else:
        one.save()
    assert one.found() == []


def test_a_post_that_another_program_changes_is_seen(editor, write):
    write({"src/content/blog/b.md": HEAD.replace("A post", "Another")})
    one = editor(capabilities=WATCHES)
    one.open(HEAD)
    one.known()
    write({"src/content/blog/b.md": HEAD})
    one.files("src/content/blog/b.md", kind=2)
    one.rules("title-duplicate")
    (one.root / "src/content/blog/b.md").unlink()
    one.files("src/content/blog/b.md", kind=3)
    one.rules()


def test_the_output_of_a_build_matters_to_nobody(editor, write):
    write({".gitignore": "generated/\n", "src/content/blog/b.md": HEAD})
    one = editor(capabilities=WATCHES)
    one.tell_open(HEAD)
    one.rules("title-duplicate")
    # It is looked at only if something is looked at anew.
    write({"src/content/blog/b.md": HEAD.replace("A post", "Another")})
    one.files("dist/blog/a/index.html", "node_modules/x/index.md", ".astro/types.d.ts", "generated/x.json")
    assert one.quiet(1.5) == []


def test_settings_that_change_are_read(editor, write):
    one = editor(capabilities=WATCHES)
    assert one.open(BAD)
    write({"postlint.toml": "ignore = ['mojibake']\n"})
    one.files("postlint.toml")
    assert one.found() == []


def test_settings_in_a_hidden_folder_are_read(start, write):
    write({".vitepress/config.mts": "export default {}\n", "a.md": "", "b.md": "# B\n"})
    one = start(capabilities=WATCHES)
    one.uri = (one.root / "a.md").as_uri()
    one.tell_open("# A\n\n[c](/c)\n")
    one.rules("link-missing")
    write({".vitepress/config.mts": "export default { ignoreDeadLinks: true }\n"})
    one.files(".vitepress/config.mts", kind=2)
    assert [each["severity"] for each in one.found()] == [2]


def test_code_that_changes_is_run(editor, write):
    rule = "import postlint\n\n\nclass TeamWord(postlint.Rule):\n    def check(self, post):\n"
    rule += "        yield postlint.Finding(postlint.Span(0, 3), 'WORD')\n"
    write({"rules.py": rule.replace("WORD", "one"), "postlint.toml": "plugins = ['rules.py:TeamWord']\n"})
    one = editor(capabilities=WATCHES)
    assert [each["message"] for each in one.open(HEAD)] == ["one"]
    write({"rules.py": rule.replace("WORD", "two")})
    one.files("rules.py", kind=2)
    while [each["message"] for each in one.found()] != ["two"]:
        pass


def test_a_client_may_ask_for_isolation(editor, write):
    write({"postlint.toml": "ignore = ['mojibake']\n"})
    assert editor().open(BAD) == []
    one = editor(("utf-16",), {"isolated": True})
    assert one.open(BAD)
    # For good: what a folder says later must not lift it.
    one.tell("workspace/didChangeConfiguration", {"settings": {"postlint": {"isolated": False}}})
    assert one.change(f"{BAD}\n")


@pytest.mark.parametrize("pulls", [False, True])
def test_the_settings_of_the_editor_change(editor, write, pulls):
    write({"mine.toml": "ignore = ['mojibake']\n"})
    one = editor(capabilities={"workspace": {"configuration": True}} if pulls else {})
    assert one.open(BAD)
    settings = {"config": str(one.root / "mine.toml")}
    one.settings = settings
    one.tell("workspace/didChangeConfiguration", {"settings": None if pulls else {"postlint": settings}})
    assert one.found() == []


@pytest.mark.parametrize("name", ["mine.toml", "~/mine.toml"])
def test_a_configuration_is_named_from_the_first_folder_or_from_home(editor, write, name):
    write({"mine.toml": "ignore = ['mojibake']\n"})
    one = editor(options={"config": name})
    assert [found["code"] for found in one.open(f"{HEAD}a â€” b\u200b c\n")] == ["invisible-character"]


def test_the_folders_of_the_workspace_change(editor, tmp_path_factory):
    other = write_files(tmp_path_factory.mktemp("other"), {**BARE_ASTRO, "src/content/blog/x.md": HEAD})
    one = editor()
    assert one.ask("workspace/symbol", {"query": "A post"}) == []
    added = {"added": [{"uri": other.as_uri(), "name": "other"}], "removed": []}
    one.tell("workspace/didChangeWorkspaceFolders", {"event": added})
    (found,) = one.ask("workspace/symbol", {"query": "A post"})
    assert found["location"]["uri"] == (other / "src/content/blog/x.md").as_uri()
    removed = {"added": [], "removed": added["added"]}
    one.tell("workspace/didChangeWorkspaceFolders", {"event": removed})
    assert one.ask("workspace/symbol", {"query": "A post"}) == []


# Editors that ask for findings.


def test_findings_are_asked_for(editor):
    one = editor(capabilities=PULLS)
    one.tell_open(BAD)
    full = one.ask("textDocument/diagnostic", one.about())
    assert (full["kind"], [each["code"] for each in full["items"]]) == ("full", ["mojibake"])
    again = one.ask("textDocument/diagnostic", one.about(previousResultId=full["resultId"]))
    assert again == {"kind": "unchanged", "resultId": full["resultId"]}
    one.tell_change({"text": HEAD})
    begun = time.monotonic()
    assert one.ask("textDocument/diagnostic", one.about())["items"] == []
    assert time.monotonic() - begun > 0.15
    assert one.quiet(0.5) == []


def test_a_cancelled_question_is_answered_as_cancelled(editor):
    one = editor(capabilities=PULLS)
    one.tell_open(HEAD)
    one.tell_change({"text": BAD})
    number = one.begin("textDocument/diagnostic", one.about())
    one.tell("$/cancelRequest", {"id": number})
    assert one.answer(number)["error"]["code"] == -32800
    assert [each["code"] for each in one.ask("textDocument/diagnostic", one.about())["items"]] == ["mojibake"]


def test_the_editor_is_asked_to_ask_again(editor, write):
    one = editor(capabilities={**PULLS, "workspace": {**PULLS["workspace"], **WATCHES["workspace"]}})
    one.tell_open(f"{HEAD}![a](/b.png)\n")
    assert one.ask("textDocument/diagnostic", one.about())["items"]
    one.known()
    write({"public/b.png": ""})
    one.files("public/b.png")
    one.came("workspace/diagnostic/refresh")
    assert one.ask("textDocument/diagnostic", one.about())["items"] == []


def test_an_editor_may_write_the_addresses_of_files_in_its_own_way(editor, write):
    other = BAD.replace("A post", "Another")
    write({"src/content/blog/a.md": f"{HEAD}Text.\n", "src/content/blog/it's, é.md": other})
    one = editor(capabilities=PULLS)
    (found,) = one.ask("workspace/diagnostic", {"previousResultIds": []})["items"]
    uri = found["uri"].replace(quote("'"), "'").replace(quote(","), ",")
    assert uri != found["uri"]
    known = [{"uri": uri, "value": found["resultId"]}]
    assert one.ask("workspace/diagnostic", {"previousResultIds": known})["items"] == []


def test_a_text_in_no_site_keeps_its_findings_while_it_is_open(editor, write):
    write({"src/content/blog/a.md": f"{HEAD}Text.\n"})
    one = editor(capabilities=PULLS)
    one.uri = "untitled:Untitled-1"
    one.tell_open("---\ntitle: A\n---\n\na â€” b\n")
    found = one.ask("textDocument/diagnostic", one.about())
    known = {"previousResultIds": [{"uri": one.uri, "value": found["resultId"]}]}
    assert one.ask("workspace/diagnostic", known)["items"] == []
    one.tell("textDocument/didClose", one.about())
    assert [each["items"] for each in one.ask("workspace/diagnostic", known)["items"]] == [[]]


def test_a_post_that_is_gone_has_no_findings(editor, write, tmp_path_factory):
    write({"src/content/blog/a.md": f"{HEAD}Text.\n", "src/content/blog/b.md": BAD.replace("A post", "Another")})
    other = write_files(tmp_path_factory.mktemp("other"), {**BARE_ASTRO, "src/content/blog/x.md": BAD})
    one = editor(capabilities=PULLS)
    folder = [{"uri": other.as_uri(), "name": "other"}]
    one.tell("workspace/didChangeWorkspaceFolders", {"event": {"added": folder, "removed": []}})
    found = one.ask("workspace/diagnostic", {"previousResultIds": []})["items"]
    assert len(found) == 2
    (one.root / "src/content/blog/b.md").unlink()
    one.files("src/content/blog/b.md", kind=3)
    one.came("workspace/diagnostic/refresh")
    one.tell("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": folder}})
    known = [{"uri": each["uri"], "value": each["resultId"]} for each in found]
    gone = one.ask("workspace/diagnostic", {"previousResultIds": known})["items"]
    assert [(each["uri"], each["items"]) for each in gone] == [(each["uri"], []) for each in found]
    known = [{"uri": each["uri"], "value": each["resultId"]} for each in gone]
    assert one.ask("workspace/diagnostic", {"previousResultIds": known})["items"] == []


def test_all_posts_of_the_workspace_are_judged(editor, start, write):
    write({"src/content/blog/b.md": BAD.replace("A post", "Another"), "src/content/blog/a.md": f"{HEAD}Text.\n"})
    one = start(capabilities=PULLS)
    (found,) = one.ask("workspace/diagnostic", {"previousResultIds": []})["items"]
    assert found["uri"] == (one.root / "src/content/blog/b.md").as_uri()
    assert [each["code"] for each in found["items"]] == ["mojibake"]
    known = [{"uri": found["uri"], "value": found["resultId"]}]
    assert one.ask("workspace/diagnostic", {"previousResultIds": known})["items"] == []
    one.uri = found["uri"]
    assert one.ask("textDocument/diagnostic", one.about())["items"] == found["items"]
    one.tell_open(HEAD.replace("A post", "Another"))
    (mended,) = one.ask("workspace/diagnostic", {"previousResultIds": known})["items"]
    assert mended["items"] == []
