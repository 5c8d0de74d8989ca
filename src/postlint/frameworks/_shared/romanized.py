"""Letters of other scripts in ASCII, as the tables of unidecode and its kin have them; found by asking them.

Chinese characters are not here: they take a table of twenty thousand.
"""

_LETTERS = (
    "α:a β:b γ:g δ:d ε:e ζ:z η:e θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r ς:s σ:s τ:t υ:u φ:ph χ:kh ψ:ps ω:o ά:a "
    "έ:e ή:e ί:i ό:o ύ:u ώ:o ϊ:i ϋ:u ΐ:I ΰ:u а:a б:b в:v г:g д:d е:e ж:zh з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r "
    "с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ъ:' ы:y ь:' э:e ю:iu я:ia ё:io ђ:dj ѓ:gj є:ie ѕ:dz і:i ї:yi ј:j "
    "љ:lj њ:nj ћ:tsh ќ:kj ѝ:i ў:u џ:dzh ѐ:ie ѣ:e ґ:g' ғ:g' җ:zh' қ:k' ң:n' ү:u ұ:u' һ:h ө:o ӯ:u ӣ:i א:A ב:b ג:g "
    "ד:d ה:h ו:v ז:z ח:H ט:T י:y ך:KH כ:KH ל:l ם:m מ:m ן:n נ:n ס:s ע:` ף:p פ:p ץ:TS צ:TS ק:k ר:r ש:SH ת:t آ:a أ:' "
    "ؤ:w' إ: ئ:y' ا: ب:b ة:@ ت:t ث:th ج:j ح:H خ:kh د:d ذ:dh ر:r ز:z س:s ش:sh ص:S ض:D ط:T ظ:Z ع:` غ:G ف:f ق:q ك:k "
    "ل:l م:m ن:n ه:h و:w ى:~ ي:y ء: پ:p چ:ch ژ:j ک:kh گ:g ی:y ٹ:tt ڈ:dd ڑ:rr ں:N ہ:h ے:y ァ:a ア:a ィ:i イ:i ゥ:u "
    "ウ:u ェ:e エ:e ォ:o オ:o カ:ka ガ:ga キ:ki ギ:gi ク:ku グ:gu ケ:ke ゲ:ge コ:ko ゴ:go サ:sa ザ:za シ:shi "
    "ジ:zi ス:su ズ:zu セ:se ゼ:ze ソ:so ゾ:zo タ:ta ダ:da チ:chi ヂ:di ッ:tsu ツ:tsu ヅ:du テ:te デ:de ト:to "
    "ド:do ナ:na ニ:ni ヌ:nu ネ:ne ノ:no ハ:ha バ:ba パ:pa ヒ:hi ビ:bi ピ:pi フ:hu ブ:bu プ:pu ヘ:he ベ:be ペ:pe "
    "ホ:ho ボ:bo ポ:po マ:ma ミ:mi ム:mu メ:me モ:mo ャ:ya ヤ:ya ュ:yu ユ:yu ョ:yo ヨ:yo ラ:ra リ:ri ル:ru レ:re "
    "ロ:ro ワ:wa ヲ:wo ン:n ヴ:vu Ξ:Ks ゎ:wa ゐ:wi ゑ:we ・:* ー:- 、:,_ 。:._ 「:[ 」:]_"
)
_INITIALS = "g gg n d dd r m b bb s ss  j jj c k t p h".split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u weo we wi yu eu yi i".split(" ")
_FINALS = " g gg gs n nj nh d l lg lm lb ls lt lp lh m b bs s ss ng j c k t p h".split(" ")
# Where the ten digits of scripts begin that the tables have: Arabic, those of India, Thai, Lao, Tibetan, Burmese, …
_ZEROS = (
    *(0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66),
    *(0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0x1810),
)
_TABLE: dict[str, str] = {}


def hangul(char: str) -> str | None:
    """A Korean syllable in Latin letters; None for any other character."""
    code = ord(char) - 0xAC00
    if not 0 <= code <= 11171:
        return None
    first, rest = divmod(code, 588)
    return _INITIALS[first] + _VOWELS[rest // 28] + _FINALS[rest % 28]


def decimal(char: str) -> str | None:
    """A digit of another script; None for any other character."""
    code = ord(char)
    return next((str(code - zero) for zero in _ZEROS if zero <= code < zero + 10), None)


def unidecoded(char: str) -> str | None:
    """One Greek, Cyrillic, Hebrew, Arabic, Japanese (kana) or Korean character, or a digit, as unidecode has it; None for
    others."""
    if not _TABLE:
        for pair in _LETTERS.split():
            latin = pair[2:].replace("_", " ")
            if pair[0].upper() != pair[0] and len(pair[0].upper()) == 1:
                _TABLE[pair[0].upper()] = latin[:1].upper() + latin[1:]
            _TABLE[pair[0]] = latin
    code = ord(char)
    # Hiragana stand in the order of katakana.
    kana = chr(code + 0x60) if 0x3041 <= code <= 0x3094 else char
    if code >= 0xAC00:
        return hangul(char)
    known = _TABLE.get(kana, _TABLE.get(char))
    return decimal(char) if known is None else known
