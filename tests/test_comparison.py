"""The comparison with other tools: its mistakes are well stated, and what it says about postlint is true today."""

import json
import re
import sys
from collections import Counter

import pytest
from conftest import ROOT

FOLDER = ROOT / "benchmarks" / "comparison"
sys.path.insert(0, str(FOLDER))

import mistakes  # noqa: E402
import page  # noqa: E402
import tools  # noqa: E402
import verdicts  # noqa: E402
from run import lay_out  # noqa: E402

sys.path.remove(str(FOLDER))

ALL = mistakes.read_all()
RESULTS = json.loads(verdicts.RESULTS.read_text(encoding="utf-8"))["mistakes"]
POSTLINT = tools.TOOLS[0]


@pytest.fixture(scope="module", params=POSTLINT.modes)
def judged(request, tmp_path_factory):
    """(mode, {mistake: verdict}, {mistake: posts after the fix}) of this postlint, with all sites in one run."""
    mode, root = request.param, tmp_path_factory.mktemp(request.param)
    jobs = {}
    for number, mistake in enumerate(ALL):
        for side, files in (("wrong", mistake.wrong), ("clean", mistake.clean)):
            folder = root / f"{number}-{side}"
            lay_out(folder, mistake.site, files)
            jobs[str(mistake), side] = tools.Job(folder, mistake.site, tuple(files))
    found = dict(zip(jobs, POSTLINT.read(list(jobs.values()), mode), strict=True))
    assert POSTLINT.fix
    POSTLINT.fix([job for (_, side), job in jobs.items() if side == "wrong"], mode)
    fixed = {name: verdicts.posts(job.root) for (name, side), job in jobs.items() if side == "wrong"}
    judged = {
        str(mistake): verdicts.judge(mistake, found[str(mistake), "wrong"], found[str(mistake), "clean"])
        for mistake in ALL
    }
    return mode, judged, fixed


def test_there_are_many_mistakes_of_each_kind_and_each_has_its_own_name():
    assert len(ALL) >= 120
    assert [name for name, count in Counter(map(str, ALL)).items() if count > 1] == []
    assert min(Counter(mistake.family for mistake in ALL).values()) >= 8


@pytest.mark.parametrize("mistake", ALL, ids=str)
def test_each_mistake_has_a_place_and_a_counterpart_and_names_what_it_breaks(mistake):
    assert mistake.wrong != mistake.clean
    assert mistake.places
    assert all(place.path in mistake.wrong for place in mistake.places)
    assert mistake.what
    assert mistake.breaks


def test_the_results_are_those_of_these_mistakes():
    assert list(RESULTS) == list(map(str, ALL)), "run benchmarks/comparison/run.py"
    known = {f"{tool.name} {mode}" for tool in tools.TOOLS for mode in tool.modes}
    assert {name for found in RESULTS.values() for name in found} == known


def test_postlint_reports_nothing_in_a_post_without_the_mistake(judged):
    _, found, _ = judged
    assert {name: verdict["alarms"] for name, verdict in found.items() if "alarms" in verdict} == {}


def test_what_the_results_say_about_postlint_is_true(judged):
    mode, found, fixed = judged
    for mistake in ALL:
        stored = dict(RESULTS[str(mistake)].get(f"postlint {mode}", {}))
        fix = stored.pop("fix", None)
        assert stored == found[str(mistake)], f"{mistake}: run benchmarks/comparison/run.py --only postlint"
        if fix:
            assert fix == verdicts.judge_fix(mistake, fixed[str(mistake)]), str(mistake)


def test_the_page_is_up_to_date():
    assert page.PAGE.read_text(encoding="utf-8") == page.text(), "run benchmarks/comparison/run.py --only postlint"


_ROW = re.compile(r"^\| (?P<theirs>.*?) \| (?P<ours>.*?) \| .* \|$", re.MULTILINE)
_THEIRS = re.compile(r"\bMD\d{3}\b|relative-links")
_OURS = re.compile(r"rules/([\w-]+)\.md")


def test_rules_that_are_said_to_be_alike_report_the_same_mistakes():
    """For each pair of rules that docs/coming-from.md names, if any mistake of the comparison is reported by theirs."""
    text = (ROOT / "docs" / "coming-from.md").read_text(encoding="utf-8")
    met = 0
    for row in _ROW.finditer(text):
        for theirs in _THEIRS.findall(row["theirs"]):
            ours = set(_OURS.findall(row["ours"]))
            reported = [
                found.get("postlint on", {}).get("rule")
                for found in RESULTS.values()
                if any(verdict.get("rule") == theirs for name, verdict in found.items() if name.endswith(" on"))
            ]
            if ours and reported:
                met += 1
                assert ours & set(reported), f"{theirs}: {ours}"
    assert met > 8
