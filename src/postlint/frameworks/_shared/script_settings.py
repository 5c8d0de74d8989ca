"""Settings that stand in a configuration file written in JavaScript or TypeScript."""

from collections.abc import Mapping
from typing import Any

from postlint.frameworks.answers import Setting
from postlint.javascript.literals import UNREADABLE, Call, Function, Regex


class ScriptSettings:
    """Reads the settings of `config`, which stands in the file `origin`, and notes each one for `postlint config`.

    `open_ended`: code may add settings, so that what is not written is not known. `scalars`: a list or mapping is not a
    value of its own.
    """

    def __init__(
        self, config: Mapping[str, Any], origin: str | None, open_ended: bool = False, scalars: bool = False
    ) -> None:
        self._config = config
        self._origin = origin
        self._unset = UNREADABLE if open_ended else None
        self._unreadable = (Call, Function, Regex, dict, list) if scalars else (Call, Function, Regex)
        self.reported: list[Setting] = []

    def read(self, name: str, default: Any, *path: str) -> Any:
        """The value at the key path `path` (without one: at `name`): `default` if nothing is written there, UNREADABLE if
        code computes it. It is noted under `name`."""
        value: Any = self._config
        for key in path or (name,):
            value = value.get(key, self._unset) if isinstance(value, Mapping) else None
        if isinstance(value, self._unreadable):
            value = UNREADABLE
        if value is None or self._origin is None:
            self.reported.append(Setting(name, default if value is None else _shown(value), "assumed"))
        else:
            self.reported.append(Setting(name, _shown(value), self._origin))
        return default if value is None else value


def _shown(value: Any) -> Any:
    return "unreadable" if value is UNREADABLE else value
