"""Patterns of the configuration that match nothing."""

from postlint.diagnostics import Severity
from postlint.rule import Rule


class ConfigurationUnmatched(Rule):
    """A pattern in `postlint.toml` that matches no file: in `include` and `exclude` of a collection, in `exclude`, or in
    `paths` of a `[[per-path]]` table. Also a schema that refers to data of the site (`postlint.Reference("authors")`) of
    which there is no file.

    It is reported at the setting, when whole sites are checked: not for single files, in hooks, or in editors.

    ## Why it matters

    A schema holds for no post if its collection matches none, and a mistyped folder is easily overlooked, because
    everything else seems to work.

    ## How to fix it

    Correct the pattern, or remove it. Patterns are relative to the folder of the configuration, and stand for whole
    paths: `drafts/**` matches the files in `drafts`, `drafts` alone does not.

    ## What it leaves alone

    - Patterns of a configuration that `extends` names: it may be for several sites.
    - A list in `include` or `paths`, as long as one of its patterns matches something.
    - Folders that `.gitignore` names: they may be missing from a fresh clone.
    """

    severity = Severity.WARNING
