"""Patterns for paths, matched in linear time whatever they are.

`re` matches most patterns in linear time, and fast. With many stars, it tries them in every combination. Such
patterns are matched by an automaton, which reads each character once.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

_MOST_CHOICES = 64
_MOST_PLACES = 1000
_MOST_KEPT = 100_000


class Chain(NamedTuple):
    """One part after the other."""

    parts: "tuple[Expression, ...]"


class Choice(NamedTuple):
    """One of these."""

    options: "tuple[Expression, ...]"


class Repeat(NamedTuple):
    """A part any number of times, also none."""

    part: "Expression"


# A text is a regular expression for one character.
Expression = str | Chain | Choice | Repeat

NOTHING = Chain(())
NAME = Repeat("[^/]")
"""Anything within one name."""
FOLDERS = Repeat(Chain(("[^/]", NAME, "/")))
"""Any number of folders, each with its slash."""
ANYTHING = Repeat(".")


def literal(text: str) -> Chain:
    """The expression that `text` alone matches."""
    return Chain(tuple(map(re.escape, text)))


def matcher(expressions: Sequence[Expression]) -> Callable[[str], object]:
    """A function that is true of the texts that one of `expressions` matches as a whole.

    Expressions for the automaton have 1,000 characters together. One that exceeds that matches nothing.
    """
    quick = [each for each in expressions if _is_quick(each)]
    by_re = re.compile("|".join(map(_source, quick)) if quick else "(?!)", re.S).fullmatch
    if len(quick) == len(expressions):
        return by_re
    by_automaton = _Automaton(each for each in expressions if not _is_quick(each))
    return lambda text: by_re(text) or by_automaton.matches(text)


def _source(expression: Expression) -> str:
    if isinstance(expression, str):
        return expression
    if isinstance(expression, Chain):
        return "".join(map(_source, expression.parts))
    if isinstance(expression, Choice):
        return f"(?:{'|'.join(map(_source, expression.options))})"
    part = _source(expression.part)
    return f"{part}*" if isinstance(expression.part, str) else f"(?:{part})*"


def _flat(expression: Expression) -> Iterator[Expression]:
    if isinstance(expression, Chain):
        for part in expression.parts:
            yield from _flat(part)
    else:
        yield expression


def _is_quick(expression: Expression) -> bool:
    """Whether `re` certainly needs no more than linear time: at most one star in each name, which can end in one place only
    if a slash follows it, at most one `**`, and few choices."""
    parts = [*_flat(expression)]
    in_name = in_path = 0
    choices = 1
    for number, part in enumerate(parts):
        following = parts[number + 1] if number + 1 < len(parts) else None
        if part == "/":
            in_name = 0
        elif part == NAME:
            in_name += following not in ("/", None)
        elif isinstance(part, Repeat):
            in_path += following is not None
        elif isinstance(part, Choice):
            options, stars = _size(part)
            choices *= options
            in_name += stars
        if in_name > 1 or in_path > 1 or choices > _MOST_CHOICES:
            return False
    return ANYTHING not in parts[:-1] or in_path + sum(part == NAME for part in parts) <= 1


def _size(expression: Expression) -> tuple[int, int]:
    """How many choices an expression has, nested ones included, and how many repetitions."""
    if isinstance(expression, str):
        return 0, 0
    if isinstance(expression, Repeat):
        options, stars = _size(expression.part)
        return options, stars + 1
    parts = expression.parts if isinstance(expression, Chain) else expression.options
    sizes = [*map(_size, parts)]
    own = len(parts) if isinstance(expression, Choice) else 0
    return own + sum(options for options, _ in sizes), sum(stars for _, stars in sizes)


class _State(dict[str, "_State"]):
    """Where an automaton is. Maps each character to the next state, which is made when it is first asked for."""

    def __init__(self, automaton: "_Automaton", places: frozenset[int]) -> None:
        self._automaton = automaton
        self._places = places
        self.is_end = 0 in places

    def __missing__(self, char: str) -> "_State":
        self[char] = following = self._automaton.after(self._places, char)
        return following


class _Automaton:
    """The places in expressions between which a character leads. It may be in several places at once."""

    def __init__(self, expressions: Iterable[Expression]) -> None:
        # By place: the characters that lead on from it and whereto, or the places that it stands for. 0 is the end.
        self._steps: list[tuple[Callable[[str], object], int] | list[int]] = [[]]
        self._sets: dict[str, Callable[[str], object]] = {}
        self._states: dict[frozenset[int], _State] = {}
        self._kept = 0
        starts: list[int] = []
        for expression in expressions:
            known = len(self._steps)
            start = self._add(expression, 0)
            if len(self._steps) > _MOST_PLACES:
                del self._steps[known:]
            else:
                starts.append(start)
        self._start = self._closed(starts)

    def matches(self, text: str) -> bool:
        """Whether one of the expressions matches the whole of `text`."""
        at = self._state(self._start)
        for char in text:
            at = at[char]
        return at.is_end

    def after(self, places: frozenset[int], char: str) -> _State:
        """The state after `char` at `places`."""
        steps = [self._steps[place] for place in places]
        return self._state(self._closed([step[1] for step in steps if isinstance(step, tuple) and step[0](char)]))

    def _state(self, places: frozenset[int]) -> _State:
        known = self._states.get(places)
        if known is None:
            self._kept += 1 + len(places)
            if self._kept > _MOST_KEPT:
                self._states.clear()
                self._kept = 0
            known = self._states[places] = _State(self, places)
        return known

    def _closed(self, places: list[int]) -> frozenset[int]:
        """`places`, and what they stand for."""
        found: set[int] = set()
        while places:
            place = places.pop()
            if place not in found:
                found.add(place)
                step = self._steps[place]
                places += step if isinstance(step, list) else ()
        return frozenset(place for place in found if place == 0 or isinstance(self._steps[place], tuple))

    def _add(self, expression: Expression, then: int) -> int:
        """The place where `expression` begins, after which comes the place `then`."""
        if isinstance(expression, Chain):
            for part in reversed(expression.parts):
                then = self._add(part, then)
            return then
        if isinstance(expression, Repeat):
            self._steps.append([then])
            place = len(self._steps) - 1
            self._steps[place] = [then, self._add(expression.part, place)]
            return place
        if isinstance(expression, Choice):
            self._steps.append([self._add(option, then) for option in expression.options])
        else:
            if expression not in self._sets:
                self._sets[expression] = re.compile(expression, re.S).fullmatch
            self._steps.append((self._sets[expression], then))
        return len(self._steps) - 1
