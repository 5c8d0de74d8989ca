"""The posts of a Hexo site by what `post_link` calls them: their slug, or their title."""

from postlint.files.files import Files
from postlint.frameworks.answers import Reason
from postlint.frameworks.hexo.addresses import HexoAddresses
from postlint.frameworks.hexo.settings import HexoSettings, dialect
from postlint.front_matter import read, to_data

_MOST_FILES = 100_000


class HexoPosts:
    """Posts are listed when one is first asked for, and read when none has the slug."""

    def __init__(self, site: HexoSettings, addresses: HexoAddresses, files: Files | None) -> None:
        self._site = site
        self._addresses = addresses
        self._files = files
        self._slugs: dict[str, str] | None = None
        self._titles: dict[str, str] | None = None

    def named(self, name: str) -> str | None:
        """The path of the post with the slug or, where none has it, the title `name`."""
        if self._slugs is None:
            self._slugs = self._listed()
        if name in self._slugs:
            return self._slugs[name]
        if self._titles is None:
            self._titles = {}
            for path in self._slugs.values():
                text = (self._files.read_text(path) if self._files else None) or ""
                data = to_data(read(text, dialect(self._site.major)).root)
                title = data.get("title") if isinstance(data, dict) else None
                if title is not None:
                    self._titles.setdefault(str(title), path)
        return self._titles.get(name)

    def _listed(self) -> dict[str, str]:
        out: dict[str, str] = {}
        pending = [f"{self._site.source}/{folder}" for folder in ("_posts", "_drafts")]
        while pending and self._files and len(out) < _MOST_FILES:
            folder = pending.pop()
            for name, is_folder in self._files.names(folder).items():
                path = f"{folder}/{name}"
                if is_folder:
                    pending.append(path)
                    continue
                place = self._addresses.place(path)
                if isinstance(place, Reason):
                    continue
                kind, inner = place
                if kind == "post" or (kind == "draft" and self._site.drafts):
                    out.setdefault(self._addresses.named(inner).slug, path)
        return out

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_slugs": None, "_titles": None}
