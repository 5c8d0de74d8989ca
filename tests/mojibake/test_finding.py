"""What is found in texts, and what is left alone: adding a case is adding a line."""

from pathlib import Path

import pytest

from postlint.mojibake import explain, find_mojibake
from postlint.mojibake.explain import cause

DAMAGED = [
    # UTF-8 read as Windows-1252 or Latin-1
    ("Now â€” then", [("â€”", "—", ("cp1252",))]),
    ("Thanks! ðŸš€", [("ðŸš€", "🚀", ("cp1252",))]),
    ("born in Ã…lesund", [("Ã…", "Å", ("cp1252",))]),
    ("Windowsâ„¢ fits", [("â„¢", "™", ("cp1252",))]),
    ("byÅ‚ tam", [("Å‚", "ł", ("cp1252",))]),
    ("aâ\x80\x9d b", [("â\x80\x9d", "”", ("latin-1",))]),
    ("free the memory of the applicationâ€”for example", [("â€”", "—", ("cp1252",))]),
    ("for just Â£5 a year", [("Â£", "£", ("cp1252",))]),
    ("Â½ cup, 3 Ã— 4 cm", [("Â½", "½", ("cp1252",)), ("Ã—", "×", ("cp1252",))]),
    ("pass **ByVal**Â\xa0**Integer**", [("Â\xa0", "\xa0", ("cp1252",))]),
    ("- âœ… done", [("âœ…", "✅", ("cp1252",))]),
    ("mind the âš\xa0ï¸\x8f sign", [("âš\xa0ï¸\x8f", "⚠️", ("cp1252",))]),
    ("one ÃŸ alone", [("ÃŸ", "ß", ("cp1252",))]),
    ("ï»¿Hello", [("ï»¿", "\ufeff", ("cp1252",))]),
    # other single-byte encodings
    ("caf├® ÔÇö ok", [("├®", "é", ("cp850",)), ("ÔÇö", "—", ("cp850",))]),
    ("al pi√π presto", [("√π", "ù", ("mac-roman",))]),
    ("РіРѕРґ", [("РіРѕРґ", "год", ("cp1251",))]),
    ("п÷я─п╦п╡п╣я┌", [("п÷я─п╦п╡п╣я┌", "Привет", ("koi8-r",))]),
    ("NapĂ\xadĹˇte nĂˇm", [("Ă\xadĹˇ", "íš", ("cp1250",)), ("Ăˇ", "á", ("cp1250",))]),
    # several rounds
    ("donÃ¢â‚¬â„¢t", [("Ã¢â‚¬â„¢", "’", ("cp1252", "cp1252"))]),
    ("so Ã”Ã‡Ã¶ it is", [("Ã”Ã‡Ã¶", "—", ("cp850", "cp1252"))]),
    # entities
    ("it&acirc;&euro;&trade;s", [("&acirc;&euro;&trade;", "’", ("cp1252", "entities"))]),
    # multi-byte encodings
    ("caf茅", [("茅", "é", ("gbk",))]),
    ("ﾃｩtude", [("ﾃｩ", "é", ("cp932",))]),
    # one old encoding read as another
    ("Ïðèâåò, ìèð", [("Ïðèâåò", "Привет", ("cp1251>cp1252",))]),
    ("\x84Handwerk bringt dich hin\x93:", [("\x84", "„", ("cp1252>latin-1",)), ("\x93", "“", ("cp1252>latin-1",))]),
    (
        "¿Qué? fŸr dich, schšn, WŠrme, GrŸ§e",
        [
            ("Ÿ", "ü", ("mac-roman>cp1252",)),
            ("š", "ö", ("mac-roman>cp1252",)),
            ("Š", "ä", ("mac-roman>cp1252",)),
            ("Ÿ§", "üß", ("mac-roman>cp1252",)),
        ],
    ),
    (
        "Pøíliš žluouèký kùò dìlá, pøece",
        [
            ("ø", "ř", ("cp1250>cp1252",)),
            ("è", "č", ("cp1250>cp1252",)),
            ("ùò", "ůň", ("cp1250>cp1252",)),
            ("ì", "ě", ("cp1250>cp1252",)),
            ("ø", "ř", ("cp1250>cp1252",)),
        ],
    ),
    # bytes lost
    ("performance critical situationsâ€ applies", [("â€", "”", ("cp1252",))]),
]

HONEST = [
    "plain ASCII",
    "NESTLÉ® requiere contratar",
    "cuvinte cu Â și Î",
    "nguyên âm có dấu mũ: a Â e Ê",
    "CỐ GẮNG NHÂN\xa0MÃ\xa0SỐ",
    "MANHÃ\xa0E TARDE",
    "như một à¥ khoa",
    "La ligature œ est",
    "ÖdenmemişÜrünler",
    "2012—∞ and √π",
    "1. Том 3. Р—Я.djvu",
    "默认配置的type为空，这里我们改成git。repo写github pages的仓库地址。",
    "終わった提案の話をした。ECMAScript没proposal追悼式",
    "ゲストの名前を書いておく\n\n*   ﾅｲﾖｰ\n",
    "使用するViteがv7.0にアップグレード、Astroがv2に",
    "(╯‵□′)╯︵╘═╛ and ╧╤╪═╛",
    "SELKÄ\xa0EDELLÄ\xa0MAAHAN",
    "VOCÊ… É¿ SÓ…",
    "litera Â\xa0și litera Ă",
    "as letras «Ã» e “Â”",
    "PREȚUL E ÎN ROMÂ€",
    "┌──┬──┐\n│  │  │\n├──┼──┤\n└──┴──┘",
    "ВІКІ is Ukrainian for WIKI",
    "Її В’їзд — у неї",
    "Привет — мир, ещё «раз»",
    "你好，世界。这是一个小笑话。",
    "これは日本語です。ﾊﾝｶｸ",
    "한국어 텍스트입니다.",
    "ภาษาไทยง่าย",
    "l’été, « l’œuvre » et l’Île",
    "&amp;&lt;&nbsp;&mdash;&copy;",
]

ABOUT = [
    "The sequence â€™ should be ’ here.",
    "| â€™ | ’ |\n|---|---|\n| â€œ | “ |",
    "It shows marks such as âœ“, Â©, Â§ everywhere",
    'You see "â€™" instead of "’".',
    "Mojibake such as Ã© or â€” happens.",
    "Ã© → é",
    "Readers want _Sabão_, and no browser should show _SabÃ£o_.",
    "Les accents deviennent des trucs du genre â€™ ... Ã§ .. Ã¢ dans la base.",
]


@pytest.mark.parametrize(("text", "expected"), DAMAGED, ids=[text for text, _ in DAMAGED])
def test_damaged(text: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    found = find_mojibake(text)
    assert [(one.text, one.replacement, one.codecs) for one in found] == expected
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize("text", HONEST)
def test_honest(text: str) -> None:
    assert find_mojibake(text) == []


@pytest.mark.parametrize("text", ABOUT)
def test_about_mojibake(text: str) -> None:
    assert find_mojibake(text) == []


CHINESE = "流量可預測的資料分布需要這樣的設計，並且檢查每個分區，因為全球事件會帶來突發的尖峰，系統必須能夠承受。"


def test_damage_that_chinese_quotes() -> None:
    assert find_mojibake("浏览器若用错了表，中文就会变成「ä¸\u00adæ–‡」这样的乱码。") == []
    assert find_mojibake("在HTML编码页面，中文ä¸\u00adæ–‡很常见。") != []


def test_a_rare_word_in_its_own_language() -> None:
    assert find_mojibake(f"{CHINESE}\n\nBlack Friday、partition key 均勻\n") == []
    assert [one.replacement for one in find_mojibake(f"{CHINESE}\n\nUn caf茅 noir\n")] == ["é"]


REPEATED = [
    (
        "Les fichiers cachÃ©s sont ici, et des fichiers cachés sont là aussi.",
        "Les fichiers cachés sont ici, et des fichiers cachés sont là aussi.",
    ),
    ("| Goiás | GoiÃ¡s |\n| Acre | Acre |", "| Goiás | Goiás |\n| Acre | Acre |"),
    ("ЎзбекчÐ°, Узбекча ва ЎзбекчÐ°", "Ўзбекча, Узбекча ва Ўзбекча"),
]


@pytest.mark.parametrize(("text", "meant"), REPEATED)
def test_a_damaged_word_that_the_line_repeats_is_damaged(text: str, meant: str) -> None:
    assert _fixed(text) == meant


CONTRASTED = [
    "It shows naÃ¯ve instead of naïve.",
    "naÃ¯ve → naïve",
    'A reader saw "naÃ¯ve", the author wrote "naïve".',
    "| GoiÃ¡s | Goiás |\n| CearÃ¡ | Ceará |",
    "In UTF-8, naïve may come out as naÃ¯ve",
]


@pytest.mark.parametrize("text", CONTRASTED)
def test_a_word_that_is_contrasted_with_its_right_form_is_left_alone(text: str) -> None:
    assert find_mojibake(text) == []


def test_one_cause_that_explains_a_whole_file_explains_its_doubtful_runs() -> None:
    meant = "# Ġibuti\n\n- Ġermaniż\n- Ċipru\n- Għana, Ħamis\n| \xa0Kapitlu 2\n"
    damaged = meant.encode().decode("latin-1")
    assert _fixed(damaged) == meant
    assert _fixed(damaged.encode().decode("latin-1").encode().decode("latin-1")) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Znjemóžnjeny. Å\xa0panišćina. Žadyn, Španišćina, Němčina a wšelake druhe", "Španišćina. Žadyn"),
        ("Cysylltwch ar ei ôl. PÅµer a gwres. Mae pŵer, a Pŵer, ar gael i bawb.", "Pŵer a gwres"),
    ],
)
def test_a_word_that_the_text_has_in_its_right_form_speaks_for_damage(text: str, meant: str) -> None:
    assert meant in _fixed(text)


def _fixed(text: str) -> str:
    for one in reversed(find_mojibake(text)):
        if one.certain:
            text = f"{text[: one.start]}{one.replacement}{text[one.end :]}"
    return text


def test_lost_bytes_without_a_clear_reading_are_only_reported() -> None:
    text = "Tom Ã\ufffd said"
    assert all(one.replacement is None and not one.certain for one in find_mojibake(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("If you don��셳 ever want it", ["��셳"]),
        ("Ne mogu da u��itam podatke", ["��"]),
        ("das Caf\ufffd ist zu", ["\ufffd"]),
        ("| Yemen | ��emen |", ["��"]),
        ('The sign "\ufffd" is U+FFFD, and ��� is three of them', []),
        ("A page in the wrong encoding shows caf\ufffd", []),
    ],
)
def test_what_was_lost_in_a_word_is_reported(text: str, shown: list[str]) -> None:
    found = find_mojibake(text)
    assert [one.replacement for one in found] == [None] * len(shown)
    assert all(one.start <= text.index(run) < one.end for one, run in zip(found, shown, strict=True))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("i la segona mà, 矇s important", "i la segona mà, és important"),
        ("Tukun 茅xito, con 茅xito", "Tukun éxito, con éxito"),
        ("# 猿謤榨斩宅铡斩栅斋铡\n\n- Գրենլանդիա", "# Գրենլանդիա\n\n- Գրենլանդիա"),
    ],
)
def test_a_word_that_begins_with_what_was_read_in_an_encoding_of_east_asia(text: str, meant: str) -> None:
    assert _fixed(text) == meant


def test_a_next_line_control_between_sentences_is_only_reported() -> None:
    [one] = find_mojibake("nous n'en avons pas encore beaucoup parlé\x85 Tu sais, ça fait des années")
    assert (one.replacement, one.candidates, one.certain) == (None, ("…",), False)
    assert _fixed("result of â\x80\x98US pressureâ\x80\x99\x85") == "result of ‘US pressure’…"


def test_letters_that_what_is_left_of_others_looks_like_are_no_repair() -> None:
    khmer = "បញ្ជាក់លម្អិតលក្ខណៈវិនិច្ឆ័យតម្រៀបសម្រាប់បង្ហាញទិន្នន័យ"
    damaged = "".join(char for char in khmer.encode().decode("latin-1") if not "\x7f" < char < "\xa0")
    assert not any(one.certain for one in find_mojibake(f"- {damaged}\n"))


def test_the_rest_of_the_text_decides_about_doubtful_runs() -> None:
    assert find_mojibake("и ะฒ ok") == []
    sure = "ะฟั€ะธะฒะตั\x82, ะผะธั€ ะธ ะดั€ั\x83ะทั\x8cั\x8f ะฒั\x81ะต; ะฒ ok"
    assert [one.replacement for one in find_mojibake(sure)][-1] == "в"


def test_skipped_spans_are_left_alone_and_asked_for_only_when_needed() -> None:
    text = "`â€”` and â€” here"
    asked = []

    def spans() -> list[tuple[int, int]]:
        asked.append(1)
        return [(0, 5)]

    assert [one.start for one in find_mojibake(text, spans)] == [10]
    assert find_mojibake("nothing — here", spans) == []
    assert len(asked) == 1


def test_the_first_post() -> None:
    folder = Path(__file__).parents[3] / "shared/seed"
    posts = sorted(folder.glob("*.md"))
    if not posts:
        pytest.skip("the shared seed post is not here")
    text = posts[0].read_text(encoding="utf-8")
    places = []
    for one in find_mojibake(text):
        line_start = text.rfind("\n", 0, one.start) + 1
        line = text.count("\n", 0, one.start) + 1
        places.append((line, one.start - line_start + 1, one.end - line_start + 1))
        assert one.certain
    assert places == [(26, 237, 240), (34, 77, 80), (38, 28, 31), (46, 109, 112), (57, 86, 89), (61, 67, 71)]


SENTENCES = [
    ("a â€” b", "`â€”` is `—` (U+2014), saved as UTF-8 and read as Windows-1252"),
    ("donÃ¢â‚¬â„¢t", "`Ã¢â‚¬â„¢` is `’` (U+2019), saved as UTF-8 and read as Windows-1252, twice"),
    (
        "it&acirc;&euro;&trade;s",
        "`&acirc;&euro;&trade;` is `’` (U+2019), saved as UTF-8 and read as Windows-1252, then turned into HTML entities",
    ),
    ("so Ã”Ã‡Ã¶ it is", "`Ã”Ã‡Ã¶` is `—` (U+2014), saved as UTF-8 and read as code page 850, then as Windows-1252"),
    ("РіРѕРґ", "`РіРѕРґ` is `год`, saved as UTF-8 and read as Windows-1251"),
    ("Ïðèâåò, ìèð", "`Ïðèâåò` is `Привет`, saved as Windows-1251 and read as Windows-1252"),
    (
        "das Caf\ufffd ist zu",
        "`\ufffd` stands for text that was lost when it was read in a wrong encoding; look it up in an older version",
    ),
]


@pytest.mark.parametrize(("text", "sentence"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_explained(text: str, sentence: str) -> None:
    assert explain(find_mojibake(text)[0]) == sentence


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("La rГ©gion se trouve Г lвЂ™ouest de lвЂ™Ukraine", "La région se trouve à l’ouest de l’Ukraine"),
        ("Å iaip ÄÆdomu, kaip ÄÆsivaizduoji. VisÅ³ pirma tam.", "Šiaip įdomu, kaip įsivaizduoji. Visų pirma tam."),
        ("voilÃ le travail, la cittÃ di Roma", "voilà le travail, la città di Roma"),
        (
            "Å veices baÅ†Ä·ieri gaida konkrÄ“tus investÄ«ciju projektus",
            "Šveices baņķieri gaida konkrētus investīciju projektus",
        ),
    ],
)
def test_a_no_break_space_that_became_a_blank(text: str, meant: str) -> None:
    assert _fixed(text) == meant


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("a â€” b", "saved as UTF-8 and read as Windows-1252"),
        ("donÃ¢â‚¬â„¢t", "saved as UTF-8 and read as Windows-1252, twice"),
        ("Ïðèâåò, ìèð", "saved as Windows-1251 and read as Windows-1252"),
        ("Tom Ã\ufffd said", "saved as UTF-8 and read as Windows-1252"),
    ],
)
def test_the_cause_of_an_explanation(text: str, how: str) -> None:
    assert cause(explain(find_mojibake(text)[0])) == how


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Le café â€” bon", "Le café — bon"),
        ("voilà â€” un", "voilà — un"),
        ("un été â€” long, là â€™ bas", "un été — long, là ’ bas"),
        ("España â€” sí, así â€œfueâ€\x9d", "España — sí, así “fue”"),
        ("Grüße â€“ schön", "Grüße – schön"),
    ],
)
def test_an_honest_letter_beside_the_damage_stays(text, meant):
    for one in reversed(find_mojibake(text)):
        assert one.certain
        text = text[: one.start] + one.replacement + text[one.end :]
    assert text == meant
