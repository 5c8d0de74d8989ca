"""Where in a site's folders a file of some name lies."""

from collections.abc import Iterator, Sequence

from postlint.files.files import Files

_MOST = 200_000


def below(files: Files, folder: str, most: int) -> Iterator[str]:
    """The paths of the files below `folder`, until about `most` names were seen."""
    pending, seen = [folder], 0
    while pending and seen < most:
        at = pending.pop()
        for name, is_folder in files.names(at).items():
            seen += 1
            if is_folder:
                pending.append(f"{at}/{name}")
            else:
                yield f"{at}/{name}"


class FileIndex:
    """The files below `folders`, by name. They are listed when the index is first asked."""

    def __init__(self, files: Files | None, folders: Sequence[str]) -> None:
        self._files = files
        self._folders = folders
        self._by_name: dict[str, list[str]] | None = None

    def named(self, name: str) -> list[str]:
        """The paths of the files of that name, in any case."""
        if self._by_name is None:
            self._by_name = {}
            pending, seen = list(dict.fromkeys(self._folders)), 0
            while pending and self._files and seen < _MOST:
                folder = pending.pop()
                for each, is_folder in self._files.names(folder).items():
                    seen += 1
                    if is_folder:
                        pending.append(f"{folder}/{each}")
                    else:
                        self._by_name.setdefault(each.lower(), []).append(f"{folder}/{each}")
        return self._by_name.get(name.lower(), [])

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_by_name": None}
