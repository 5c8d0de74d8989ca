"""What an editor offers to do about findings."""

from editors import HEAD, applied

PLAIN = HEAD.replace("\r\n", "\n")


def titles(actions):
    return [action["title"] for action in actions]


def edits(one, action):
    return action["edit"]["changes"][one.uri]


def test_fixes_are_offered(editor):
    one = editor(("utf-32",))
    text = f"{PLAIN}a â€” b\n\nc é â€” d\n"
    (first, second) = one.open(text)
    actions = one.actions(7)
    quick = actions[0]
    assert (quick["title"], quick["kind"], quick["isPreferred"]) == ("Write `—`", "quickfix", True)
    assert quick["diagnostics"] == [second]
    assert applied(text, edits(one, quick)) == f"{PLAIN}a â€” b\n\nc é — d\n"
    assert titles(actions)[1:] == [
        "Fix all findings of mojibake that are certain (2)",
        "Suppress mojibake here",
        "Suppress mojibake in this post",
        "Apply all postlint fixes that are certain",
    ]
    assert first["code"] == "mojibake"


def test_all_of_a_rule_are_fixed(editor):
    one = editor(("utf-32",))
    text = f"{PLAIN}a â€” b\u200bc\n\nc é â€” d\n"
    one.open(text)
    action = next(each for each in one.actions(7) if each["title"].startswith("Fix all findings of mojibake"))
    assert applied(text, edits(one, action)) == f"{PLAIN}a — b\u200bc\n\nc é — d\n"


def test_everything_is_fixed(editor):
    one = editor(("utf-32",))
    text = f"{PLAIN}a â€” b\u200bc\n\nc é â€” d\n"
    one.open(text)
    (every,) = one.actions(0, "source.fixAll")
    assert every["kind"] == "source.fixAll.postlint"
    assert applied(text, edits(one, every)) == f"{PLAIN}a — bc\n\nc é — d\n"
    assert all(action["kind"] == "quickfix" for action in one.actions(7, "quickfix"))


def test_everything_is_fixed_when_a_post_is_saved_at_once(editor):
    one = editor()
    one.open(HEAD)
    one.tell_change({"text": f"{HEAD}a â€” b\n"})
    (every,) = one.actions(0, "source.fixAll")
    assert [edit["newText"] for edit in edits(one, every)] == ["—"]


def test_a_finding_is_suppressed(editor):
    one = editor(("utf-32",))
    text = f"{PLAIN}a â€” b\n"
    one.open(text)
    by_title = {action["title"]: action for action in one.actions(5)}
    here = applied(text, edits(one, by_title["Suppress mojibake here"]))
    assert here == f"{PLAIN}<!-- postlint-disable-next-line mojibake -- TODO -->\na â€” b\n"
    whole = applied(text, edits(one, by_title["Suppress mojibake in this post"]))
    assert whole == f"{PLAIN[:-1]}<!-- postlint-disable-file mojibake -- TODO -->\n\na â€” b\n"
    for suppressed in (here, whole):
        assert one.change(suppressed) == []


def test_a_finding_in_a_field_is_suppressed(editor):
    one = editor(("utf-32",))
    text = "---\ntitle: A cafÃ©\npubDate: 2024-01-02\n---\n\nText.\n"
    one.open(text)
    action = next(each for each in one.actions(1) if each["title"] == "Suppress mojibake here")
    assert (
        applied(text, edits(one, action)).splitlines()[1] == "title: A cafÃ© # postlint-disable-line mojibake -- TODO"
    )


def test_the_page_of_a_rule_is_opened(editor):
    one = editor(capabilities={"window": {"showDocument": {"support": True}}})
    one.open(f"{HEAD}a â€” b\n")
    action = next(each for each in one.actions(5) if each["title"] == "Explain mojibake")
    one.ask("workspace/executeCommand", action["command"])
    while not one.shown:
        one.next()
    (shown,) = one.shown
    assert shown.endswith("/docs/rules/mojibake.md")


def test_a_file_in_no_site(start, tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    (folder / "a.md").write_text("")
    one = start(root=folder)
    one.uri = (folder / "a.md").as_uri()
    one.open("---\ntitle: A\n---\n\na â€” b\n\nc â€” d\n")
    assert [title for title in titles(one.actions(4)) if title != "Suppress mojibake here"] == [
        "Write `—`",
        "Fix all findings of mojibake that are certain (2)",
        "Suppress mojibake in this post",
        "Apply all postlint fixes that are certain",
    ]


def test_an_unsafe_fix_says_so(editor, write):
    write({"src/content/blog/b.md": HEAD.replace("A post", "Another") + "## Some words\n"})
    one = editor()
    one.tell_open(f"{HEAD}## Some words\n\n[a](#some-word)\n")
    one.rules("link-anchor")
    (unsafe,) = (action for action in one.actions(7) if action["title"].endswith("(unsafe)"))
    assert "isPreferred" not in unsafe
    assert one.actions(7, "source.fixAll") == []
