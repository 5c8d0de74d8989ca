"""What site rules know of the posts: facts without text, and the files of the site."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from postlint.diagnostics import Skipped
from postlint.files.endings import is_image
from postlint.files.files import Files, Found
from postlint.frameworks.framework import PARTS
from postlint.posts.facts import Facts, Link, MissingImage, Use
from postlint.site.missing_images import find_missing_images
from postlint.site.own_addresses import OwnAddresses
from postlint.site.pages import Pages

if TYPE_CHECKING:
    from postlint.frameworks.framework import Framework
    from postlint.site.unjudged_links import Doubt

MANY_IMAGES = 100
"""If so many images are missing, and none exists, they are kept somewhere else."""


class Site:
    """The posts of one site.

    `files` is None if there is no file system. `complete` is False if only some of the site's posts were read. `missing`
    holds what `find_missing_images` returned before, by path. `reported` are the paths that a finding may be about, None for
    all. `earlier` holds the posts that a change touched, as they were before, each with its current path, None if it is
    gone; it is None if no change is checked.
    """

    def __init__(
        self,
        framework: "Framework",
        facts: Sequence[Facts],
        files: Files | None,
        complete: bool,
        missing: Mapping[str, tuple[MissingImage, ...]] = MappingProxyType({}),
        reported: frozenset[str] | None = None,
        earlier: "Sequence[tuple[Facts, str | None]] | None" = None,
    ) -> None:
        self.framework = framework
        self.facts = facts
        self.files = files
        self.complete = complete
        self._known_missing = missing
        self._reported = reported
        self.earlier = earlier
        self.skipped: list[Skipped] = []
        """What rules decided not to judge; they add to it."""

    @cached_property
    def reported(self) -> Sequence[Facts]:
        """The posts that a finding may be about."""
        return self.facts if self._reported is None else [facts for facts in self.facts if facts.path in self._reported]

    @cached_property
    def missing_images(self) -> list[tuple[Facts, MissingImage]]:
        """The images that do not exist under the exact name as written, each with its post; empty if there is no file
        system."""
        return list(self._missing_in(self.reported))

    @cached_property
    def all_missing_images(self) -> list[tuple[Facts, MissingImage]]:
        """The same in all posts, also in those that no finding may be about."""
        return self.missing_images if self._reported is None else list(self._missing_in(self.facts))

    @cached_property
    def images_elsewhere(self) -> bool:
        """Whether none of the site's many images exists: then they are kept outside of the checked-out files."""
        missing = self.all_missing_images
        if len(missing) < MANY_IMAGES or any(there.path for _, one in missing for there in one.found):
            return False
        return next(self.existing_images, None) is None

    def _missing_in(self, posts: Iterable[Facts]) -> Iterator[tuple[Facts, MissingImage]]:
        files = self.files
        if files is None:
            return
        for facts in posts:
            lost = self._known_missing.get(facts.path)
            for one in find_missing_images(facts, files) if lost is None else lost:
                if self._may_be_judged(one.use.target) and not self._lies_in_a_bundle(one.use.target, files):
                    yield facts, one

    @cached_property
    def own(self) -> OwnAddresses | None:
        """What is known of addresses on the site's own host; None where its settings name none."""
        home = self.framework.serving.home
        return None if home is None else OwnAddresses(home, lambda: self._tops)

    @cached_property
    def _tops(self) -> frozenset[str]:
        """The first parts of the addresses that the site serves, as far as pages, files and shown images tell."""
        home, out = self.framework.serving.home, set(self.pages.tops)
        if home is not None:
            out.update(home.folders)
            for _, use, _ in self.existing_images:
                if (first := home.first(use.target)) is not None:
                    out.add(first[0])
                elif use.target.startswith("/"):
                    out.add(use.target.removeprefix(home.base)[1:].partition("/")[0])
        return frozenset(out)

    def _may_be_judged(self, target: str) -> bool:
        """Whether the site would serve the file `target`, if it names a host: uploads may lie elsewhere."""
        return self.own is None or not self.own.is_full(target) or self.own.is_ours(target)

    def is_doubtful(self, target: str) -> bool:
        """Whether `target` is written in full, with the site's own host, and something else may serve it."""
        return self.own is not None and self.own.is_full(target) and self.own.is_doubtful(target)

    def may_be_a_neighbours(self, target: str) -> bool:
        """Whether another repository of the owner's may answer the link `target`, which begins with a slash."""
        return self.own is not None and self.own.may_be_a_neighbours(target, self.pages.folders)

    def is_among_posts(self, address: str) -> bool:
        """Whether only a post would be at `address`, although not all of the site's templates can be seen."""
        return self.framework.linking.is_partly_unseen and self.pages.is_among_posts(address)

    def _lies_in_a_bundle(self, target: str, files: Files) -> bool:
        """Whether `target` is an address of a file that lies beside the `index.md` of another post and is served with it."""
        folder, _, name = target.split("?", 1)[0].split("#", 1)[0].rpartition("/")
        if not folder.startswith("/") or not name:
            return False
        page = self.pages.at(f"{folder}/")
        at, _, index = (page or "").rpartition("/")
        return index.startswith("index.") and files.is_file(f"{at}/{name}")

    @property
    def existing_images(self) -> Iterator[tuple[Facts, Use, str]]:
        """The images that are on disk as they are written: each with its post and the path of its file."""
        files = self.files
        if files is None:
            return
        for facts in self.facts:
            for use in facts.images:
                if use.leads.status == "files":
                    path = next((path for path in use.leads.paths if files.find_file(path).status == "ok"), None)
                    if path is not None:
                        yield facts, use, path

    @cached_property
    def groups(self) -> dict[str, list[Facts]]:
        """The posts that can be compared: with valid front matter and no schema, by collection, otherwise by folder. Single
        pages, `404.md`, and pages of whole sections (`_index.md`, an `index.md` above other folders of posts) are left
        out."""
        groups: dict[str, list[Facts]] = {}
        above: set[str] = set()
        for folder in {facts.path.rpartition("/")[0] for facts in self.facts}:
            while (folder := folder.rpartition("/")[0]) and folder not in above:
                above.add(folder)
        for facts in self.facts:
            folder, _, name = facts.path.rpartition("/")
            if (
                facts.collection in ("pages", PARTS)
                or name.startswith(("_index.", "404."))
                or not name.partition(".")[0].strip("-_")
                or (name.startswith("index.") and folder in above)
            ):
                continue
            if facts.opening_line_end is not None and not facts.has_schema:
                groups.setdefault(facts.collection or folder, []).append(facts)
        return groups

    @property
    def dead_links(self) -> list[tuple[Facts, Link, Found]]:
        """The links without a target, each with its post and the target whose name differs only in upper and lower case."""
        return self._links[0]

    @property
    def doubtful_links(self) -> "list[tuple[Facts, Link, Doubt]]":
        """The links that are neither dead nor known to lead anywhere, with what may answer them."""
        return self._links[1]

    @cached_property
    def _links(self) -> "tuple[list[tuple[Facts, Link, Found]], list[tuple[Facts, Link, Doubt]]]":
        dead, doubtful = [], []
        for facts in self.reported:
            for link in facts.links:
                found = self.pages.find(link)
                if found is None:
                    if doubt := self.pages.doubt(link):
                        doubtful.append((facts, link, doubt))
                elif found.status != "ok" and not (is_image(link.target) and self.images_elsewhere):
                    dead.append((facts, link, found))
        ours = dead if self.own is None else self._without_others(dead, self.own)
        if len(ours) < len(dead):
            kept = {(facts.path, link) for facts, link, _ in ours}
            others = ((facts, link) for facts, link, _ in dead if (facts.path, link) not in kept)
            doubtful += [(facts, link, doubt) for facts, link in others if (doubt := self.pages.doubt(link))]
        return ours, doubtful

    def _without_others(
        self, lost: list[tuple[Facts, Link, Found]], own: OwnAddresses
    ) -> list[tuple[Facts, Link, Found]]:
        """`lost` without the addresses on the site's own host that something else may serve."""
        full = [link for _, link, _ in lost if own.is_full(link.target)]
        if not full:
            return lost
        pages = [link for link in full if own.is_page(link.target)]
        elsewhere = own.served_elsewhere(
            (link.target, bool(link.address and self.pages.surely_meant(link.address))) for link in pages
        )
        prefixes = tuple(own.prefixes((link.address for link in pages if link.address), self.pages.has))
        kept = {
            link.target
            for link in pages
            if own.first(link.target) not in elsewhere
            and not (link.address or "").startswith(prefixes)
            and not own.lies_in_another_version(link.address or "", lambda: self.pages.all_folders)
        }
        kept.update(link.target for link in full if not own.is_page(link.target) and own.is_ours(link.target))
        return [each for each in lost if not own.is_full(each[1].target) or each[1].target in kept]

    @cached_property
    def pages(self) -> Pages:
        return Pages(self.framework, self.facts, self.files, self.complete)

    @cached_property
    def template_ids(self) -> frozenset[str]:
        """The ids that the site's own templates write into pages."""
        from postlint.site import templates

        return frozenset() if self.files is None else templates.ids(self.files)

    def is_read_by_templates(self, field: str) -> bool:
        """Whether the site's own templates name a field of posts."""
        from postlint.site import templates

        return self.files is not None and templates.read_field(self.files, field)

    @cached_property
    def by_path(self) -> dict[str, Facts]:
        return {facts.path: facts for facts in self.facts}
