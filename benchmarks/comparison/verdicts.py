"""What a tool's findings about a mistake are worth, and results.json."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from mistakes import GONE, HERE, Mistake, site_files
from tools import Finding

RESULTS = HERE / "results.json"


def judge(mistake: Mistake, wrong: Iterable[Finding], clean: Iterable[Finding]) -> dict[str, Any]:
    """The verdict on the mistake, with the best finding, and the false alarms on the clean counterpart.

    Only what is reported about the site with the mistake and not about the one without counts. The verdict is `found` (in
    the right line), `no line` (reported without a line) or `elsewhere` (in another line or file). A tool that is silent
    has none.
    """
    clean = list(clean)
    known = Counter(_kind(mistake, one) for one in clean)
    # Of findings of one kind, as many as the clean site has are taken for those of the clean site, the last ones first.
    new = []
    for one in sorted(wrong, key=lambda one: not _at(mistake, one))[::-1]:
        if known[_kind(mistake, one)] > 0:
            known[_kind(mistake, one)] -= 1
        elif one.rule not in mistake.unrelated:
            new.append(one)
    new.reverse()
    result: dict[str, Any] = {}
    at = [one for one in new if _at(mistake, one)]
    if at:
        best = next((one for one in at if _exact(mistake, one)), at[0])
        result = {"verdict": "found", "column": _exact(mistake, best), **_shown(best)}
    elif new:
        best = next((one for one in new if one.line is None), new[0])
        result = {"verdict": "no line" if best.line is None else "elsewhere", **_shown(best)}
    touched = {path for path, text in mistake.clean.items() if text != GONE}
    alarms = sorted({one.rule or one.message for one in clean if one.path in touched or not one.path})
    return {**result, "alarms": alarms} if alarms else result


def _shown(one: Finding) -> dict[str, Any]:
    message = " ".join(one.message.split())
    shown: dict[str, Any] = {"message": message if len(message) <= 160 else f"{message[:159]}…"}
    if one.rule:
        shown["rule"] = one.rule
    if one.line is not None:
        shown["at"] = f"{one.line}:{one.column}" if one.column is not None else str(one.line)
    return shown


def _kind(mistake: Mistake, one: Finding) -> tuple[str, str]:
    """A rule that reports as much in the clean post has not noticed the mistake, whatever its messages quote."""
    renamed = (one.path in mistake.wrong) != (one.path in mistake.clean)
    return "" if renamed else one.path, one.rule or one.message


def _at(mistake: Mistake, one: Finding) -> bool:
    return one.line is not None and any(place.holds_line(one.path, one.line, one.last) for place in mistake.places)


def _exact(mistake: Mistake, one: Finding) -> bool:
    line = one.line
    return line is not None and any(
        place.holds(one.path, line, one.column, one.last, one.end) for place in mistake.places
    )


def posts(root: Path) -> dict[str, bytes]:
    """The Markdown files of a site, by path."""
    files = (path for path in sorted(root.rglob("*")) if path.suffix in {".md", ".mdx"})
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def judge_fix(mistake: Mistake, fixed: Mapping[str, bytes]) -> str:
    """`right` if the posts say what those of the clean counterpart say, `none` if nothing was changed, otherwise `other`.

    Front matter is compared by its values: quotation marks of another kind are as good.
    """
    whole = {
        side: {
            path: text
            for path, text in {**site_files(mistake.site), **files}.items()
            if path.endswith((".md", ".mdx")) and text != GONE
        }
        for side, files in (("wrong", mistake.wrong), ("clean", mistake.clean))
    }
    if dict(fixed) == whole["wrong"]:
        return "none"
    return "right" if _meaning(fixed) == _meaning(whole["clean"]) else "other"


def _meaning(posts: Mapping[str, bytes]) -> dict[str, object]:
    return {path: _parts(text.decode("utf-8", "surrogateescape")) for path, text in posts.items()}


def _parts(text: str) -> tuple[object, str]:
    match = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if not match:
        return None, text
    try:
        return yaml.safe_load(match[1]), text[match.end() :]
    except (yaml.YAMLError, ValueError):
        return match[1], text[match.end() :]


def write(versions: Mapping[str, str], results: Mapping[str, Mapping[str, Any]]) -> None:
    """One line a tool, so that a change of a result is a change of a line."""
    lines = []
    for mistake, found in results.items():
        inner = ",\n".join(
            f"      {json.dumps(name)}: {json.dumps(found[name], ensure_ascii=True)}"
            for name in sorted(found)
            if found[name]
        )
        lines.append(f"    {json.dumps(mistake)}: {{\n{inner}\n    }}" if inner else f"    {json.dumps(mistake)}: {{}}")
    text = f'{{\n  "versions": {json.dumps(dict(versions))},\n  "mistakes": {{\n' + ",\n".join(lines) + "\n  }\n}\n"
    RESULTS.write_text(text, encoding="utf-8")
