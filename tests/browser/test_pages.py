"""Pages in a real browser: everybody can use them (axe finds nothing), and they fit on the screen of a phone."""

import functools
import json
import os
import shutil
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import ROOT, write_files

LOOK = Path(__file__).parent / "look.mjs"
BROWSER = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
LOOKS = [{"width": width, "scheme": scheme} for width in (1280, 390) for scheme in ("light", "dark")]
# One page of each kind; those of other rules, frameworks and commands are made in the same way.
KINDS = (
    "",
    "tutorial/",
    "rules/",
    "settings/",
    "commands/",
    "comparison/",
    "frameworks/hugo/",
    "rules/mojibake/",
    "mojibake/",
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("POSTLINT_AXE" not in os.environ, reason="POSTLINT_AXE does not name what install.sh filled"),
    pytest.mark.skipif(BROWSER is None or shutil.which("node") is None, reason="there is no Chromium or no Node"),
]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing about it."""

    def log_message(self, *_):
        pass


@pytest.fixture
def serve():
    """Serves a folder at the address that it returns, until the test ends."""
    servers = []

    def start(folder):
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def faults(addresses, looks):
    asked = json.dumps({"browser": BROWSER, "addresses": addresses, "looks": looks})
    done = subprocess.run(["node", LOOK], input=asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", folder / "postlint"]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    return folder


def test_kinds_of_pages_of_the_docs(docs, serve):
    origin = serve(docs)
    assert faults([f"{origin}/postlint/{kind}" for kind in KINDS], LOOKS) == []


def test_all_pages_of_the_docs_on_a_phone(docs, serve):
    origin = serve(docs)
    pages = sorted(page.relative_to(docs).as_posix() for page in docs.rglob("*.html") if page.name != "404.html")
    assert len(pages) > 100
    assert faults([f"{origin}/{page}" for page in pages], LOOKS[2:3]) == []


def test_the_report(main, tmp_path, serve):
    write_files(
        tmp_path,
        {
            "site/astro.config.mjs": "export default {}\n",
            "site/src/content/blog/one.md": "---\ntitle: One\npubDate: 2024-02-30\n---\n\nNow â€” then. ![](/a.png)\n",
            "site/src/content/blog/two.md": "---\ntitle: One\npubDate: 2024-01-02\n---\n\n[a](/b) [b] (c.md)\n",
        },
    )
    report = main("check", "--no-cache", "--output-format", "html", cwd=tmp_path / "site")
    assert report.status == 1
    (tmp_path / "report.html").write_text(report.out, "utf-8")
    assert faults([f"{serve(tmp_path)}/report.html"], LOOKS) == []
