"""What a real generator makes of a small site, beside what postlint says of it.

A generator is one file, `test_NAME_builds.py`, with one subclass of `Comparison`: the site and how it is built.
"""

import json
import os
import re
import shutil
import subprocess
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, ClassVar, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from conftest import run_postlint, write_files

PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
"""One pixel: some generators measure the images that they take along."""
SITE = "https://example.org"
_SIGN = re.compile(r"Sign-of-(\d+)\.")


def post(body: str = "", **fields: str) -> str:
    """A post with `fields` as its front matter, each as it is to stand in YAML."""
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"---\n{lines}---\n{body}\n"


def find(program: str) -> Path | None:
    """The program of that name: in the folders of the environment variable POSTLINT_GENERATORS (parted like PATH), of
    npm packages and of Python environments in them, else on PATH."""
    folders = [each for each in os.environ.get("POSTLINT_GENERATORS", "").split(os.pathsep) if each]
    places = [os.path.join(each, below) for each in folders for below in ("node_modules/.bin", "bin", "")]
    found = shutil.which(program, path=os.pathsep.join(places)) if places else None
    found = found or shutil.which(program)
    return Path(found).absolute() if found else None


class Page(NamedTuple):
    """A page that was built: its address below the site's root, and what its images and links ask for."""

    address: str
    images: tuple[str, ...]
    links: tuple[str, ...]


class Built(NamedTuple):
    """A site that was built: `pages` by the post they are of, `known` what postlint says by post."""

    output: Path
    pages: dict[str, list[Page]]
    known: dict[str, dict]

    def serves(self, page: Page, reference: str) -> bool:
        """Whether a browser that shows `page` gets what `reference` asks for, from this site or another."""
        asked = urlsplit(urljoin(f"{SITE}{page.address}", reference))
        if f"{asked.scheme}://{asked.netloc}" != SITE:
            return True
        file = self.output / unquote(asked.path).lstrip("/")
        return (file / "index.html").is_file() if asked.path.endswith("/") or file.is_dir() else file.is_file()


class Comparison:
    """One generator's site. Each of `posts` has at most one image and at most one link; its template must print its
    body, and no other page with the body of a post. `silent` names the posts about which postlint may say nothing."""

    program: ClassVar[str]
    arguments: ClassVar[tuple[str, ...]] = ()
    version: ClassVar[tuple[str, ...]] = ("--version",)
    """The arguments that make the program tell its version."""
    oldest: ClassVar[tuple[int, int]] = (0, 0)
    """The first version that postlint takes a site's generator for where nothing says which it is."""
    output: ClassVar[str]
    """The folder that is built."""
    needs_packages: ClassVar[bool] = False
    """Whether the site must have the `node_modules` beside it that the program was found in."""
    files: ClassVar[dict[str, str | bytes]]
    posts: ClassVar[dict[str, str]]
    silent: ClassVar[frozenset[str]] = frozenset()
    opening: ClassVar[str] = ""
    """What stands in a page right before the post's body, where the template has images and links of its own."""
    pytestmark = pytest.mark.generators

    @classmethod
    def build(cls, program: Path, root: Path) -> None:
        """Builds the site at `root`."""
        done = subprocess.run([program, *cls.arguments], cwd=root, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr

    @pytest.fixture(scope="class")
    @classmethod
    def built(cls, tmp_path_factory: pytest.TempPathFactory) -> Built:
        program = find(cls.program)
        if program is None:
            pytest.skip(f"`{cls.program}` is neither in POSTLINT_GENERATORS nor on PATH")
        if cls.oldest > (0, 0):
            said = subprocess.run([program, *cls.version], capture_output=True, text=True, timeout=60).stdout
            found = re.search(r"(\d+)\.(\d+)\.\d+", said)
            if found is None or (int(found[1]), int(found[2])) < cls.oldest:
                pytest.skip(f"this `{cls.program}` is older than {'.'.join(map(str, cls.oldest))}")
        root = tmp_path_factory.mktemp("site")
        signed = {path: f"{text}\n\nSign-of-{n}.\n" for n, (path, text) in enumerate(cls.posts.items())}
        write_files(root, {**cls.files, **signed})
        told = run_postlint("inspect", "--output-format", "jsonl", cwd=root)
        assert told.status == 0, told.err
        if cls.needs_packages:
            (root / "node_modules").symlink_to(program.parents[1])
        cls.build(program, root)
        known = {each["path"]: each for each in map(json.loads, told.out.splitlines())}
        return Built(root / cls.output, _pages(root / cls.output, list(cls.posts), cls.opening), known)

    def test_addresses(self, built: Built) -> None:
        wanted = {path: {_bare(page.address) for page in built.pages.get(path, ())} for path in self.posts}
        known = {path: built.known.get(path, {"published": False}) for path in self.posts}
        told = {path: set(map(_bare, one["addresses"] or ())) for path, one in known.items() if one["published"]}
        unsure = {path for path, one in known.items() if one["published"] and one["addresses"] is None}
        assert unsure <= self.silent
        assert {path: told.get(path, set()) for path in wanted.keys() - unsure} == _without(wanted, unsure)

    @pytest.mark.parametrize("kind", ["images", "links"])
    def test_references(self, built: Built, kind: str) -> None:
        served, told, unsure = {}, {}, set()
        for path, (page, *_) in built.pages.items():
            asked = page.images if kind == "images" else page.links
            uses = built.known[path][kind]
            if not asked and not uses:
                continue
            statuses = {use["status"] for use in uses} - {"unknown"}
            served[path] = bool(asked) and all(built.serves(page, each) for each in asked)
            told[path] = statuses <= {"ok", "external"}
            if not statuses:
                unsure.add(path)
        assert served
        assert unsure <= self.silent
        assert _without(told, unsure) == _without(served, unsure)


def _bare(address: str) -> str:
    """An address decoded, without what many hosts add by themselves."""
    return unquote(address).removesuffix("index.html").removesuffix(".html")


def _without(answers: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: answer for name, answer in answers.items() if name not in names}


class _References(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.images: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "img":
            self.images.append(given.get("src") or "")
        elif tag == "a" and "href" in given:
            self.links.append(given["href"] or "")


def _pages(output: Path, posts: list[str], opening: str) -> dict[str, list[Page]]:
    """The pages below `output`, by the post whose sign stands in them after `opening`."""
    out: dict[str, list[Page]] = {}
    for file in sorted(each for each in output.rglob("*") if each.is_file() and each.suffix != ".md"):
        text = file.read_text("utf-8", "replace")
        found = _SIGN.search(text)
        if found is None:
            continue
        references = _References()
        references.feed(text[text.index(opening) : found.start()])
        page = Page(
            f"/{file.relative_to(output).as_posix()}".removesuffix("index.html"),
            tuple(references.images),
            tuple(references.links),
        )
        out.setdefault(posts[int(found[1])], []).append(page)
    return out
