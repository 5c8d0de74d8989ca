"""Looks for every kind of damage in a text, each only where a fast test says that there may be some."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from postlint.mojibake.finding import Mojibake
from postlint.mojibake.scanning import different_runs, odd_runs, outside, suspects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from postlint.mojibake.views import View

# Entities that touch each other, or another character beyond ASCII. A literal first character makes them fast.
_ENTITY_AFTER = re.compile(r"&(?:(?<=[^\x00-\x7f]&)|(?<=;&))#?[A-Za-z0-9]{2,31};")
_ENTITY_BEFORE = re.compile(r";(?=[^\x00-\x7f])")
# In UTF-8, for `different_runs`: where bytes may have been lost (`â€`, `ðŸ`, `Ã `), control characters, and bytes of which
# any Han, Hangul or half-width character has one.
_LOSS = re.compile(rb"\xc3(?:\xa2\xe2\x82\xac|\xb0\xc5\xb8|[\x82\x83\x85]a)")
_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")
_LETTERS = (
    re.compile("[À-ÿ][À-ÿ]{3}"),
    re.compile("[А-ЯЁ](?:[А-ЯЁ][а-яё][А-ЯЁ]|(?<=[а-яё].)[А-ЯЁ]{2})"),
)
# A sign or a capital inside of a small word, and letters that no language has side by side.
_INSIDE = re.compile("[\x8d-\x90³¹¾¿ŒŠŽŸˆ‡‰™](?<=[a-z].)(?=[a-z])")
_STRANGERS = (("ø", "ì"), ("ø", "ù"), ("õ", "û"))
_WIDE = bytes((*range(0xE3, 0xEE), 0xEF))


# From so many characters on, a text is judged by an extract of it.
VERY_LONG = 100_000
# A text of so many characters may be read in a faster way if it is damaged throughout.
LONG = 12_000
# The meanings of more runs than this are searched apart from their text, which is faster.
_MANY = 500
# Repairing one run may bring another to light, which was damaged before. That is followed so often.
_LAYERS = 3


def search(text: str) -> list[Mojibake]:
    """All damaged runs of `text` that it does not show on purpose, in order, none touching another."""
    found = None
    if len(text) >= VERY_LONG:
        view = _view(text)
        found = _by_extract(view.text if view else text)
        if view and found:
            found = _originals(found, view, text, "entities")
    return _meant(text, _layers_of(text), text) if found is None else found


def _by_extract(text: str) -> list[Mojibake] | None:
    """As `search`, of a very long text; None if an extract of it would save nothing."""
    data = different_runs(text.encode("utf-8", "surrogatepass"))
    runs = data.decode("utf-8", "surrogatepass")
    odd = odd_runs(runs, data)
    if not _may_be_damaged(odd) and not _may_be_damaged_otherwise(text, runs, data):
        return []
    from postlint.mojibake.digest import applied, extract

    sample = extract(text, odd)
    if sample is None:
        return None
    found = _layers_of(sample)
    return applied(text, sample, found, _meant(sample, found, text))


def _meant(text: str, found: list[Mojibake], about: str) -> list[Mojibake]:
    """What is damaged in `text`, which is a part of `about`, and not shown on purpose."""
    if not found:
        return found
    from postlint.mojibake.mentions import without_mentions

    return without_mentions(text, found, about)


def _layers_of(text: str) -> list[Mojibake]:
    """All damaged runs of `text`, in order, none touching another; once the certain ones are repaired, none is left.

    In a long text, some may be left: a few doubtful lines are no reason to doubt the others.
    """
    found = _once(text)
    is_long = len(text) >= LONG
    for layer in range(_LAYERS + 1):
        if not any(one.certain for one in found) or (len(found) > _MANY and _is_settled(text, found)):
            return found
        repaired, places = _repaired(text, found)
        further = [one for one in _once(repaired) if one.certain]
        if not further:
            return found
        raised = _raised(text, further, repaired, places)
        # Where two new runs reach into one old run, nobody can tell what was there.
        apart = _apart(raised)
        if layer == _LAYERS or (not is_long and len(apart) < len(raised)):
            return found if is_long else _without_unstable(text, found, further, repaired)
        found = _merged(found, apart)
    return found


def _apart(raised: list[Mojibake]) -> list[Mojibake]:
    """Those of the runs that reach into no other."""
    reaching = {index for index, (one, later) in enumerate(pairwise(raised)) if later.start < one.end}
    return [one for index, one in enumerate(raised) if index not in reaching and index - 1 not in reaching]


def _is_settled(text: str, found: list[Mojibake]) -> bool:
    """Whether many runs are all there is beyond ASCII, and none of their meanings is damaged in turn."""
    if not outside(text, found).isascii():
        return False
    meanings = " ".join({one.replacement or one.text for one in found})
    return not any(one.certain for one in _once(meanings))


def _without_unstable(text: str, found: list[Mojibake], further: list[Mojibake], repaired: str) -> list[Mojibake]:
    """`found`, with what is on the same lines as `further`, which a repair brought to light, no longer certain."""
    unstable: set[int] = set()
    for _ in range(_LAYERS):
        unstable.update(_lines_of(repaired, further))
        doubtful = [
            one._replace(certain=False) if line in unstable else one
            for one, line in zip(found, _lines_of(text, found), strict=True)
        ]
        repaired = _repaired(text, doubtful)[0]
        further = [one for one in _once(repaired) if one.certain]
        if not further:
            return doubtful
    return [one._replace(certain=False) for one in found]


def _lines_of(text: str, found: list[Mojibake]) -> list[int]:
    """The numbers of the lines in which the runs begin."""
    numbers = []
    line = last = 0
    for one in found:
        line += text.count("\n", last, one.start)
        last = one.start
        numbers.append(line)
    return numbers


def _repaired(text: str, found: list[Mojibake]) -> tuple[str, list[tuple[int, int, int, int]]]:
    """The text with certain repairs made; and for each, where it begins and ends there and in `text`."""
    pieces: list[str] = []
    places = []
    last = length = 0
    for one in found:
        if one.certain and one.replacement is not None:
            pieces += (text[last : one.start], one.replacement)
            length += one.start - last
            places.append((length, length + len(one.replacement), one.start, one.end))
            length += len(one.replacement)
            last = one.end
    return "".join((*pieces, text[last:])), places


def _raised(
    text: str, further: list[Mojibake], repaired: str, places: list[tuple[int, int, int, int]]
) -> list[Mojibake]:
    """What came to light `further` in the `repaired` text, as runs of `text`."""
    raised: list[Mojibake] = []
    index = shift = 0
    for one in further:
        while index < len(places) and places[index][1] <= one.start:
            shift = places[index][3] - places[index][1]
            index += 1
        first, last = one.start, one.end
        start, end = first + shift, 0
        if index < len(places) and places[index][0] < last and places[index][0] < first:
            first, start = places[index][0], places[index][2]
        inner = index
        end = last + shift
        while inner < len(places) and places[inner][0] < last:
            end = places[inner][3] + max(0, last - places[inner][1])
            if places[inner][1] > last:
                last = places[inner][1]
            inner += 1
        if index < len(places) and places[index][0] == first and inner > index:
            start = places[index][2]
        meaning = repaired[first : one.start] + (one.replacement or "") + repaired[one.end : last]
        raised.append(Mojibake(start, end, text[start:end], meaning, one.codecs, True))
    return raised


def _merged(found: list[Mojibake], raised: list[Mojibake]) -> list[Mojibake]:
    """`found` with the runs that came to light in the place of those that they touch."""
    starts = [new.start for new in raised]
    kept = []
    for one in found:
        index = bisect_left(starts, one.end)
        if not index or raised[index - 1].end <= one.start:
            kept.append(one)
    return sorted((*kept, *raised))


def search_escapes(text: str) -> list[Mojibake]:
    """The damaged runs of `text` that hold escapes, such as `\\u00e2` in a quoted value, in order."""
    from postlint.mojibake.views import through_escapes

    view = through_escapes(text)
    if not view:
        return []
    return [one for one in _originals(_search(view.text), view, text, "escapes") if one.codecs[-1] == "escapes"]


def _once(text: str) -> list[Mojibake]:
    if view := _view(text):
        return _originals(_search(view.text), view, text, "entities")
    return [] if text.isascii() else _search(text)


def _view(text: str) -> "View | None":
    """`text` seen through its entities, if some may stand for damage."""
    if not _has_entities(text):
        return None
    from postlint.mojibake.views import through_entities

    return through_entities(text)


def _has_entities(text: str) -> bool:
    """Whether entities may stand for damage."""
    return "&" in text and (_ENTITY_AFTER.search(text) or _ENTITY_BEFORE.search(text)) is not None


def _may_be_damaged(odd: Iterable[str]) -> bool:
    """Whether any of the odd runs speaks for itself."""
    from postlint.mojibake.weighing import any_telling

    return any_telling(odd)


def _may_be_damaged_otherwise(text: str, runs: str, data: bytes) -> bool:
    """Whether a text that has no odd runs may be damaged nevertheless; the arguments are those of `suspects`."""
    if "\ufffd" in runs or _LOSS.search(data) or _CONTROL.search(data):
        return True
    if any(pattern.search(runs) for pattern in _LETTERS) or _strange_latin(text, runs):
        return True
    if any(byte in data for byte in _WIDE):
        from postlint.mojibake.multibyte import conceivable

        return conceivable(runs)
    return False


def _originals(found: list[Mojibake], view: "View", text: str, how: str) -> list[Mojibake]:
    """What is `found` in a view, as runs of `text`; a run takes the form of entities or escapes last of all."""
    originals = []
    for one in found:
        start, end = view.origin(one.start), view.origin(one.end)
        codecs = one.codecs if text[start:end] == one.text else (*one.codecs, how)
        originals.append(one._replace(start=start, end=end, text=text[start:end], codecs=codecs))
    return originals


def _search(text: str) -> list[Mojibake]:
    data = different_runs(text.encode("utf-8", "surrogatepass"))
    runs = data.decode("utf-8", "surrogatepass")
    found = _without_loss(text, runs, data)
    if found:
        # What else there is to be found lies in what is left.
        rest = outside(text, found)
        if rest.isascii():
            return found
        data = different_runs(rest.encode("utf-8", "surrogatepass"))
        runs = data.decode("utf-8", "surrogatepass")
    if found or "\ufffd" in runs or _LOSS.search(data):
        from postlint.mojibake.losses import with_losses

        found = with_losses(text, found)
    if any(byte in data for byte in _WIDE):
        from postlint.mojibake.multibyte import multi_byte

        found = sorted((*found, *multi_byte(text, runs, found)))
    if _CONTROL.search(data) or any(pattern.search(runs) for pattern in _LETTERS) or _strange_latin(text, runs):
        from postlint.mojibake.legacy import legacy

        found = sorted((*found, *legacy(text, found)))
    if "\ufffd" in runs:
        from postlint.mojibake.lost import lost

        found = sorted((*found, *lost(text, found)))
    return found


def _without_loss(text: str, runs: str, data: bytes) -> list[Mojibake]:
    """The runs that can be read without loss in the single-byte encodings."""
    if len(text) >= LONG:
        from postlint.mojibake.throughout import throughout

        found = throughout(text, runs)
        if found is not None:
            return found
    places = suspects(text, runs, data)
    if not places:
        return []
    from postlint.mojibake.weighing import weigh

    return weigh(text, places)


def _strange_latin(text: str, runs: str) -> bool:
    """Whether Latin letters of `text` may have been read in another encoding."""
    if _INSIDE.search(runs) and _INSIDE.search(text):
        return True
    return any(one in runs and other in runs for one, other in _STRANGERS)
