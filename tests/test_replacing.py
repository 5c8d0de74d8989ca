"""Writing repaired posts: whole or not at all, and never what must be left alone."""

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import BARE_ASTRO, CLEAN, DAMAGED, POST, environment, write_files

from postlint.checking import settings_use
from postlint.files import writing

REPAIRED = DAMAGED.replace("â€”", "—")
# The same damage in a post of another title.
OTHER = DAMAGED.replace("title: ", "title: Another ")
NOT_FIXED = ("file-not-fixed", 1, 1)


def leftovers(root):
    return sorted(path.name for path in root.rglob(".postlint-*.tmp"))


@pytest.mark.skipif(os.name != "posix", reason="modes and owners are those of POSIX")
def test_mode_and_owner_are_kept(postlint, astro):
    root = astro({POST: DAMAGED})
    (root / POST).chmod(0o640)
    if os.geteuid() == 0:
        os.chown(root / POST, 12345, 54321)
    before = (root / POST).stat()
    assert postlint("check", "--fix", cwd=root).status == 0
    after = (root / POST).stat()
    assert (root / POST).read_text("utf-8") == REPAIRED
    assert (stat.S_IMODE(after.st_mode), after.st_uid, after.st_gid) == (0o640, before.st_uid, before.st_gid)


def make_read_only(root):
    (root / POST).chmod(0o444)


def make_hard_link(root):
    os.link(root / POST, root / "other.md")


def make_link_outside(root):
    (root.parent / "outside.md").write_text(DAMAGED, "utf-8")
    (root / POST).unlink()
    (root / POST).symlink_to(root.parent / "outside.md")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (make_read_only, "not fixed: it is read-only"),
        (make_hard_link, "not fixed: it has several names (hard links), and only one of them would get"),
        (make_link_outside, "not fixed: it is a link to a file outside the site"),
    ],
)
def test_what_must_stay_as_it_is(postlint, tmp_path, make, reason):
    root = write_files(tmp_path / "site", {**BARE_ASTRO, POST: DAMAGED, "src/content/blog/b.md": OTHER})
    make(root)
    diff = postlint("check", "--diff", cwd=root)
    ran = postlint("check", "--fix", "--output-format", "json", cwd=root)
    assert (ran.status, ran.found) == (1, [NOT_FIXED, ("mojibake", 6, 5)])
    assert ran.report["diagnostics"][0]["message"].startswith(reason)
    assert (root / POST).read_text("utf-8") == DAMAGED
    assert (root / "src/content/blog/b.md").read_text("utf-8") == OTHER.replace("â€”", "—"), "the others are repaired"
    assert "post.md" not in diff.out
    assert f"{POST}: {reason}" in diff.err
    # Without --fix there is nothing to say of it.
    assert postlint("check", "--output-format", "json", POST, cwd=root).found == [("mojibake", 6, 5)]


def test_a_file_that_changed_meanwhile_is_left_alone(main, astro, monkeypatch):
    root = astro({POST: DAMAGED, "src/content/blog/z.md": OTHER})
    replace = writing.replace

    def late(path, data, expected):
        if path.endswith("post.md"):
            (root / POST).write_text("Another text.\n")
        replace(path, data, expected)

    monkeypatch.setattr(writing, "replace", late)
    ran = main("check", "--fix", "--output-format", "json")
    assert (ran.status, ran.found) == (1, [NOT_FIXED])
    assert ran.report["diagnostics"][0]["message"] == "not fixed: it was changed during the check"
    assert (root / POST).read_text() == "Another text.\n"
    assert (root / "src/content/blog/z.md").read_text("utf-8") == OTHER.replace("â€”", "—")


def into_folder(path):
    path.unlink()
    path.mkdir()


def into_pipe(path):
    path.unlink()
    os.mkfifo(path)


CHANGES = {"gone": Path.unlink, "changed": lambda path: path.write_text("Another text.\n"), "a folder": into_folder}
if hasattr(os, "mkfifo"):
    CHANGES["a pipe"] = into_pipe


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("moment", ["before it is fixed", "before it is written"])
def test_a_file_that_vanishes_or_changes_ends_no_run(main, astro, monkeypatch, change, moment):
    root = astro({POST: DAMAGED, "src/content/blog/z.md": OTHER})
    holder, name = (writing, "obstacle") if moment == "before it is fixed" else (writing, "replace")
    original = getattr(holder, name)

    def late(path, *rest):
        if path.endswith("post.md"):
            change(root / POST)
        return original(path, *rest)

    monkeypatch.setattr(holder, name, late)
    ran = main("check", "--fix", "--output-format", "json", "--no-cache")
    messages = [d["message"] for d in ran.report["diagnostics"] if d["rule"] == "file-not-fixed"]
    assert (ran.status, messages) == (1, ["not fixed: it was changed during the check"])
    assert (root / "src/content/blog/z.md").read_text("utf-8") == OTHER.replace("â€”", "—")


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_text("")], ids=["gone", "changed"])
def test_a_configuration_that_vanishes_ends_no_run(main, astro, monkeypatch, change):
    text = "\n\n[[per-path]]\npaths = ['nothing/**']\nignore = ['image']\n"
    root = astro({POST: OTHER.replace("â€”", "—"), "postlint.toml": text})
    assert [rule for rule, *_ in main("check", "--output-format", "json", "--no-cache").found] == [
        "configuration-unmatched"
    ]
    original = settings_use.unmatched

    def late(*rest):
        found = original(*rest)
        change(root / "postlint.toml")
        return found

    monkeypatch.setattr(settings_use, "unmatched", late)
    assert main("check", "--output-format", "json", "--no-cache").found == []


@pytest.mark.skipif(os.name != "posix", reason="there is no such limit")
def test_a_full_disk_is_one_line_and_loses_nothing(postlint, astro):
    large = DAMAGED + "More text.\n" * 20_000
    root = astro({POST: large})
    resource = pytest.importorskip("resource")

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))

    ran = postlint("check", "--fix", "--index-site", POST, cwd=root, before=limit)
    assert (ran.status, ran.err) == (2, f"postlint: {POST}: cannot be written: file too large\n")
    assert (root / POST).read_text("utf-8") == large
    assert leftovers(root) == []


@pytest.mark.skipif(os.name != "posix", reason="the process is killed by a signal")
def test_killed_at_any_moment_every_post_is_whole(tmp_path):
    # Some of these moments are in the midst of a write, whatever the machine's speed; more of them take minutes.
    times = 200 if os.environ.get("POSTLINT_SLOW_TESTS") else 6
    names = [f"src/content/blog/{number:03}.md" for number in range(120)]
    root = write_files(tmp_path, {**BARE_ASTRO, **dict.fromkeys(names, DAMAGED)})
    command = [sys.executable, "-m", "postlint", "check", "--fix", "--jobs", "1"]
    dice = random.Random(times)
    begin = time.monotonic()
    subprocess.run(command, cwd=root, env=environment(root), capture_output=True)
    whole = time.monotonic() - begin
    seen = set()
    for _ in range(times):
        write_files(root, dict.fromkeys(names, DAMAGED))
        process = subprocess.Popen(
            command, cwd=root, env=environment(root), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        # Writing is the last part of the run.
        time.sleep(whole * dice.uniform(0.3, 1))
        process.kill()
        process.wait()
        texts = [(root / name).read_text("utf-8") for name in names]
        assert {*texts} <= {DAMAGED, REPAIRED}
        seen.add(texts.count(REPAIRED))
    write_files(root, {names[0]: DAMAGED})
    ran = subprocess.run(command, cwd=root, env=environment(root), capture_output=True)
    assert ran.returncode == 0
    assert {(root / name).read_text("utf-8") for name in names} == {REPAIRED}
    assert leftovers(root) == []


def test_what_another_process_writes_is_not_taken_away(postlint, astro):
    root = astro({POST: DAMAGED})
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    folder = (root / POST).parent
    dead, living = f".postlint-{gone.stdout.strip()}-aa.tmp", f".postlint-{os.getpid()}-bb.tmp"
    for name in (dead, living):
        (folder / name).write_text("half")
    assert postlint("check", "--fix", cwd=root).status == 0
    assert leftovers(root) == [living]


RULE = '''
from postlint import Edit, Finding, Fix, Rule, Severity, Span


class {name}(Rule):
    """Writes something that it should not."""

    severity = Severity.WARNING

    def check(self, post):
        at = post.text.value.find({find!r})
        if at >= 0:
            span = Span(at, at + len({find!r}))
            yield Finding(span, "it is there", fix=Fix("Write it", (Edit(*span, {write!r}),)))
'''


def with_rules(astro, text, **rules):
    named = "".join(RULE.format(name=name, find=find, write=write) for name, (find, write) in rules.items())
    plugins = ", ".join(f'"rules.py:{name}"' for name in rules)
    return astro({"postlint.toml": f"plugins = [{plugins}]\n", "rules.py": named, POST: text})


TOML = DAMAGED.replace("---", "+++").replace(": A post", ' = "A post"').replace("pubDate: ", "pubDate = ")


@pytest.mark.parametrize(
    ("text", "old", "new", "harm"),
    [
        (DAMAGED, "A post", "'A post", "it would make the front matter unreadable"),
        (DAMAGED, "then", "\ufffd", "it would have written `\ufffd` in place of a character"),
        (DAMAGED, "2024-01-02", "2024-02-30", "it would have caused an error of date-invalid"),
        (TOML, "post", 'post"\n[more]\nname = "x', "it would have changed another front-matter value"),
    ],
)
def test_a_repair_that_does_harm_is_not_made(postlint, astro, text, old, new, harm):
    root = with_rules(astro, text, Harmful=(old, new))
    ran = postlint("check", "--fix", "--output-format", "json", cwd=root)
    assert ran.status == 1
    messages = [d["message"] for d in ran.report["diagnostics"] if d["rule"] == "file-not-fixed"]
    assert messages == [f"the fix of harmful was not made: {harm}; this is a bug in postlint, please report it"]
    assert (root / POST).read_text("utf-8") == text.replace("â€”", "—"), "other rules' repairs are made"


def test_rules_that_undo_each_other_are_named(postlint, astro):
    text = DAMAGED.replace("then.", "left.")
    root = with_rules(astro, text, ToLeft=("right", "left"), ToRight=("left", "right"))
    ran = postlint("check", "--fix", "--output-format", "json", cwd=root)
    (message,) = [d["message"] for d in ran.report["diagnostics"] if d["rule"] == "file-not-fixed"]
    assert message.startswith("not fixed: the fixes of to-left and to-right never come to an end")
    assert (root / POST).read_text("utf-8") == text


def test_each_error_of_a_parser_that_stops_at_the_first(postlint, astro):
    text = DAMAGED.replace("then.", "word " * 15)
    root = with_rules(astro, text, Word=("word", "Word"))
    assert postlint("check", "--fix", cwd=root).status == 0
    assert (root / POST).read_text("utf-8") == text.replace("â€”", "—").replace("word", "Word")


def test_bytes_that_a_fix_joins_to_a_character(postlint, astro):
    """Positions are those of the text that the new bytes are."""
    root = with_rules(astro, "", Word=("word", "Word"))
    (root / POST).write_bytes(CLEAN.encode() + b"Caf\xc3\xe2\x80\x8b\xa9 word, word, word.\n")
    assert postlint("check", "--fix", cwd=root).status == 0
    assert (root / POST).read_text("utf-8") == CLEAN + "Café Word, Word, Word.\n"
