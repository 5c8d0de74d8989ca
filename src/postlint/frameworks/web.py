"""What a browser makes of a reference in a page, whichever generator wrote the page."""

import posixpath
import re
from collections.abc import Iterable

from postlint.frameworks.answers import UNKNOWN, Target

SUFFIX = re.compile(r"[?#].*", re.DOTALL)
"""Query and fragment of a URL reference."""
_DRIVE = re.compile(r"[A-Za-z]:[\\/]|file:")
_OWN_COMPUTER = re.compile(r"(?:https?:)?//(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?=[:/]|$)", re.IGNORECASE)
# Compiled on first use: a page of GitHub or GitLab that shows a file, unless its query asks for the file.
_PAGE_OF_FILE = (
    r"(?i)(?:https?:)?//(?:www\.)?"
    r"(?:(?P<github>github\.com)/(?P<owner>[\w.-]+/[\w.-]+)|(?P<gitlab>gitlab\.com/[\w./-]+?)/-)"
    r"/blob/(?P<path>[^\s?#]++)(?!\?(?:[^#]*&)?raw=)"
)
EXTENSION = re.compile(r"\.[A-Za-z0-9]{2,5}$")
SHORT_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")
"""Extensions of one character as well, such as `.c`."""
# What is written without `https://` before it most often; no file is called so.
_BARE_HOST = re.compile(
    r"(?:www\.[\w-]+\.[\w.-]+|(?:[\w-]+\.){1,5}(?:com|org|net|io|dev|edu|gov|info|blog)(?:\.[a-z]{2})?)(?:[/?#]|$)",
    re.IGNORECASE,
)
# Endings of hosts (https://data.iana.org/TLD/tlds-alpha-by-domain.txt) that no files have.
_HOST_ENDINGS = frozenset(
    """academy agency ai app ar art at au be biz br ca ch chat cl cloud club co cn community consulting cz de design
    digital dk email engineering es eu events expert fi fm fr games gg global gr guide guru health hk house hu ie il im in
    is it jobs jp kr la law li life link live lu ly me media mobi money music mx network news ninja nl no nz one online page
    photography photos pl press pro productions pt pub ro rocks ru school science se services shop site sk social software
    solutions space store studio systems team tech technology today to tools tr travel tv tw ua uk us video wiki work works
    world xyz za zone""".split()
)
_ANY_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,5}([a-z]{2,12})/?", re.IGNORECASE)
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}/")
LACKS_ITS_SCHEME = "an address of another site wants `https://` before it"
ON_ITS_AUTHORS_DISK = "this is a path on its author's disk"
BY_ITS_AUTHORS_SERVER = "only its author's own computer answers there"


def clean(target: str) -> str:
    """The path of a URL reference, without query and fragment, decoded."""
    return decoded(SUFFIX.sub("", target))


def decoded(text: str) -> str:
    """`text` without percent-encoding."""
    if "%" not in text:
        return text
    from urllib.parse import unquote

    return unquote(text)


def beside(path: str, form: str, certain: bool) -> Target:
    """The file that the path `form` names as seen from the post at `path`; unknown if it leads out of the site."""
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
    return UNKNOWN if found.startswith("..") else Target("files", (found,), certain)


def source(path: str, form: str, root: str = "") -> str | None:
    """The file that the path `form` names as seen from the one at `path`, or from the folder `root` if it begins with a
    slash; None if it leads out of the site."""
    joined = posixpath.join(root, form[1:]) if form.startswith("/") else posixpath.join(posixpath.dirname(path), form)
    found = posixpath.normpath(joined)
    return None if found.startswith("..") else found


def is_on_disk(target: str) -> bool:
    """Whether `target` is a path of somebody's own computer (`C:\\img\\a.png`), which looks like a scheme."""
    return _DRIVE.match(target) is not None


def names_host(target: str, text: str | None = None) -> bool:
    """Whether the link `target`, which reads `text`, is an address of another site that lacks only its `https://`."""
    if _BARE_HOST.match(target) is not None:
        return True
    # Who shows an address as it is means that address; files are shown so, too.
    is_shown = text is not None and text.strip().rstrip("/") == target.rstrip("/")
    host = _ANY_HOST.fullmatch(target) if is_shown else None
    return host is not None and host[1].lower() in _HOST_ENDINGS


def seen_by_its_author(target: str) -> Target | None:
    """Where an image leads that readers of the page do not get to see, None for all others."""
    if is_on_disk(target):
        return Target("missing", note=ON_ITS_AUTHORS_DISK)
    if "/blob/" in target and (found := re.match(_PAGE_OF_FILE, target)):
        path = found["path"]
        raw = (
            f"raw.githubusercontent.com/{found['owner']}/{path}"
            if found["github"]
            else f"{found['gitlab']}/-/raw/{path}"
        )
        return Target("missing", note=f"this is a page about the file; write `https://{raw}`")
    return Target("missing", note=BY_ITS_AUTHORS_SERVER) if _OWN_COMPUTER.match(target) else None


def page(address: str, folders: Iterable[str], base: str = "", certain: bool = True, note: str | None = None) -> Target:
    """A link to `address`, which begins with a slash and holds neither query nor fragment: of a post, or of a file in
    one of `folders`, which are served from the site's root, below `base` (`/docs`). The home page is always there."""
    below = posixpath.normpath(address[len(base) :].strip("/")) if address.startswith(base) else ".."
    if below == ".":
        return UNKNOWN
    paths: list[str] = []
    for folder in folders if not below.startswith("..") else ():
        path = f"{folder}/{below}".lstrip("/")
        paths += (path,) if EXTENSION.search(below) else (path, f"{path}.html")
    return Target("files", tuple(paths), certain, note, address)


def absolute(page: str, path: str) -> str:
    """The address that `path`, which may be relative, leads to from the page at the address `page`."""
    if path.startswith("/"):
        joined = path
    else:
        joined = posixpath.join(page[: page.rfind("/") + 1] or "/", path)
    # No `..` leads a browser out of the site's root.
    return "/" + posixpath.normpath("/" + joined.lstrip("/")).lstrip("/")


def leaves(page: str, path: str) -> bool:
    """Whether the relative `path` leads above the site's root from the page at the address `page`."""
    joined = posixpath.join(page[: page.rfind("/") + 1].strip("/"), path)
    return not path.startswith("/") and posixpath.normpath(joined).startswith("..")


def numbered(names: Iterable[str]) -> list[str]:
    """`names`, where each repeated one gets the first free ending of `-1`, `-2` and so on."""
    used: set[str] = set()
    last: dict[str, int] = {}
    out: list[str] = []
    for name in names:
        free, number = name, last.get(name, 0)
        while free in used:
            number += 1
            free = f"{name}-{number}"
        last[name] = number
        used.add(free)
        out.append(free)
    return out
