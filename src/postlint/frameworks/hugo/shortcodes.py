"""What a Hugo site's shortcodes do with their parameters, as far as their templates say it plainly.

Sources: gohugoio/hugo, tpl/tplimpl/embedded/templates/_shortcodes; docs "Shortcode templates".
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from postlint.files.files import Files
from postlint.frameworks.answers import Embedded
from postlint.frameworks.hugo.settings import BY_CODE, HugoSettings

AS_PRINTED = "as printed"
"""Stands for the tag of a parameter that the template prints as an address, exactly as it is. No shortcode has a blank in
its name."""
PAGE_TAGS = frozenset(("ref", "relref"))
_TAG = re.compile(r"\{\{[<%]-?\s*([\w/.-]+)")
_PARAMETER = re.compile(r"(?:([\w-]+)\s*=\s*)?(?:\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|([^\s\"`=<>%}]+))")
_KEY = r"(?:\.Get\s+(?:\"([\w-]+)\"|'([\w-]+)'|`([\w-]+)`|(\d+))|(\.|\$\w+))"
# An attribute that holds an address, and prints one value behind a literal beginning.
_PRINTED = re.compile(
    rf"\b(src|href|poster)\s*=\s*([\"']?)([^\"'{{}}<>\s]*)\{{\{{-?\s*{_KEY}\s*((?:\|\s*(?:safeURL|relURL|safeHTMLAttr)\s*)*)"
    rf"-?\}}\}}(?=[\"'\s>])"
)
_GET = re.compile(r"\.Get\s+\(?(?:\"([\w-]+)\"|'([\w-]+)'|`([\w-]+)`|(\d+))")
_WITH = re.compile(rf"\{{\{{-?\s*(with|if|end|range|else|block|define)\b\s*(?:{_KEY}\s*-?\}}\}})?")
_SET = re.compile(rf"\{{\{{-?\s*(\$\w+)\s*:?=\s*(?:{_KEY}\s*-?\}}\}})?")
_IMAGE = re.compile(r"<img\b", re.IGNORECASE)
_GIVES_IDS = re.compile(
    r"\bid\s*=|<h[1-6]\b|^ {0,3}#{1,6} |partial|markdownify|RenderString|safeHTML|\.Page\b|Anchorize|\.Inner|{{%",
    re.MULTILINE,
)
# Those of Hugo's own that show no headings and give no ids.
_PLAIN = frozenset(
    (
        "figure",
        "gist",
        "highlight",
        "instagram",
        "param",
        "qr",
        "ref",
        "relref",
        "tweet",
        "twitter",
        "vimeo",
        "x",
        "youtube",
    )
)
# What prints `.Inner` as it is, what only asks whether there is any, and each use of it.
_INNER_PRINTED = re.compile(r"\{\{-?\s*\.Inner\s*(?:\|\s*(?:safeHTML|strings\.TrimSpace|trim\s+\"[^\"]*\")\s*)*-?\}\}")
_INNER_ASKED = re.compile(r"\{\{-?\s*if\s+\.Inner\s*-?\}\}")
_INNER = re.compile(r"\.Inner")
_MOST_LETTERS = 20_000


class Printed(NamedTuple):
    """An address that a template prints: `before` the parameter stands a literal text; `rooted`: Hugo puts the site's root
    before what begins with no slash."""

    kind: Literal["image", "link"]
    before: str
    rooted: bool


class Shortcodes:
    """The shortcodes of one site."""

    def __init__(self, site: HugoSettings, files: Files | None) -> None:
        self._site = site
        self._files = files
        self._hooks: dict[str, str] = {}
        self._raw: dict[str, bool] = {}
        self._printed: dict[str, dict[str, Printed]] = {}

    def hook(self, name: str) -> str:
        """What the template does with `src`: see `HugoSettings.hooks`."""
        if name not in self._hooks:
            self._hooks[name] = self._read(name)
        return self._hooks[name]

    def _read(self, name: str) -> str:
        text = self._text(name)
        if text is not None:
            return "code" if BY_CODE.search(text) else "own"
        if self._site.unseen:
            return "unseen" if name == "figure" else "code"
        return "embedded" if name == "figure" else "code"

    def _text(self, name: str) -> str | None:
        for layouts in self._site.layouts:
            for folder in ("_shortcodes", "shortcodes"):
                text = self._files.read_text(f"{layouts}/{folder}/{name}.html") if self._files else None
                if text is not None:
                    return text
        return None

    def gives_ids(self, tag: str) -> bool:
        """Whether what `tag` shows may have ids."""
        match = _TAG.match(tag)
        name = match[1] if match else "/"
        if name.startswith("/"):
            return not name[1:] or self.gives_ids("{{< " + name[1:] + " >}}")
        text = self._text(name)
        if text is None:
            return self._site.unseen or name not in _PLAIN
        return _GIVES_IDS.search(text) is not None

    def pair(self, tag: str) -> tuple[str, bool] | None:
        """See `Framework.pair`: `{{< x >}}` whose template prints `.Inner` as it is."""
        match = _TAG.match(tag) if tag.startswith("{{<") and not tag.endswith("/>}}") else None
        if match is None:
            return None
        name = match[1].removeprefix("/")
        if name not in self._raw:
            text = self._text(name) or ""
            printed, asked = len(_INNER_PRINTED.findall(text)), len(_INNER_ASKED.findall(text))
            self._raw[name] = printed > 0 and printed + asked == len(_INNER.findall(text))
        return (name, match[1].startswith("/")) if self._raw[name] else None

    def embedded(self, tag: str) -> Sequence[Embedded]:
        """The page of `ref` and `relref`, the `src` of `figure` and its like, and what templates print as addresses."""
        match = _TAG.match(tag)
        if match is None or match[1].startswith("/") or tag.startswith(("{{</*", "{{%/*")):
            return ()
        name = match[1]
        if name in PAGE_TAGS:
            pages = (each for each in _parameters(tag, match.end()) if each[0] in ("0", "path"))
            # Which page of another language is meant is not looked for.
            return [Embedded("link", name, *each[1:]) for each in pages][:1] if "lang" not in tag else ()
        if name not in self._printed:
            text = self._text(name)
            self._printed[name] = _read_printed(text) if text and len(text) < _MOST_LETTERS else {}
        printed = self._printed[name]
        out = []
        for key, value, start, end in _parameters(tag, match.end()):
            if key in printed:
                out.append(Embedded(printed[key].kind, AS_PRINTED, self._address(printed[key], value), start, end))
            elif key == "src":
                out.append(Embedded("image", name, value, start, end))
        return out

    def _address(self, printed: Printed, value: str) -> str:
        target = printed.before + value
        if printed.rooted and not target.startswith("/") and "://" not in target:
            return f"{self._site.base or ''}/{target}"
        return target


def _parameters(tag: str, start: int) -> Iterator[tuple[str, str, int, int]]:
    """The parameters of `tag`: the name of each, or its number, its value and where that stands. What has escapes in it
    is left out."""
    for number, parameter in enumerate(_PARAMETER.finditer(tag, start, len(tag) - 3)):
        group = next((group for group in (2, 3, 4) if parameter[group] is not None), None)
        if group and parameter[group] and "\\" not in parameter[group]:
            yield parameter[1] or str(number), parameter[group], *parameter.span(group)


def _read_printed(text: str) -> dict[str, Printed]:
    """The parameters that the template `text` prints as addresses, each of them in no other way."""
    named: dict[str, str | None] = {}
    for found in _SET.finditer(text):
        key = _key(found, 2)
        named[found[1]] = key if found[1] not in named and key and not key.startswith(("$", ".")) else None
    uses: dict[str, int] = {}
    for found in _GET.finditer(text):
        key = _key(found, 1) or ""
        uses[key] = uses.get(key, 0) + 1
    for key in filter(None, named.values()):
        uses[key] -= 1
    opened: list[str | None] = []
    out: dict[str, set[Printed]] = {}
    marks = sorted([*_WITH.finditer(text), *_PRINTED.finditer(text)], key=lambda found: found.start())
    for found in marks:
        if found.re is _WITH:
            key = _key(found, 2)
            if found[1] in ("with", "if") and key and not key.startswith(("$", ".")):
                uses[key] -= 1
            outer = opened[-1] if opened else None
            if found[1] == "end":
                opened[-1:] = []
            elif found[1] == "else":
                opened[-1:] = [opened[-2] if len(opened) > 1 else None]
            elif found[1] == "with":
                opened.append(named.get(key, key) if key else None)
            else:
                opened.append(outer if found[1] == "if" else None)
            continue
        key = _key(found, 4)
        if key and not key.startswith(("$", ".")):
            uses[key] -= 1
        elif key == ".":
            key = opened[-1] if opened else None
        elif key:
            key = named.get(key)
        if key:
            element = max(text.rfind("<", 0, found.start()), 0)
            is_image = found[1] == "poster" or (found[1] == "src" and _IMAGE.match(text, element) is not None)
            before, rooted = found[3], "relURL" in found[9]
            out.setdefault(key, set()).add(Printed("image" if is_image else "link", before, rooted))
    return {key: next(iter(ways)) for key, ways in out.items() if len(ways) == 1 and not uses.get(key)}


def _key(found: "re.Match[str]", group: int) -> str | None:
    return next((each for each in found.groups()[group - 1 : group + 4] if each is not None), None)
