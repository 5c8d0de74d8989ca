"""`postlint inspect`: what postlint knows about each post."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any

from postlint.checking.checker import Checker
from postlint.cli import inputs, no_posts
from postlint.cli.arguments import Parser
from postlint.clock import now
from postlint.files import gitignore, reading
from postlint.files.files import Files
from postlint.frameworks._shared import github_anchors
from postlint.frameworks.answers import DRAFT, Reason, Target
from postlint.frameworks.framework import Framework
from postlint.frameworks.traits import DatesKept
from postlint.posts import media
from postlint.posts.body_stops import body_stop
from postlint.posts.collecting import collect, link, pointers
from postlint.posts.document import Document
from postlint.posts.facts import Facts, Link, Use
from postlint.projects import discovery
from postlint.projects.project import Projects
from postlint.reporters import visible
from postlint.schema.references import file_named
from postlint.site import places
from postlint.site.pages import Pages

# Many programs that read lines also end a line at these.
_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


def main(arguments: list[str]) -> int:
    parser = Parser("inspect", "Print what postlint knows about each post.")
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files or folders (default: the posts of the site in this folder)"
    )
    parser.add_argument(
        "--output-format", choices=("text", "jsonl"), default="text", help="jsonl: one JSON object per post"
    )
    parser.add_argument("--config", metavar="FILE", help="use this configuration instead of the nearest postlint.toml")
    parser.add_argument("--isolated", action="store_true", help="read no settings and run no user code")
    options = parser.read(arguments)
    projects = Projects(file=options.config, isolated=options.isolated)
    posts = inputs.on_disk(options.paths, projects, may_be_empty=True)
    if not posts:
        # To know of no post is an answer, unlike for a check.
        print(f"postlint: no posts found: {no_posts.what_was_looked_for(options.paths, projects)}", file=sys.stderr)
    for known in _inspect(posts):
        if options.output_format == "jsonl":
            print(json.dumps(known, ensure_ascii=False, default=_plain).translate(_LINE_ENDS))
        else:
            _print(known)
    return 0


def _inspect(posts: Sequence[discovery.Post]) -> Iterator[dict[str, Any]]:
    by_project: dict[str, list[discovery.Post]] = {}
    for post in posts:
        by_project.setdefault(post.project.root, []).append(post)
    for group in by_project.values():
        project = group[0].project
        checker, files = Checker(project, []), Files(project.root)
        documents: list[tuple[Document, Facts]] = []
        for _, path in group:
            try:
                document = checker.document(path, reading.read(os.path.join(project.root, path)))
            except reading.Unreadable as error:
                yield {"path": _shown(project.root, path), "published": False, "reason": str(error)}
                continue
            documents.append((document, collect(document)))
        pages = Pages(project.framework, [facts for _, facts in documents], files, complete=True)
        by_path = {document.path: facts for document, facts in documents}
        told = [
            (document.path, _claims(project.framework, facts), _known(document, facts, files, pages, by_path))
            for document, facts in documents
        ]
        rivals: dict[str, list[str]] = {}
        for path, claims, known in told:
            for claim in claims if known["published"] else ():
                rivals.setdefault(claim, []).append(path)
        for path, claims, known in told:
            claimants = [rivals[claim] for claim in claims] if known["published"] else []
            others = [other for paths in claimants for other in paths if other != path]
            loses = project.framework.contested(path, others) if others else None
            if loses:
                is_known = loses.addresses is None and project.framework.addressing.overwrites
                addresses = known["addresses"] if is_known else loses.addresses
                known.update(addresses=addresses, reason=loses.reason, published=loses.addresses is None)
        stopping = [path for path, _, known in told if known["reason"] and known["reason"].stops]
        for path, _, known in told:
            if stopping and known["published"]:
                at = _shown(project.root, stopping[0])
                known.update(published=False, reason=Reason(f"an error in `{at}`", stops=True))
            known["reason"] = known["reason"] and known["reason"].sentence
            yield {"path": _shown(project.root, path), **known}


def _claims(framework: Framework, facts: Facts) -> list[str]:
    """The keys of the post's addresses that no other post may share."""
    key, addresses = facts.address.key, facts.address.addresses
    if not key:
        return []
    base = addresses[0].removesuffix(key) if addresses else ""
    aliases = facts.address.aliases if framework.addressing.aliases_compete else ()
    return list(dict.fromkeys((key, *(alias.removeprefix(base) for alias in aliases))))


def _shown(root: str, path: str) -> str:
    return os.path.join(root, path).removeprefix(os.path.join(os.getcwd(), "")).replace(os.sep, "/")


def _known(post: Document, facts: Facts, files: Files, pages: Pages, by_path: Mapping[str, Facts]) -> dict[str, Any]:
    address = facts.address
    framework = post.framework
    broken, values = post.is_broken, None if post.is_broken else post.values
    refused, values = (values, None) if isinstance(values, Reason) else (None, values)
    withheld = None if broken else framework.withheld(post.path, post.data, now())
    is_text = post.text.decoded or not framework.front_matter.needs_utf8
    read = values is not None or (broken and is_text and framework.shows_broken(post.path))
    images = [_image(use, files) for use in facts.images]
    left_out = post.left_out.message if post.left_out else _without_image(post, images) or _unreferred(post, files)
    hidden = facts.draft and (post.source is None or post.source.hides_drafts)
    published = address.addresses != () and not hidden and not withheld and read and not left_out
    reason = withheld or address.reason
    if left_out:
        reason = Reason(left_out)
    if refused or (values is None and not facts.draft):
        reason = _error(refused)
    elif hidden:
        reason = DRAFT
    if published and not framework.is_part(post.path) and (stop := body_stop(post, files.has_file)):
        outlived = post.source is not None and post.source.outlives
        published, reason = False, stop._replace(stops=not outlived)
    dates = {} if not values else {dated.role: dated.moment.instant for dated in reversed(facts.dates)}
    if values is not None and "published" not in dates and not any(post.fields("published")):
        updated = dates.get("updated") if framework.front_matter.date_of_update_counts else None
        dates["published"] = framework.named_date(post.path) or updated
    title = facts.title
    # A post that is refused makes no page, wherever it would be.
    addresses = () if address.addresses and not read else address.addresses
    return {
        "framework": framework.name,
        "collection": facts.collection,
        "language": address.language,
        "title": title.text if title else None,
        "addresses": None if addresses is None else list(addresses),
        "aliases": list(address.aliases),
        "draft": facts.draft,
        "published": published,
        "reason": reason,
        "dates": {
            role: _instant(when, framework.front_matter.dates_kept) for role, when in _dates(framework, dates, values)
        },
        "front_matter": _finite(_handed_on(values, framework.front_matter.lost_if_broken and broken)),
        "images": images,
        "links": _links(post, pages, by_path),
    }


def _handed_on(values: object, is_lost: bool) -> object:
    """The values as the framework hands them on; `is_lost`: the page is made as if it had none."""
    if is_lost:
        return {}
    return dict(values) if isinstance(values, Mapping) else values


def _dates(
    framework: Framework, dates: Mapping[str, datetime | None], values: object
) -> Iterator[tuple[str, datetime | None]]:
    """The dates by their roles, and those that the framework keeps under other names."""
    yield from ((role, dates.get(role)) for role in ("published", "updated", "expires"))
    if isinstance(values, Mapping):
        yield from framework.more_dates(values).items()


def _without_image(post: Document, images: Sequence[Mapping[str, Any]]) -> str | None:
    """Why the site's content tool makes no page of the post, if that is for an image that is not there, or if it takes the
    file for none of its posts."""
    if post.source is None:
        return None
    if post.collection is None:
        return f"no kind of posts in {post.source.path} takes it"
    for image in images:
        known = post.media.get(media.key(image["field"] or ""))
        if known and known.needed and image["status"] not in ("ok", "unknown", "external"):
            return f"there is no image `{image['reference']}`; {known.effect}"
    return None


def _unreferred(post: Document, files: Files) -> str | None:
    """Why the site's content tool makes no page of the post, if that is for a file that is not there and that the post
    refers to."""
    if post.source is None or not post.source.outlives or post.schema is None:
        return None
    for field, name in post.schema.references.items():
        value = post.data.get(field)
        path = file_named(name, value) if isinstance(value, str) and value else None
        if path is not None and not files.has_file(path):
            return f"there is no `{value}`, to which `{field}` refers"
    return None


def _error(refused: Reason | None) -> Reason:
    """Why the front matter has no values."""
    return refused._replace(text=f"error: {refused.text}") if refused else Reason("error")


def _links(post: Document, pages: Pages, by_path: Mapping[str, Facts]) -> list[dict[str, Any]]:
    found = sorted(
        (pointer for pointer in pointers(post) if pointer[0] == "link"), key=lambda pointer: (pointer[2], pointer[1])
    )
    out = []
    for _, target, span, shown, _, leads in found:
        pointer = link(post, target, span, shown, leads)
        known = _link(pointer, leads, pages, post.framework.linking.before_written)
        if known["status"] == "ok":
            known["status"] = _place(pointer, post, by_path.get(known["target"]))
        out.append(known)
    return out


def _link(link: Link, leads: Target, pages: Pages, before_written: bool) -> dict[str, Any]:
    status: str = leads.status
    path = None
    if status != "external":
        found = pages.find(link)
        status, path = found or ("unknown", None)
        if status == "missing" and not (leads.certain or before_written):
            status = "unknown"
    return {"reference": link.target, "start": link.start, "end": link.end, "status": status, "target": path}


def _place(link: Link, post: Document, page: Facts | None) -> str:
    """The status of `link` of `post` to `page`, which exists: that of the place in it, if the build looks for it."""
    framework = post.framework
    if page is None or not (framework.linking.places_demanded and link.anchor):
        return "ok"
    known = places.ids(framework, page)
    if known is not None:
        return "ok" if link.anchor in known else "missing"
    # Where more than headings gives ids, only a heading of the post itself is certain.
    made = github_anchors.anchors(page.headings or ()) if page.path == post.path else ()
    return "ok" if link.anchor in made or link.anchor in page.ids else "unknown"


def _image(use: Use, files: Files) -> dict[str, Any]:
    status: str = use.leads.status if use.target.strip() else "missing"
    path = None
    if status == "files":
        found = [files.find_file(candidate) for candidate in use.leads.paths]
        best = min(found, key=lambda one: ("ok", "case", "missing").index(one.status))
        status, path = best
        if status == "missing" and not (use.leads.certain and not gitignore.makes(files, use.leads.paths)):
            status = "unknown"
    start, end = use.span
    return {
        "reference": use.target,
        "start": start,
        "end": end,
        "field": use.field,
        "status": status,
        "file": path,
    }


def _instant(value: datetime | None, kept: DatesKept = "utc") -> str | None:
    if value is None:
        return None
    if kept == "day":
        return (value.astimezone(UTC) if value.tzinfo else value).date().isoformat()
    # JavaScript's tools, which count in milliseconds, write no more of them.
    detail = "milliseconds" if value.microsecond and not value.microsecond % 1000 else "auto"
    if value.tzinfo is None or kept == "zone":
        return value.isoformat(timespec=detail)
    return value.astimezone(UTC).isoformat(timespec=detail).replace("+00:00", "Z")


def _finite(value: object) -> object:
    """`value` with text for the numbers that JSON does not have: `Infinity`, `-Infinity`, `NaN`."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    if isinstance(value, float) and not isfinite(value):
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    return value


def _plain(value: object) -> object:
    """A value that JSON has no type for: dates as ISO 8601 text, bytes in base64, anything else as Python prints it."""
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, bytes):
        from base64 import b64encode

        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else str(value)


def _print(known: dict[str, Any]) -> None:
    print(visible(str(known["path"])))
    for name, value in known.items():
        if name in ("path", "front_matter") or value in (None, [], {}):
            continue
        if name == "dates":
            value = ", ".join(f"{role} {when}" for role, when in value.items() if when)
        elif name in ("images", "links"):
            value = ", ".join(f"{use['reference']} ({use['status']})" for use in value)
        elif isinstance(value, list):
            value = ", ".join(value)
        elif isinstance(value, bool):
            value = "yes" if value else "no"
        if value != "":
            print(visible(f"  {name}: {value}"))
