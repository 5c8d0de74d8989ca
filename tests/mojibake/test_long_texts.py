"""Long texts: what is found in them is what would be found in a short one, and the time grows with the length."""

import random
import time

import pytest

from postlint.mojibake import find_mojibake
from postlint.mojibake.codecs import CODECS, codec

WORDS = (
    "été naïve façade élève très déjà voilà château cœur “quoted” l’œuvre garçon Noël août fête "
    "größer schön Straße für über Überraschung žluťoučký kůň příliš niño señor cigüeña mañana "
    "привет мир дружба ещё чаю καλημέρα κόσμε 日本語 文字化け café — … the word and of is"
).split()


def written(lines: int) -> list[str]:
    chance = random.Random(4)
    return [" ".join(chance.choices(WORDS, k=12)) + "." for _ in range(lines)]


def damaged(text: str, name: str = "cp1252", rounds: int = 1) -> str:
    chars = codec(name).chars
    for _ in range(rounds):
        text = "".join(chr(byte) if byte < 0x80 else chars[byte - 0x80] for byte in text.encode())
    return text


def fixed(text: str) -> str:
    pieces = []
    last = 0
    for one in find_mojibake(text):
        assert last <= one.start
        assert text[one.start : one.end] == one.text
        if one.certain and one.replacement is not None:
            pieces += (text[last : one.start], one.replacement)
            last = one.end
    return "".join((*pieces, text[last:]))


@pytest.mark.parametrize("size", [400, 4_000])
@pytest.mark.parametrize("rounds", [1, 2, 3])
def test_a_long_text_that_is_damaged_throughout(size: int, rounds: int) -> None:
    text = "\n".join(written(size))
    assert fixed(damaged(text, rounds=rounds)) == text


@pytest.mark.parametrize("name", sorted(set(CODECS) - {"cp1258", "cp874"}))
def test_a_long_text_that_was_read_in_any_encoding(name: str) -> None:
    text = "\n".join(written(1_500))
    assert fixed(damaged(text, name)) == text


@pytest.mark.parametrize("size", [400, 3_000])
def test_every_line_of_a_long_text_is_read_by_its_own_cause(size: int) -> None:
    lines = written(size)
    causes = (("cp1252", 1), ("mac-roman", 1), ("cp850", 1), ("cp1252", 2))
    text = "\n".join(damaged(line, *causes[index % 4]) for index, line in enumerate(lines))
    right = sum(one == other for one, other in zip(fixed(text).split("\n"), lines, strict=True))
    assert right > 0.99 * size


def test_one_line_without_end() -> None:
    text = " ".join(written(3_000))
    assert fixed(damaged(text)) == text


@pytest.mark.parametrize("place", [10, 4_000, 7_990])
def test_one_damaged_run_in_a_long_text_without_damage(place: int) -> None:
    lines = written(8_000)
    text = "\n".join((*lines[:place], "Voilà une Ã©tude de plus.", *lines[place:]))
    assert fixed(text) == text.replace("Ã©", "é")


def test_undamaged_lines_among_damaged_ones_stay() -> None:
    lines = written(3_000)
    text = "\n".join(damaged(line) if index % 3 else line for index, line in enumerate(lines))
    assert fixed(text) == "\n".join(lines)


def test_a_word_that_a_long_text_shows_on_purpose_stays() -> None:
    shown = "It shows naÃ¯ve instead of naïve."
    text = "\n".join((*map(damaged, written(3_000)), shown))
    assert fixed(text).endswith(shown)


@pytest.mark.parametrize("kind", ["causes in turn", "near misses", "lost bytes", "one line", "East Asian"])
def test_the_time_grows_with_the_length(kind: str) -> None:
    def text(size: int) -> str:
        chance = random.Random(size)
        if kind == "near misses":
            pieces = ["Ã", "â€", "Ñ", "Ã©", "Ð", "ðŸ", "é ", "ab ", "Â", "€", "¡", " ", "\n"]
            return "".join(chance.choices(pieces, k=size * 6 // 10))
        lines = written(size // 100)
        if kind == "causes in turn":
            lines = [damaged(line, ("cp1252", "mac-roman", "cp850")[index % 3]) for index, line in enumerate(lines)]
        elif kind == "lost bytes":
            lines = [damaged(line).translate(dict.fromkeys(b"\x81\x8d\x8f\x90\x9d")) for line in lines]
        elif kind == "one line":
            return damaged(" ".join(lines))
        else:
            lines = [line.encode().decode("gbk", "replace") for line in lines]
        return "\n".join(lines)

    def seconds(size: int) -> float:
        made = text(size)
        start = time.process_time()
        find_mojibake(made)
        return time.process_time() - start

    quarter = seconds(300_000)
    assert seconds(1_200_000) < max(2, 5 * quarter)


@pytest.mark.parametrize("text", ["é{}", "{}é", "い{}い"])
def test_one_long_run_that_its_cause_does_not_explain_as_a_whole(text: str) -> None:
    found = find_mojibake(text.format("Ã¢â‚¬â„¢" * 2_000))
    assert [one.replacement for one in found] == ["’" * 2_000]
