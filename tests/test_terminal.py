"""What people read at a terminal: whole words, help in parts, and the next step."""

import pytest
from conftest import DAMAGED, POST

from postlint import Config, check_paths, reporters
from postlint.reporters import Style, wrapped

LONG = f"![A cat](/{'a-long-name-' * 4}.png)"
MANY = "---\ntitle: A post\npubDate: 2024-01-02\n---\n\n" + "".join(f"![A](/{n}.png)\n\n" for n in range(60))


@pytest.fixture
def shown(astro, monkeypatch):
    """What `check` prints at a terminal of so many columns."""

    def show(files, form="full", columns=100, config=None):
        root = astro({"public/a.png": "", **files})
        monkeypatch.chdir(root)
        style = Style(width=columns, reader=True)
        return "".join(reporters.load(form).render(check_paths([root], config), style))

    return show


@pytest.mark.parametrize("form", ["full", "grouped"])
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_messages_break_between_words(shown, form, columns):
    text = shown({POST: DAMAGED + LONG + "\n"}, form, columns)
    whole = shown({}, form, 10_000)
    for line in text.splitlines():
        assert len(line) <= columns or len(max(line.split(), key=len)) > columns - 30, line
    messages = [d.message for d in check_paths(["."]).diagnostics]
    for message in messages:
        assert message in whole
        assert " ".join(message.split()) in " ".join(text.split())


def test_wide_characters_count_twice():
    assert wrapped("二〇二四年 一月 二日", 12) == ["二〇二四年", "  一月 二日"]
    assert wrapped("one two three", 7, first=4) == ["one", "  two", "  three"]
    assert wrapped("one  two", 80) == ["one  two"]
    assert wrapped("a" * 30 + " b", 10) == ["a" * 30, "  b"]


def test_the_next_step(shown, main, monkeypatch):
    said = shown({POST: DAMAGED})
    assert said.endswith("1 error in 1 post (1 fixable with --fix).\n`postlint rule mojibake` explains it.\n")
    assert "postlint rule" not in main("check", "--output-format", "full").out, "nobody reads a server's log that way"
    assert shown({}, config=Config(ignore=["mojibake"])) == "Nothing to report in 1 post.\n"
    said = shown({POST: MANY, "src/content/blog/b.md": MANY.replace("/0.png", "/a.png")})
    assert "`postlint rule image-missing` explains the most frequent one.\n" in said
    assert "--write-baseline .postlint-baseline.json" in " ".join(said.split())


def test_help_in_parts(main, capsys):
    with pytest.raises(SystemExit):
        main("check", "--help")
    said = capsys.readouterr().out
    for heading in ("which settings:", "what changed, as Git has it:", "which rules:", "fixes:", "what is printed:"):
        assert f"\n{heading}\n" in said
    examples = said.partition("\nexamples:\n")[2]
    assert examples.count("  postlint check ") == 2
    assert examples.endswith("https://github.com/postlint/postlint/blob/main/docs/cli.md#check\n")
