"""The images and links of a post that lead to files of its site."""

from postlint.lsp.desk import Desk
from postlint.lsp.positions import Json
from postlint.lsp.post_at import asked, references, target_of


def answer(desk: Desk, params: Json) -> list[Json]:
    here = asked(desk, params)
    if here is None:
        return []
    out = []
    for reference in sorted(references(here.post), key=lambda each: each[2]):
        path = target_of(here.place, here.post, reference)
        if path is None or path == here.place.path:
            continue
        facts = here.place.site.facts.get(path)
        tooltip = facts.title_text if facts else ""
        out.append(
            {
                "range": here.positions.range(*reference[2]),
                "target": desk.uri(here.place.site.full(path)),
                "tooltip": tooltip or path,
            }
        )
    return out
