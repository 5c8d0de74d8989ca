"""Compares `find_mojibake` with ftfy: how much damage each repairs, what it does to undamaged text, and how fast it is.

    python benchmarks/mojibake.py [FOLDER …] [--speed] [--beside PYTHON]

Damage is made from a few sentences in a dozen languages that stand below, or from the Markdown files in the folders
that are named, with every encoding and in three ways: a whole text, one paragraph of it, or one run of characters.
ftfy (`pip install ftfy`) gets one line at a time, which suits it best.

`--speed` measures texts that are damaged throughout instead: of 100 kB to 5 MB, on one line or many, by each encoding, by
several in turn, with bytes lost, and by near misses. `--beside` names the Python of an environment that another revision
is installed in, whose finder is measured as well. Seconds are of CPU time.
"""

import argparse
import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from ftfy import fix_encoding

from postlint.mojibake import find_mojibake
from postlint.mojibake.codecs import CODECS, codec

SENTENCES = """\
Le caractère « é » est très fréquent à l’écrit, où l’œuvre naît déjà. Ça n’empêche pas d’être bref…
Größere Überraschungen wären schön – „für später“, heißt es. Straßen, Bäume, Höfe.
El niño añadió: «¿Cuándo llegará la cigüeña?» Él contestó que mañana.
Não há razão para não começar já; a ação é simples, e o coração também.
Zażółć gęślą jaźń, a potem napiszę dłuższą wiadomość o wszystkim.
Příliš žluťoučký kůň úpěl ďábelské ódy, řekl šéf a odešel domů.
Günaydın, bugün hava çok güzel; ağaçlar yeşil, çiçekler açmış.
Flygande bäckasiner söka hwila på mjuka tuvor – så är det än i dag.
Съешь же ещё этих мягких французских булок, да выпей чаю — «вот так».
Ξεσκεπάζω την ψυχοφθόρα βδελυγμία, και μετά γράφω περισσότερα.
これは文字化けを試すための日本語の文章です。よろしくお願いします。
It’s a long way to the café — “so they say” — and 20 °C outside… 🚀
"""

Fix = Callable[[str], str]


def ours(text: str) -> str:
    pieces: list[str] = []
    last = 0
    for one in find_mojibake(text):
        if one.certain and one.replacement is not None:
            pieces += (text[last : one.start], one.replacement)
            last = one.end
    return "".join((*pieces, text[last:]))


def ftfy_by_line(text: str) -> str:
    return "".join(line if line.isascii() else fix_encoding(line) for line in text.splitlines(keepends=True))


def damage(text: str, name: str, rounds: int = 1) -> str:
    chars = codec(name).chars
    for _ in range(rounds):
        text = "".join(chr(byte) if byte < 0x80 else chars[byte - 0x80] for byte in text.encode())
    return text


def cases(texts: list[str]) -> Iterator[tuple[str, str, str]]:
    """Kind of damage, damaged text, undamaged text."""
    chance = random.Random(1)
    kinds = [("Windows-1252", "cp1252", 1), ("two rounds", "cp1252", 2)]
    kinds += [("another encoding", name, 1) for name in CODECS if name != "cp1252"]
    for text in texts:
        paragraphs = [m.span() for m in re.finditer(r"(?:[^\n]+\n?)+", text) if not m[0].isascii()]
        runs = [m.span() for m in re.finditer(r"[^\x00-\x7f]+", text)]
        if not runs:
            continue
        for kind, name, rounds in kinds:
            for where, (start, end) in (
                ("whole text", (0, len(text))),
                ("paragraph", chance.choice(paragraphs)),
                ("one run", chance.choice(runs)),
            ):
                damaged = text[:start] + damage(text[start:end], name, rounds) + text[end:]
                if damaged != text:
                    yield f"{kind}, {where}", damaged, text


def megabytes_per_second(fix: Fix, texts: list[str]) -> float:
    size = sum(len(text.encode()) for text in texts)
    start = time.process_time()
    for text in texts:
        fix(text)
    return size / 1e6 / max(time.process_time() - start, 1e-9)


def damaged_throughout(kind: str, size: int) -> str:
    """A text of about `size` bytes of UTF-8."""
    lines = SENTENCES.splitlines(keepends=True)
    chance = random.Random(3)
    vowels = "aeiouáéíóúàèìòùäöüаеиоуыαεηιο"
    consonants = "bcdfglmnprstvçñšžčřбвгдклмнпрстγδκλμν"

    def word() -> str:
        return "".join(chance.choice(consonants) + chance.choice(vowels) for _ in range(chance.randrange(1, 4)))

    lines += [" ".join(word() for _ in range(12)) + ".\n" for _ in range(400)]
    if kind == "near misses":
        pieces = ["Ã", "â€", "Ñ", "Ã©", "Ð", "ðŸ", "é ", "ab ", "Â", "€", "¡", " "]
        made = "".join(chance.choice(pieces) for _ in range(20_000))
    elif kind == "causes in turn":
        names = ("cp1252", "mac-roman", "cp850")
        made = "".join(damage(line, names[index % 3]) for index, line in enumerate(lines))
    elif kind == "lost bytes":
        made = damage("".join(lines), "cp1252").translate(dict.fromkeys(b"\x81\x8d\x8f\x90\x9d"))
    elif kind == "GBK":
        made = "".join(lines).encode().decode("gbk", "replace")
    elif kind == "one line":
        made = damage("".join(lines), "cp1252").replace("\n", " ")
    else:
        name, _, rounds = kind.partition(" ×")
        made = damage("".join(lines), name, int(rounds or 1))
    whole = made * (size // len(made.encode()) + 1)
    return whole.encode()[:size].decode("utf-8", "ignore")


# So many seconds another revision has.
MOST = 20
TIMED = """\
import sys, time
from postlint.mojibake import find_mojibake
find_mojibake("caf\u00c3\u00a9 \u00e2\u20ac\u201d")
text = sys.stdin.buffer.read().decode()
start = time.process_time()
find_mojibake(text)
print(time.process_time() - start)
"""


def seconds(text: str, python: Path | None, most: float) -> float | None:
    """The CPU time of a search in a process of its own, with the finder that is installed here or for another Python."""
    command = [str(python or sys.executable), "-c", TIMED]
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=most)
    except subprocess.TimeoutExpired:
        return None
    return float(done.stdout)


def show_speed(beside: Path | None) -> None:
    kinds = ["one line", "causes in turn", "near misses", "lost bytes", "GBK", "cp1252 ×2", "cp1252 ×3", *CODECS]
    sizes = (100_000, 1_000_000, 5_000_000)
    print(f"{'seconds of CPU for':<20}" + "".join(f"{size / 1e6:>9} MB" for size in sizes) + f"{'MB/s':>8}", end="")
    print(f"{'beside, 1 MB':>16}{'ftfy, 1 MB':>13}")
    for kind in kinds:
        texts = [damaged_throughout(kind, size) for size in sizes]
        took = [seconds(text, None, 120) for text in texts]
        print(f"{kind:<20}" + "".join(f"{one:>12.2f}" if one else f"{'> 120':>12}" for one in took), end="")
        print(f"{5 / took[-1]:>8.1f}" if took[-1] else f"{'':>8}", end="", flush=True)
        old = seconds(texts[1], beside, MOST) if beside else None
        print(f"{'' if not beside else f'{old:.2f}' if old else f'> {MOST}':>16}", end="")
        start = time.process_time()
        ftfy_by_line(texts[0])
        print(f"{10 * (time.process_time() - start):>13.2f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--most", type=int, default=60, help="how many texts to damage (default 60)")
    parser.add_argument("--speed", action="store_true", help="measure texts that are damaged throughout")
    parser.add_argument("--beside", type=Path, help="the Python of another revision to measure as well")
    arguments = parser.parse_args()
    if arguments.speed:
        show_speed(arguments.beside)
        return
    texts = [
        path.read_text(encoding="utf-8", errors="replace")
        for folder in arguments.folders
        for path in sorted(folder.rglob("*.md"))
    ]
    lines = SENTENCES.splitlines(keepends=True)
    texts = texts or [f"{line}\n{SENTENCES if line is lines[-1] else line * 3}" for line in lines]
    chosen = random.Random(2).sample(texts, min(len(texts), arguments.most))
    scores: dict[str, list[list[bool]]] = defaultdict(list)
    for kind, damaged, text in cases([text[:3000] for text in chosen]):
        scores[kind].append([ours(damaged) == text, ftfy_by_line(damaged) == text])
    print(f"{'exactly repaired':<32}{'texts':>7}{'postlint':>10}{'ftfy':>8}")
    for kind, results in sorted(scores.items()):
        shares = [sum(column) / len(results) for column in zip(*results, strict=True)]
        print(f"{kind:<32}{len(results):>7}{shares[0]:>10.3f}{shares[1]:>8.3f}")
    print(f"{'undamaged texts changed':<32}{len(texts):>7}", end="")
    print(f"{sum(ours(t) != t for t in texts):>10}{sum(ftfy_by_line(t) != t for t in texts):>8}")
    many = texts if arguments.folders else texts * 200
    print(f"{'megabytes per second':<32}{'':>7}{megabytes_per_second(ours, many):>10.1f}", end="")
    print(f"{megabytes_per_second(ftfy_by_line, many[: max(1, len(many) // 10)]):>8.1f}")


if __name__ == "__main__":
    main()
