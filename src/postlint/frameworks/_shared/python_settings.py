"""Settings that stand in a Python module: read, never run."""

from typing import Any


class Unread:
    """Stands for a value that is not a literal."""


def assignments(source: str) -> dict[str, Any]:
    """The top-level assignments of a Python module whose values are literals; what is not is `Unread`."""
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    out: dict[str, Any] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            targets, node = statement.targets, statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets, node = [statement.target], statement.value
        else:
            continue
        try:
            value = ast.literal_eval(node)
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
            value = Unread
        out.update((target.id, value) for target in targets if isinstance(target, ast.Name))
    return out
