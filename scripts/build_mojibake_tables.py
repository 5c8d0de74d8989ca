"""Builds `src/postlint/mojibake/model.bin`: which character follows which, counted in text of some 300 languages.

    python scripts/build_mojibake_tables.py --fetch DIRECTORY

fetches the packages named below into DIRECTORY (with `pip download` and `npm pack`) and writes the table; without
`--fetch` they have to be there. The text is what these packages translate:

- cldr-annotations-full, cldr-localenames-full (Unicode CLDR; Unicode License v3),
- the message catalogues of Django and Wagtail (BSD-3-Clause), Sphinx (BSD-2-Clause) and django-allauth (MIT),
- the diagnostic messages of TypeScript (Apache-2.0).

Only counts go into the table, none of the text.
"""

import argparse
import json
import math
import random
import re
import subprocess
import sys
import tarfile
import zipfile
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from postlint.mojibake.classes import class_of  # noqa: E402
from postlint.mojibake.model import BUCKETS, LARGEST, SLOTS, STEP, other_bucket, place  # noqa: E402

WHEELS = ("Django==5.2.19", "wagtail==8.0.1", "Sphinx==9.0.4", "django-allauth==65.21.1")
PACKAGES = ("cldr-annotations-full@48.2.0", "cldr-localenames-full@48.2.0", "typescript@5.9.2")

# Languages in which most blogs are written count for more than their share of translations.
COMMON = frozenset(
    (
        "ar bg bn ca cs da de el en es fa fi fr he hi hr hu id it ja ko lt lv ms nb nl no pl pt ro ru sk sl sr sv th tr "
        "uk vi zh"
    ).split()
)
QUOTES = {
    **dict.fromkeys("de cs sk sl bg is lt et hr".split(), "„“"), **dict.fromkeys("pl ro hu nl sr bs".split(), "„”"),
    **dict.fromkeys("sv fi".split(), "””"), **dict.fromkeys("fr es pt it ru uk be el no nb da fa hy".split(), "«»"),
}  # fmt: skip
# Signs that running text has and translations of programs hardly do, with how often (per million) to expect them.
SIGNS = {
    **dict.fromkeys("’“”–—…", 900.0), **dict.fromkeys("„«»‘•€\xa0", 150.0), **dict.fromkeys("°©®™²³×½→✓£·§", 30.0),
    **dict.fromkeys("‚‹›¡¿ªº¹¼¾±µ¶†‡‰¢¥÷−≈≤≥≠←↑↓⇒✔✅❌★☆●■▶", 6.0),
    **dict.fromkeys("¤¦¨¬\xad¯´¸ˆ˜√∞∑∂∆∏π∫◊ƒΩ⁄", 0.8),
}  # fmt: skip
# Boxes, and signs of mathematics as they follow one another.
DRAWINGS = (
    (
        "┌──┬──┐\n│  │  │ a │\n├──┼──┤\n├── a\n│   └── a\n└──┴──┘\n ╔"
        "══╦══╗\n║  ║  ║ a\n╠══╬══╣\n╚══╩══╝ █████ ░░▒▒▓▓██▄▄▀▀ ▄▀█\n"
    ),
    ("├─┤├┤├┐┘└┐└┤┌┘│├┴┬┴┬┼┼─┼┐┼┘│┐│┘─┘─┐┬─┬│ ║╔═╝╚╗╝╠╣║╚╗╔╦╩╦╬═╬╗╩╝║╗║╝ ░▒▓█▓▒░▀▄▀ ▐█▌▐▌"),
    (
        " √2 √π √x 2√3 √(x) √∞ ∞ ∑x ∑∞ ∏x π≈3 ∆x ∆° ∆t ∆= ≠ ≤ ≥ ∂x ∂f ∫f "
        "∫∞ −∞ +∞ ±2 ×2 ÷2 x² x³ m² °C °F °, 5° 5€ €5 £5 $5 5% ‰ "
    ),
)
Counts = dict[str, float]
MESSAGE = re.compile(r'^msgstr(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
PLACEHOLDER = re.compile(r"%\([A-Za-z_]+\)[sd]|%[sd]|\{[^}]*\}|<[^>]*>|https?:\S+")


def fetch(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "-d", str(folder), *WHEELS], check=True)
    for package in PACKAGES:
        subprocess.run(["npm", "pack", package], cwd=folder, check=True)


def strings(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for value in tree.values():
            yield from strings(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from strings(value)


def from_npm(path: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(path) as archive:
        for member in archive:
            parts = member.name.split("/")
            if parts[-1] not in {
                "annotations.json", "languages.json", "territories.json", "diagnosticMessages.generated.json"
            }:  # fmt: skip
                continue
            file = archive.extractfile(member)
            assert file is not None
            tree = json.load(file)
            if parts[-1] == "annotations.json":
                for entry in tree.get("annotations", {}).get("annotations", {}).values():
                    yield parts[-2], ", ".join(entry.get("default", ()))
                    yield from ((parts[-2], name) for name in entry.get("tts", ()))
            elif parts[-1].startswith("diagnostic"):
                yield from ((parts[-2], message) for message in strings(tree))
            else:
                yield from ((parts[-2], name) for name in strings(tree["main"][parts[-2]]["localeDisplayNames"]))


def from_wheel(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            found = re.search(r"locales?/([^/]+)/LC_MESSAGES/[^/]+\.po$", name)
            if not found:
                continue
            for message in MESSAGE.findall(archive.read(name).decode())[1:]:
                text = "".join(QUOTED.findall(message)).replace("\\n", " ").replace('\\"', '"')
                yield found[1], PLACEHOLDER.sub("", text)


def gather(folder: Path) -> dict[str, list[str]]:
    """Lines of text by language and script, without repetitions."""
    lines: dict[str, dict[str, None]] = defaultdict(dict)
    for path in sorted(folder.iterdir()):
        wanted = any(path.name.lower().startswith(p.split("=")[0].replace("-", "_").lower() + "-") for p in WHEELS)
        source = from_wheel(path) if wanted and path.suffix == ".whl" else None
        if any(path.name == p.replace("@", "-") + ".tgz" for p in PACKAGES):
            source = from_npm(path)
        for tag, line in source or ():
            tag = tag.replace("_", "-").split("@")[0]
            parts = tag.split("-")
            script = "-" + parts[1] if len(parts) > 1 and len(parts[1]) == 4 else ""
            if line.strip() and class_of(line[0]) != "unassigned":
                lines[parts[0] + script][line.strip()] = None
    return {tag: list(found) for tag, found in lines.items()}


def variants(language: str, line: str) -> Iterator[tuple[float, str]]:
    """The line as it stands, as a typographer sets it, and in capitals, each with its weight."""
    yield 0.7, f"\n{line}\n"
    opening, closing = tuple(QUOTES.get(language, "“”"))
    gap = "\xa0" if language == "fr" else ""
    opened, closed = opening + gap, gap + closing
    typeset = line.replace("'", "’").replace("...", "…").replace(" - ", " – ").replace(" -- ", " — ")
    typeset = re.sub(r'(?<!\S)"|"(?=\w)', opened, typeset).replace('"', closed)
    yield 0.2, f" {opened}{typeset}{closed}, "
    yield 0.05, f" {typeset}… — {typeset} "
    yield 0.05, f" {typeset.upper()} "
    yield 0.02, f"\xa0{typeset} ".replace(" ", "\xa0")
    yield 0.005, f"\xa0{typeset.upper()} ".replace(" ", "\xa0")


def count(lines: dict[str, list[str]]) -> tuple[Counts, Counts]:
    """Weighted counts of characters and of pairs."""
    single: Counts = defaultdict(float)
    double: Counts = defaultdict(float)
    for tag, found in sorted(lines.items()):
        language = tag.split("-")[0]
        size = sum(map(len, found))
        if size < 300:
            continue
        # Half of the way from counting every language alike to counting every character alike.
        weight = (60_000 / size) ** 0.5 * (3.0 if language in COMMON else 0.4) * min(1.0, size / 5_000)
        if language == "en":
            weight *= 3
        pairs: dict[float, Counter[str]] = defaultdict(Counter)
        for line in found:
            for share, text in variants(language, line):
                pairs[share].update(map("".join, pairwise(text)))
        for share, counts in pairs.items():
            for pair, number in counts.items():
                double[pair] += number * share * weight
                single[pair[1]] += number * share * weight
    for drawing in DRAWINGS:
        for pair in dict.fromkeys(map("".join, pairwise(drawing))):
            double[pair] += 40.0
    total = sum(single.values())
    for sign, rate in SIGNS.items():
        missing = rate * total / 1e6 - single[sign]
        if missing > 0:
            single[sign] += missing
    return single, double


def quantised(probability: float) -> int:
    return min(LARGEST, max(0, round(-math.log(max(probability, 1e-30)) / STEP)))


def build(single: Counts, double: Counts) -> bytes:
    by_class: Counts = defaultdict(float)
    for char, number in single.items():
        by_class[class_of(char)] += number
    names = ["other sign", *sorted(set(by_class) - {"other sign"})]
    following: dict[str, Counts] = defaultdict(lambda: defaultdict(float))
    for pair, number in double.items():
        following[class_of(pair[0])][class_of(pair[1])] += number
    total = sum(single.values())
    matrix = bytearray()
    for before in names:
        seen = following[before]
        size = sum(seen.values())
        # Some of every class may follow any class, the more so the less was seen of the first one.
        spare = 200.0 + 0.002 * size
        for after in names:
            share = (by_class[after] + total * 1e-5) / (total * (1 + 1e-5 * len(names)))
            matrix.append(quantised((seen[after] + spare * share) / (size + spare)))
    levels: list[list[str]] = [[] for _ in range(LARGEST + 1)]
    known = 0
    for char, number in sorted(single.items()):
        kind = class_of(char)
        if kind in ("control", "surrogate", "unassigned") or number < 0.05:
            continue
        known += 1
        levels[quantised(number / by_class[kind])].append(char)
    table, kept = hashed(double)
    print(f"{known} characters, {len(names)} classes, {kept} pairs")
    characters, classes = "\0".join(map("".join, levels)).encode(), "\0".join(names).encode()
    return array("I", (len(characters), len(classes), 0)).tobytes() + characters + classes + bytes(matrix) + table


def hashed(double: Counts) -> tuple[bytes, int]:
    """The most telling pairs in a cuckoo hash table: buckets of four cells, each a 16-bit mark and a cost."""
    after: Counts = defaultdict(float)
    for pair, number in double.items():
        after[pair[0]] += number
    # Pairs of Han characters are too many to tell anything; their single counts do.
    counted = [
        (number, pair)
        for pair, number in double.items()
        if number >= 1.0 and not (class_of(pair[0]) in ("HAN", "HANGUL") and class_of(pair[1]) in ("HAN", "HANGUL"))
    ]
    counted.sort(reverse=True)
    chosen = counted[: int(BUCKETS * SLOTS * 0.93)]
    print(f"pairs down to a count of {chosen[-1][0]:.2f}, of {len(counted)}")
    buckets: list[list[tuple[int, int]]] = [[] for _ in range(BUCKETS)]
    chance = random.Random(0)
    for number, pair in chosen:
        first, second, mark = place(*pair)
        cell = (mark, quantised(max(number - 0.5, 0.1) / (after[pair[0]] + 20.0)))
        bucket = first if len(buckets[first]) <= len(buckets[second]) else second
        for _ in range(2000):
            if len(buckets[bucket]) < SLOTS:
                buckets[bucket].append(cell)
                break
            slot = chance.randrange(SLOTS)
            buckets[bucket][slot], cell = cell, buckets[bucket][slot]
            bucket = other_bucket(bucket, cell[0])
        else:
            raise SystemExit("the table is too full")
    cells = [cell for bucket_of in buckets for cell in (*bucket_of, *((0, 0),) * (SLOTS - len(bucket_of)))]
    return array("H", [mark for mark, _ in cells]).tobytes() + bytes(cost for _, cost in cells), len(chosen)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--fetch", action="store_true", help="fetch the packages first")
    arguments = parser.parse_args()
    if arguments.fetch:
        fetch(arguments.directory)
    data = build(*count(gather(arguments.directory)))
    target = ROOT / "src/postlint/mojibake/model.bin"
    target.write_bytes(data)
    print(f"{target}: {len(data)} bytes")


if __name__ == "__main__":
    main()
