"""`check --baseline` and `--write-baseline`."""

import argparse
import os
import sys

from postlint.reporters import count, visible
from postlint.reporting import baseline
from postlint.reporting.report import Report

_SHOWN = 10


def apply(report: Report, options: argparse.Namespace, complete: bool) -> None:
    """Remove recorded findings from `report`, and record new ones if asked to. `complete`: whole sites were checked, so a
    finding that did not occur is gone. Raises PostlintError."""
    file: str = options.write_baseline or options.baseline
    folder = os.path.dirname(os.path.abspath(file))
    afresh = options.write_baseline and (options.force or not os.path.exists(file))
    entries = baseline.every(report, folder) if afresh else baseline.read(file)
    found = baseline.compare(report, entries, folder)
    if options.write_baseline:
        # Findings in posts that were not checked may still occur.
        baseline.write(file, found.known if complete else [*found.known, *found.gone])
    report.diagnostics = found.new
    if not options.quiet:
        _say(found, file, written=bool(options.write_baseline), complete=complete)


def _say(found: baseline.Comparison, file: str, written: bool, complete: bool) -> None:
    said = [f"{count(len(found.known), 'known finding')} {'recorded' if written else 'not shown'}"]
    gone = found.gone if complete else []
    if gone and written:
        said.append(f"{count(len(gone), 'finding')} removed because they no longer occur")
    print(f"postlint: {visible(file)}: {', '.join(said)}", file=sys.stderr)
    if gone and not written:
        print(f"postlint: {count(len(gone), 'recorded finding')} no longer occur:", file=sys.stderr)
        for entry in gone[:_SHOWN]:
            print(f"  {visible(entry.path)}: {visible(entry.rule)}: {visible(entry.message)}", file=sys.stderr)
        if len(gone) > _SHOWN:
            print(f"  … and {len(gone) - _SHOWN} more", file=sys.stderr)
        print(f"  --write-baseline {visible(file)} removes them", file=sys.stderr)
