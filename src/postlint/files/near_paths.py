"""A suggestion for a path on the disk that is mistyped."""

import os


def hint(path: str, folder: str = "") -> str:
    """The end of a message about the missing `path`, which is relative to `folder` (to the working directory without one):
    a question with a path that is there and is nearly the same, in the last folder of it that is there; empty if none is
    near."""
    from postlint.suggest import closest

    parts = os.path.normpath(path).split(os.sep)
    for at in range(len(parts)):
        above, rest = os.sep.join(parts[:at]) or (os.sep if path.startswith(os.sep) else ""), parts[at + 1 :]
        if os.path.lexists(os.path.join(folder, above, parts[at])):
            continue
        try:
            near = closest(parts[at], sorted(os.listdir(os.path.join(folder, above) or ".")))
        except OSError:
            return ""
        better = near and os.path.join(above, near, *rest)
        return f"; did you mean `{better}`?" if better and os.path.lexists(os.path.join(folder, better)) else ""
    return ""
