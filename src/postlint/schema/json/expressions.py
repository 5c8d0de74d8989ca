"""JavaScript's regular expressions, as the validator's own engine reads them: in linear time, whatever the text is."""

from functools import lru_cache
from typing import Any

import jsonschema_rs


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Any:
    try:
        return jsonschema_rs.validator_for({"pattern": pattern})
    except ValueError:
        return None


def is_readable(pattern: str) -> bool:
    return _compiled(pattern) is not None


def found(pattern: str, text: str) -> bool:
    """Whether `pattern` matches anywhere in `text`; True if it cannot be read."""
    validator = _compiled(pattern)
    return validator is None or validator.is_valid(text)
