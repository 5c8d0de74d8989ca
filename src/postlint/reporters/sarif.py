"""SARIF 2.1.0, for code scanning services (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""

import json
import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from postlint import __version__
from postlint.diagnostics import Diagnostic
from postlint.reporters import Style, visible
from postlint.reporters._places import from_repository, root, sound, utf16_column
from postlint.reporting.fingerprints import fingerprints
from postlint.text import Place, Text

if TYPE_CHECKING:
    from postlint.reporting.report import Report

_BASE = "%SRCROOT%"
# §3.11.5 and §3.11.6: text that would be read as a placeholder, or as a link with a title chosen by the post.
_PLACEHOLDER = re.compile(r"\{(\d+)\}")
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
_OWN = "A rule of this site's own."
_LONGEST = 1024
"""Characters of a description that GitHub keeps
(https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning)."""


def render(report: "Report", style: Style) -> Iterator[str]:
    pages = {d.rule: d.url for d in report.diagnostics}
    names = sorted(pages)
    run = {
        "tool": {
            "driver": {
                "name": "postlint",
                "fullName": f"postlint {__version__}",
                "version": __version__,
                "informationUri": "https://github.com/postlint/postlint",
                "rules": [_rule(name, pages[name]) for name in names],
            }
        },
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {_BASE: {"uri": f"file://{_quoted(os.path.join(root(), ''))}"}},
        "results": [
            _result(d, fingerprint, names.index(d.rule), report.text(d.path))
            for d, fingerprint in fingerprints(report.diagnostics, report.text)
        ],
    }
    whole = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    yield json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _rule(name: str, url: str | None) -> dict[str, Any]:
    """What is shown beside each finding of a rule; `url` is its page as the findings give it."""
    from postlint import rules
    from postlint.catalog import explain

    if name not in rules.names():
        return {
            "id": name,
            "name": _pascal(name),
            "shortDescription": {"text": _OWN},
            "fullDescription": {"text": _OWN},
            "help": {"text": _OWN, "markdown": _OWN},
            **({"helpUri": url} if url and url.startswith("https://") else {}),
        }
    rule = rules.load(name)
    text = explain.markdown(rule)
    return {
        "id": name,
        "name": _pascal(name),
        "shortDescription": {"text": explain.summary(rule)},
        "fullDescription": {"text": _full(explain.sections(rule)[explain.REPORTS])},
        "help": {"text": text, "markdown": text},
        "helpUri": rule.url or explain.URL.format(name=name),
        "defaultConfiguration": {"level": rule.severity.value, "enabled": rule.default},
        "properties": {"tags": [rule.family]},
    }


def _pascal(name: str) -> str:
    """The rule's name as other tools write it. §3.49.7: it must differ from the rule's `id`, also without regard to case."""
    words = name.split("-") if "-" in name else ("postlint", name)
    return "".join(word[:1].upper() + word[1:] for word in words)


def _full(section: str) -> str:
    """The paragraphs at the start of `section` that GitHub shows whole, each on one line."""
    shown = ""
    for paragraph in section.split("\n\n"):
        longer = f"{shown}\n\n{paragraph if paragraph.startswith('- ') else paragraph.replace(chr(10), ' ')}".strip()
        if shown and (len(longer) > _LONGEST or paragraph.startswith(("```", "~~~"))):
            break
        shown = longer
    return shown[:_LONGEST]


def _result(d: Diagnostic, fingerprint: str, index: int, text: Text | None) -> dict[str, Any]:
    artifact = _artifact(d.path)
    result: dict[str, Any] = {
        "ruleId": d.rule,
        "ruleIndex": index,
        "level": d.severity.value,
        "message": {"text": _message(d.message)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": _region(text, d.start, d.end)}}],
        "partialFingerprints": {"postlint/v1": fingerprint},
    }
    if d.fix and text is not None:
        unsafe = "" if d.fix.applicability == "safe" else " (unsafe)"
        replacements = [
            {
                "deletedRegion": _region(text, text.place(edit.start), text.place(edit.end)),
                "insertedContent": {"text": sound(edit.content)},
            }
            for edit in d.fix.edits
        ]
        result["fixes"] = [
            {
                "description": {"text": _message(d.fix.message) + unsafe},
                "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
            }
        ]
    return result


def _region(text: Text | None, start: Place, end: Place) -> dict[str, int]:
    return {
        "startLine": start.line,
        "startColumn": utf16_column(text, start),
        "endLine": end.line,
        "endColumn": utf16_column(text, end),
    }


def _artifact(path: str) -> dict[str, str]:
    path = from_repository(path)
    if os.path.isabs(path):
        return {"uri": f"file://{_quoted(path)}"}
    return {"uri": _quoted(path), "uriBaseId": _BASE}


def _quoted(path: str) -> str:
    return quote(os.fsencode(path.replace(os.sep, "/")))


def _message(text: str) -> str:
    return _LINK.sub(r"\\[", _PLACEHOLDER.sub(r"{{\1}}", visible(text)))
