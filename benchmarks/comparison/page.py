"""Writes docs/comparison.md from results.json and mistakes/*.toml."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from mistakes import FAMILIES, HERE, Mistake, read_all
from tools import TOOLS, Tool
from verdicts import RESULTS

PAGE = HERE.parents[1] / "docs" / "comparison.md"
FAMILY_TITLES = {
    "front-matter": "Front matter",
    "dates": "Dates",
    "slugs": "Addresses",
    "images": "Images",
    "links": "Links",
    "tags": "Tags",
    "titles": "Titles and descriptions",
    "text": "Text",
    "mdx": "MDX",
    "templates": "Shortcodes and Liquid",
    "schema": "Schema",
    "markdown": "Style of Markdown",
}
SPEAKING = ("astro", "remark", "check-jsonschema", "postlint")  # in the table of messages
Results = dict[str, dict[str, Any]]


def write_page() -> None:
    PAGE.write_text(text(), encoding="utf-8", newline="\n")


def text() -> str:
    """The whole page."""
    stored = json.loads(RESULTS.read_text(encoding="utf-8"))
    mistakes, results = read_all(), stored["mistakes"]
    parts = [
        _INTRODUCTION.format(count=len(mistakes)),
        _tools(stored["versions"]),
        _NOT_RUN,
        "## How many they find\n",
        _COUNTS,
        _by_family(mistakes, results, "on"),
        "\nThe same with default settings:\n",
        _by_family(mistakes, results, "default"),
        "\n## False alarms\n",
        _ALARMS.format(count=len(mistakes)),
        _alarms(mistakes, results),
        "\n## Fixes\n",
        _FIXES,
        _fixes(mistakes, results),
        "\n## Where others are better\n",
        _OTHERS,
        _others(mistakes, results),
        "\nNo tool in this comparison reports these:\n",
        _nobody(mistakes, results),
        "\n## What they say\n",
        _MESSAGES,
        _messages(mistakes, results),
        "\n## Every mistake\n",
        _EVERY,
        *(_family(family, mistakes, results) for family in FAMILIES),
        "\n## Run it yourself\n",
        _RUN,
    ]
    return "\n".join(parts)


def verdict(results: Results, mistake: Mistake, tool: Tool, mode: str) -> dict[str, Any]:
    """The tool's result in that mode, or in its only one."""
    found: dict[str, Any] = results.get(str(mistake), {}).get(
        f"{tool.name} {mode if mode in tool.modes else 'default'}", {}
    )
    return found


def reported(results: Results, mistake: Mistake, tool: Tool, mode: str) -> bool:
    """Whether the tool reports the mistake in the right line, or without a line."""
    return verdict(results, mistake, tool, mode).get("verdict") in {"found", "no line"}


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _tools(versions: dict[str, str]) -> str:
    rows = [
        (
            tool.title,
            "this one" if tool.name == "postlint" else versions.get(tool.name, "–"),
            tool.modes["default"],
            tool.modes.get("on", "–"),
        )
        for tool in TOOLS
    ]
    return table(("tool", "version", "default settings", "switched on"), rows)


def _by_family(mistakes: list[Mistake], results: Results, mode: str) -> str:
    def cell(some: list[Mistake], tool: Tool) -> str:
        asked = [one for one in some if one.site in tool.sites]
        found = [one for one in asked if reported(results, one, tool, mode)]
        if not asked:
            return ""
        return str(len(found)) if len(asked) == len(some) else f"{len(found)} of {len(asked)}"

    rows = [
        (FAMILY_TITLES[family], str(len(some)), *(cell(some, tool) for tool in TOOLS))
        for family in FAMILIES
        if (some := [one for one in mistakes if one.family == family])
    ]
    total = ("**all**", str(len(mistakes)), *(cell(mistakes, tool) for tool in TOOLS))
    placed = ("in the right columns, too", "", *(_exact(mistakes, results, tool, mode) for tool in TOOLS))
    return table(("kind", "mistakes", *(tool.title for tool in TOOLS)), [*rows, total, placed])


def _exact(mistakes: list[Mistake], results: Results, tool: Tool, mode: str) -> str:
    return str(sum(bool(verdict(results, one, tool, mode).get("column")) for one in mistakes))


def _alarms(mistakes: list[Mistake], results: Results) -> str:
    rows = []
    for tool in TOOLS:
        cells = []
        for mode in ("default", "on"):
            rules = [verdict(results, one, tool, mode).get("alarms", []) for one in mistakes]
            often = sorted(
                {rule for some in rules for rule in some}, key=lambda rule: (-sum(rule in some for some in rules), rule)
            )
            named = ", ".join(f"`{rule}`" for rule in often[:3] if len(rule) < 40)
            count = sum(map(bool, rules))
            cells.append((f"{count}: {named}" if named else str(count)) if mode in tool.modes else "–")
        rows.append((tool.title, *cells))
    return table(("tool", "default settings", "switched on"), rows)


def _fixes(mistakes: list[Mistake], results: Results) -> str:
    def count(tool: Tool, wanted: str) -> str:
        return str(sum(verdict(results, one, tool, "on").get("fix") == wanted for one in mistakes))

    rows = [(tool.title, count(tool, "right"), count(tool, "other"), count(tool, "none")) for tool in TOOLS if tool.fix]
    return table(("tool", "as a person would", "something else", "nothing"), rows)


def _listed(mistakes: list[Mistake], wanted: Callable[[Mistake], str | None]) -> str:
    lines = []
    for family in FAMILIES:
        for one in mistakes:
            if one.family == family and (who := wanted(one)) is not None:
                lines.append(f"- {FAMILY_TITLES[family]}: {_lower(one.what)}{who}")
    return "\n".join(lines)


def _lower(what: str) -> str:
    return what if what[1].isupper() else what[0].lower() + what[1:]


def _others(mistakes: list[Mistake], results: Results) -> str:
    mine, *others = TOOLS

    def who(one: Mistake) -> str | None:
        if reported(results, one, mine, "on"):
            return None
        names = [tool.title for tool in others if reported(results, one, tool, "on")]
        return f" ({', '.join(names)})" if names else None

    return _listed(mistakes, who)


def _nobody(mistakes: list[Mistake], results: Results) -> str:
    def who(one: Mistake) -> str | None:
        return None if any("verdict" in verdict(results, one, tool, "on") for tool in TOOLS) else ""

    return _listed(mistakes, who)


def _messages(mistakes: list[Mistake], results: Results) -> str:
    tools = [next(tool for tool in TOOLS if tool.name == name) for name in SPEAKING]

    def said(one: Mistake, tool: Tool) -> str:
        found = verdict(results, one, tool, "on")
        place = f"{found['at']} " if "at" in found else ""
        return f"{place}{_plain(found['message'])}" if "message" in found else "–"

    rows = [(f"`{_shown(one)}`", *(said(one, tool) for tool in tools)) for one in mistakes if one.family == "schema"]
    return table(("in the post", *(tool.title for tool in tools)), rows)


def _plain(message: str) -> str:
    """Without what Markdown would read as something else."""
    return message.replace("<", "&lt;").replace("[", "\\[").replace("*", "\\*")


def _shown(one: Mistake) -> str:
    """The line as the post with the mistake has it."""
    before, _, rest = one.shown.partition("⟦")
    wrong, _, rest = rest.partition("⇒")
    right, _, after = rest.partition("⟧")
    return f"{before}{wrong}{after}" if (before + wrong + after).strip() else f"no {right.partition(':')[0]}"


def _family(family: str, mistakes: list[Mistake], results: Results) -> str:
    some = [one for one in mistakes if one.family == family]
    tools = [tool for tool in TOOLS if any(one.site in tool.sites and _cell(results, one, tool) for one in some)]
    rows = [(one.what, one.site, one.breaks, *(_cell(results, one, tool) for tool in tools)) for one in some]
    titles = ("mistake", "site", "what happens", *(tool.title for tool in tools))
    return f"\n### {FAMILY_TITLES[family]}\n\n{table(titles, rows)}"


def _cell(results: Results, one: Mistake, tool: Tool) -> str:
    default, on = (verdict(results, one, tool, mode) for mode in ("default", "on"))
    said = {"found": "yes", "no line": "no line", "elsewhere": "elsewhere"}
    word = said.get(default.get("verdict", ""))
    if word in {None, "elsewhere"} and "verdict" in on:
        word = "on" if on["verdict"] == "found" else said[on["verdict"]]
    if not word:
        return ""
    return f"{word}, fix" if "right" in {default.get("fix"), on.get("fix")} else word


_INTRODUCTION = """\
<!-- Written by benchmarks/comparison/run.py: change page.py or mistakes/. -->

# Comparison with other tools

{count} mistakes that people make in posts, and what eleven tools report about each. The mistakes come from bug reports,
forums and the checks that teams wrote for themselves, not from what postlint finds. Some are outside its purpose, such as
misspelt words and the style of Markdown. Each mistake is a tiny site of six posts, which is there once with the mistake and
once without it. The data are in [benchmarks/comparison/mistakes](../benchmarks/comparison/mistakes/schema.toml): one file
for each kind, with the place of each mistake, and for many of them a report of somebody who made it.
"""
_NOT_RUN = """
Each line is the work of the tool alone: no plugin or setting that is not named here. check-jsonschema and yamllint do not
read Markdown, so they were given what is between the fences. `astro build` and `hugo` ran on the sites of their own
framework. Vale is not here: its packages download the program from elsewhere, and this run had only package registries.
`astro check` reads posts as `astro build` does, and then checks types in components. A dead link to another host leads to
a server that the run starts itself.
"""
_COUNTS = """\
Reported in the right line, or without any line (Astro and check-jsonschema often give none), with everything switched on
that the tool has for this. A wrong line does not count: for broken YAML, Astro names the line above.
"""
_ALARMS = """\
Findings in the post without the mistake, of {count} posts. Each is a short, clean post with lines below 80 characters, so
this says what a tool reports about ordinary posts, not which of its findings are wrong. The three most frequent rules:
"""
_FIXES = """\
Of the mistakes that were reported, with everything switched on: after the tool's own fix, is the post what a person would
have made of it? postlint ran with `--unsafe-fixes`. Quotation marks of another kind count as the same. Something else is
not always wrong: a fix may be one of several good ones.
"""
_OTHERS = """\
With everything switched on, postlint is silent about these mistakes, and the tools in brackets report them. For the style
of Markdown, run rumdl or markdownlint beside postlint; for spelling, typos; for links to other hosts, lychee.
"""
_MESSAGES = """\
What is reported about one wrong value, with the same schema: Astro's build uses Zod, remark-lint and check-jsonschema JSON
Schema, and postlint only the site (it reads `src/content.config.ts`).
"""
_EVERY = """\
- **yes**: in the right line, with default settings
- **on**: in the right line, if switched on
- **no line**: reported, but without a line
- **elsewhere**: only in another line or another file
- **fix**: and the tool's own fix makes the post right
- empty: silent. A tool that reports nothing of a kind has no column.
"""
_RUN = """\
```sh
python benchmarks/comparison/run.py
```

It installs the versions above in `benchmarks/comparison/.tools`, runs them all, and writes `results.json` and this page. To
add a mistake, write a few lines into a file in `mistakes/`: `⟦wrong⇒right⟧` marks the place, the mistake and its
counterpart at once, and only what is new is run again.
"""
