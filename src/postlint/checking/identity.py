"""Whether two values are the same in two runs: a digest of plain data and of objects that hold nothing else."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta, tzinfo
from functools import cached_property
from hashlib import blake2b
from types import FunctionType, MethodType
from typing import Any

from postlint.files.files import Files

_PLAIN = (str, bytes, int, float, complex, date, time, timedelta, tzinfo)


class Unknown(Exception):
    """A value that cannot be compared with its counterpart of another run."""


def digest(value: object) -> tuple[str, list[Files]]:
    """A digest of `value`, and the objects in it that read the disk, which are not part of the digest.

    Raises Unknown if `value` holds functions, open files and the like.
    """
    found = _Digest()
    found.add(value)
    return found.hash.hexdigest(), list(found.files.values())


class _Digest:
    def __init__(self) -> None:
        self.hash = blake2b(digest_size=16)
        self.files: dict[int, Files] = {}
        # With the values, so that none is forgotten and its number given to another.
        self._seen: dict[int, tuple[int, object]] = {}

    def add(self, value: Any) -> None:
        kind = type(value)
        self._tell(f"{kind.__module__}.{kind.__qualname__}")
        if value is None or isinstance(value, _PLAIN):
            self._tell(repr(value))
        elif isinstance(value, re.Pattern):
            self._tell(f"{value.pattern!r} {value.flags}")
        elif isinstance(value, type):
            self._tell(f"{value.__module__}.{value.__qualname__}")
        elif id(value) in self._seen:
            self._tell(str(self._seen[id(value)][0]))
        else:
            self._seen[id(value)] = len(self._seen), value
            self._parts(value)

    def _parts(self, value: Any) -> None:
        if isinstance(value, Files):
            self.files[id(value)] = value
        elif isinstance(value, (tuple, list)):
            self._each(value)
        elif isinstance(value, (set, frozenset)):
            # The order is another one in every run.
            for part in sorted(digest(item)[0] for item in value):
                self._tell(part)
        elif isinstance(value, Mapping):
            for key, item in value.items():
                self._each((key, item))
        elif isinstance(value, MethodType):
            self._each((value.__func__, value.__self__))
        elif isinstance(value, FunctionType) and value.__closure__ is None and "<" not in value.__qualname__:
            self._tell(f"{value.__module__}.{value.__qualname__}")
        elif hasattr(value, "__dict__") and (not callable(value) or type(value).__module__.startswith("postlint.")):
            kind = type(value)
            kept = value.__getstate__() if "__getstate__" in vars(kind) else vars(value)
            # Attributes that are computed on first use may be present or not.
            self._each([i for i in kept.items() if not isinstance(getattr(kind, i[0], None), cached_property)])
        else:
            raise Unknown(type(value).__name__)

    def _each(self, values: Any) -> None:
        self._tell(str(len(values)))
        for value in values:
            self.add(value)

    def _tell(self, text: str) -> None:
        self.hash.update(text.encode("utf-8", "surrogatepass") + b"\0")
