"""Finds the images of a post that are missing."""

from postlint.files import gitignore
from postlint.files.files import Files
from postlint.posts.facts import Facts, MissingImage


def find_missing_images(facts: Facts, files: Files) -> tuple[MissingImage, ...]:
    """The images of a post that are not in `files` under the very name that is written."""
    if all(
        status == "external" or status == "unknown" or (status == "files" and any(map(files.has_file, paths)))
        for status, paths in facts.image_leads
    ):
        return ()
    out = []
    for use in facts.images:
        status = use.leads.status
        if status == "missing":
            out.append(MissingImage(use, ()))
        elif status == "files":
            found = []
            for path in use.leads.paths:
                there = files.find_file(path)
                if there.status == "ok":
                    break
                found.append(there)
            else:
                if any(there.path for there in found) or not gitignore.makes(files, use.leads.paths):
                    out.append(MissingImage(use, tuple(found)))
    return tuple(out)
