"""Makes the pictures of the docs from real runs on examples/blog.

    python scripts/make_pictures.py                      # docs/pictures/terminal.svg
    python scripts/make_pictures.py --browser chromium   # docs/pictures/report.png as well

Needs rich, which the dependency group `release` brings, and a Chromium for the report.
"""

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
COMMAND = ("check", "--index-site", "src/content/blog/basil-from-seed.md")
_COLUMNS = 96
# Dark enough for either background: GitHub and the docs show the picture in a light and in a dark theme.
_THEME = TerminalTheme(
    (24, 27, 33),
    (222, 226, 232),
    [
        *((24, 27, 33), (255, 107, 107), (105, 219, 124), (255, 212, 59)),
        *((116, 175, 255), (218, 142, 255), (102, 217, 232), (222, 226, 232)),
    ],
)
# That of rich, without the web font: a picture must not load anything.
_SVG = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="postlint in a terminal">
<style>
.{unique_id}-matrix {{ font: {char_height}px/{line_height}px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the pictures of the docs.")
    parser.add_argument("--browser", help="a Chromium, to make the picture of the report")
    options = parser.parse_args()
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / "terminal.svg").write_text(terminal(), encoding="utf-8", newline="\n")
    if options.browser:
        report(options.browser, PICTURES / "report.png")


def terminal() -> str:
    """A run in a terminal, as SVG."""
    printed = _postlint(*COMMAND, "--output-format", "full", "--color", "always")
    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text("$ ", style="green") + Text(f"postlint {' '.join(COMMAND)}", style="bold"))
    console.print(Text.from_ansi(printed))
    svg: str = console.export_svg(title="", theme=_THEME, code_format=_SVG, unique_id="terminal")
    return svg


def report(browser: str, file: Path) -> None:
    """The page that `--output-format html` writes, as it looks in a browser."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        _postlint("check", "--output-format", "html", "--output-file", str(page))
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
        size = ["--window-size=1200,1000", f"--user-data-dir={folder}/profile", f"--screenshot={file}"]
        subprocess.run([browser, *flags, *size, page.as_uri()], check=True, capture_output=True)


def _postlint(*arguments: str) -> str:
    """What postlint prints in a copy of the example."""
    with tempfile.TemporaryDirectory() as folder:
        blog = shutil.copytree(ROOT / "examples" / "blog", Path(folder) / "blog")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("POSTLINT_", "NO_COLOR"))}
        environment = {**kept, "COLUMNS": str(_COLUMNS), "PYTHONPATH": str(ROOT / "src")}
        command = [sys.executable, "-m", "postlint", *arguments]
        done = subprocess.run(command, cwd=blog, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return done.stdout


if __name__ == "__main__":
    main()
