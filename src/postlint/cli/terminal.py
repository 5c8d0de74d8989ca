"""How wide the terminal is, without `shutil`, which loads every compressor there is."""

import os
import sys


def width(otherwise: int) -> int:
    """The columns of the terminal, or those that `COLUMNS` tells; `otherwise` where there is none."""
    told = os.environ.get("COLUMNS", "")
    if told.isdigit() and int(told):
        return int(told)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or otherwise if sys.__stdout__ else otherwise
    except (OSError, ValueError, AttributeError):
        return otherwise
