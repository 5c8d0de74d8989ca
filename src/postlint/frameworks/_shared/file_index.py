"""Where in a site's folders a file of some name lies."""

from collections.abc import Callable, Iterator, Sequence

from postlint.files.files import Files

_MOST = 200_000


def below(files: Files, folder: str, most: int, skipped: Callable[[str], bool] | None = None) -> Iterator[str]:
    """The paths of the files below `folder`, until about `most` names were seen; without files and folders whose path is
    `skipped`."""
    pending, seen = [folder], 0
    while pending and seen < most:
        at = pending.pop()
        for name, is_folder in files.names(at).items():
            seen += 1
            path = f"{at}/{name}" if at else name
            if skipped is not None and skipped(path):
                continue
            if is_folder:
                pending.append(path)
            else:
                yield path


def is_hidden(path: str) -> bool:
    """Whether the name of a file or folder begins with a dot."""
    return path.rpartition("/")[2].startswith(".")


class FileIndex:
    """The files below `folders`, by name; without `hidden` no files and folders whose names begin with a dot. They are
    listed when the index is first asked."""

    def __init__(self, files: Files | None, folders: Sequence[str], hidden: bool = True) -> None:
        self._files = files
        self._folders = folders
        self._hidden = hidden
        self._by_name: dict[str, list[str]] | None = None

    def named(self, name: str) -> list[str]:
        """The paths of the files of that name, in any case."""
        if self._by_name is None:
            self._by_name = {}
            skipped = None if self._hidden else is_hidden
            for folder in dict.fromkeys(self._folders):
                for path in below(self._files, folder, _MOST, skipped) if self._files else ():
                    self._by_name.setdefault(path.rpartition("/")[2].lower(), []).append(path)
        return self._by_name.get(name.lower(), [])

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_by_name": None}
