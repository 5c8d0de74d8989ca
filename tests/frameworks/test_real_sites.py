"""Small whole sites, and what the real tool made of each: `inspect` and `check` must agree with it."""

import base64
import collections
import json

import pytest
from conftest import ROOT

VECTORS = ROOT / "tests" / "vectors"
ASKED = ("addresses", "published", "dates", "front_matter", "images", "links")

# File of rows → the least share that must be right of what postlint answers, and of all that is asked.
BOUNDS = {
    "nuxt-content": (0.98, 0.96),
    "quartz": (0.99, 0.96),
    # Read in the help pages: the app cannot be run.
    "obsidian": (0.99, 0.78),
    # What content tools declare, and what each of them made of such posts.
    "cloudcannon": (0.99, 0.99),
    "content-collections": (0.99, 0.94),
    "contentlayer": (0.97, 0.96),
    "decap": (0.96, 0.96),
    "front-matter-cms": (0.99, 0.93),
    "keystatic": (0.96, 0.92),
    "pages-cms": (0.98, 0.96),
    "tina": (0.98, 0.98),
    "velite": (0.98, 0.95),
    "fumadocs": (0.99, 0.9),
    "nikola": (0.99, 0.94),
    "mystmd": (0.98, 0.95),
    "sphinx-ablog": (0.96, 0.93),
    "sveltekit-mdsvex": (0.97, 0.95),
    # Some of these sites have nothing but the settings of MkDocs, so that they are taken for its sites.
    "zensical": (0.98, 0.95),
}


def rows(name):
    with (VECTORS / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def verdict(want, got, right):
    return "right" if right else "silent" if got is None else "wrong"


def equal(key, want, got):
    if want is None:
        return not got
    if key in ("dates", "front_matter"):
        return isinstance(got, dict) and all(got.get(name) == value for name, value in want.items())
    return sorted(want) == sorted(got) if key == "addresses" and got is not None else want == got


def inspected(row, posts):
    """(what is asked, `right`, `silent` or `wrong`) for each answer of `inspect` that the row has."""
    for path, wanted in row.get("expect", {}).items():
        post = posts.get(path)
        for key in ASKED:
            want = wanted.get(key)
            if key not in wanted or (want is None and key in ("images", "links")):
                continue
            if key in ("images", "links"):
                found = {each["reference"]: each["status"] for each in reversed((post or {}).get(key) or [])}
                for reference, status in want.items():
                    now = found.get(reference)
                    yield f"{path} {reference}", verdict(status, None if now == "unknown" else now, now == status)
            elif post is None:
                yield f"{path} {key}", "right" if want in (False, []) else "silent"
            else:
                yield f"{path} {key}", verdict(want, post.get(key), equal(key, want, post.get(key)))


def refers(field, refused):
    """Whether a finding at `field` is about the key `refused`, or about what holds it."""
    if not refused:
        return True
    inner = (refused, field or "")
    return any(a == b or (b and a.startswith((f"{b}.", f"{b}["))) for a, b in (inner, inner[::-1]))


def checked(row, found):
    """The same for what `check` must report, and must not report."""
    here = collections.defaultdict(list)
    for each in found:
        here[each["path"]].append(each)
    for path, fields in row.get("refused", {}).items():
        for field in fields:
            yield f"{path} {field}", "right" if any(refers(each["field"], field) for each in here[path]) else "silent"
    for path in row.get("accepted", ()):
        loud = any(each["rule"].startswith(("schema-", "reference-")) for each in here[path])
        yield f"{path} accepted", "wrong" if loud else "right"
    for path, line in row.get("stops", {}).items():
        lines = [(each["start"]["line"], each["end"]["line"]) for each in here[path]]
        reported = any(line is None or first <= line <= last or first == 1 for first, last in lines)
        yield f"{path} stops", "right" if reported else "silent"


@pytest.mark.parametrize("name", BOUNDS)
def test_answers_agree_with_the_real_tool(name, tmp_path, main):
    counts, unlike = collections.Counter(), []
    for number, row in enumerate(rows(name), 1):
        root = tmp_path / str(number)
        for path, content in row["files"].items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(base64.b64decode(content["base64"]) if isinstance(content, dict) else content.encode())
        answers = []
        if row.get("expect"):
            out = main("inspect", "--output-format", "jsonl", cwd=root).out
            answers += inspected(row, {post["path"]: post for post in map(json.loads, out.splitlines())})
        if any(row.get(key) for key in ("refused", "accepted", "stops")):
            out = main("check", "--output-format", "json", "--no-cache", cwd=root).out
            answers += checked(row, json.loads(out)["diagnostics"])
        counts.update(each for _, each in answers)
        unlike += [f"row {number}: {what} is {each} ({row['why']})" for what, each in answers if each != "right"]
    right, answered = counts["right"], counts["right"] + counts["wrong"]
    agreement, share = BOUNDS[name]
    shown = "\n".join([str(counts), *unlike])
    assert right / answered >= agreement, shown
    assert right / counts.total() >= share, shown
