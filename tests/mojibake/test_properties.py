"""What holds for every text."""

import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from postlint.mojibake import find_mojibake
from postlint.mojibake.codecs import CODECS, codec

PIECES = [
    "Ã©", "â€™", "â€", "Ã ", "Â\xa0", "ðŸ˜€", "Ã¢â‚¬â„¢", "├®", "ÔÇö", "√©", "Р°", "п╟", "тАФ", "茅", "鈥",
    "&acirc;", "&euro;", "&trade;", "\ufffd", "?", "\x9d", "\ufeff",
    "é", "—", "ж", "word ", " ", "\n", ", ", "用", "が", "ß",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=30).map("".join)
SENTENCES = {
    "fr": "Le caractère « été » est très fréquent à l’écrit, où l’œuvre naît déjà. Élève et maître s’arrêtent, hélas, "
    "près du château : ça gêne, mais voilà un rôle à jouer, même où l’âme reçoit des idées très variées.",
    "de": "Größere Überraschungen wären schön – „für später“, heißt es.",
    "pl": "Zażółć gęślą jaźń, a potem napiszę dłuższą wiadomość…",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy, řekl šéf.",
    "ru": "Съешь же ещё этих мягких французских булок, да выпей чаю.",
    "el": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία, και μετά γράφω περισσότερα.",
    "ja": "これは文字化けを試すための日本語の文章です。",
}


def fixed(text: str) -> str:
    pieces = []
    last = 0
    for one in find_mojibake(text):
        if one.certain and one.replacement is not None:
            pieces += (text[last : one.start], one.replacement)
            last = one.end
    return "".join((*pieces, text[last:]))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_spans_are_in_order_and_true(text: str) -> None:
    end = 0
    for one in find_mojibake(text):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        assert one.replacement != one.text
        assert not one.certain or one.replacement is not None
        end = one.end


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
@example("Ã©—=ÔÇö")
def test_fixing_twice_is_fixing_once(text: str) -> None:
    once = fixed(text)
    assert fixed(once) == once


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("name", CODECS)
def test_what_was_read_wrongly_comes_back(language: str, name: str) -> None:
    text = SENTENCES[language]
    encoding = codec(name)
    damaged = "".join(chr(byte) if byte < 0x80 else encoding.chars[byte - 0x80] for byte in text.encode())
    assert fixed(f"Intro.\n\n{damaged}\n") == f"Intro.\n\n{text}\n"


def test_a_lone_sign_in_thai_is_taken_for_damage_only_if_all_else_is() -> None:
    # `»` becomes `ยป`, which between blanks is a plain Thai syllable.
    assert fixed("Le caractรจre ยซ รฉtรฉ ยป est trรจs frรฉquent") == "Le caractère « été » est très fréquent"
    assert fixed("ภาษาไทย ยป ง่าย") == "ภาษาไทย ยป ง่าย"


@pytest.mark.parametrize("language", SENTENCES)
def test_what_was_read_wrongly_twice_comes_back(language: str) -> None:
    damaged = SENTENCES[language]
    for _ in range(2):
        shown = codec("cp1252").chars
        damaged = "".join(chr(byte) if byte < 0x80 else shown[byte - 0x80] for byte in damaged.encode())
    assert fixed(damaged) == SENTENCES[language]


HOSTILE = ["Ã", "â€”", "Ã©", "&acirc;", "&acirc;&euro;&trade;", "â€ ", "Ñ", "鈥", "茅 ", "\x93", "РіР ", "ðŸ", "a;&"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_input_takes_linear_time(unit: str) -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        find_mojibake(unit * (length // len(unit)))
        return time.process_time() - start

    # Two seconds are much on any machine; on a slow one, four times the text may take little more than four times as long.
    quarter = seconds(250_000)
    assert seconds(1_000_000) < max(2, 7 * quarter)
