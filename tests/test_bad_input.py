"""Whatever a post holds, it is a finding with a place or an error of one line: no traceback, no hang, no flood."""

import json
import os
import socket
import subprocess
import sys

import pytest
from conftest import BARE_ASTRO, CLEAN, DAMAGED, POST, environment, run_postlint, write_files
from hypothesis import given
from hypothesis import strategies as st

import postlint as library

_MEMORY = 1536 * 1024 * 1024
_PATIENCE = 10  # seconds on the wall for a second of CPU, on a machine that is busy


def limit(seconds):
    """Little memory, and `seconds` of CPU: how long that takes on the wall depends on what else is running."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def bounded_run(*arguments, cwd, seconds=30):
    """Run postlint with little memory and time, and hold it to good manners."""
    before = (lambda: limit(seconds)) if sys.platform == "linux" else None
    ran = run_postlint(*arguments, cwd=cwd, timeout=seconds * _PATIENCE, before=before)
    assert ran.status in (0, 1, 2), ran.err
    assert "Traceback" not in ran.out + ran.err
    assert "internal error" not in ran.out + ran.err
    assert ran.err.count("\n") <= 1, ran.err
    return ran


@pytest.fixture
def bounded(tmp_path):
    return lambda *arguments, cwd=tmp_path: bounded_run(*arguments, cwd=cwd, seconds=10)


def matter(text):
    return f"---\n{text}\n---\nBody\n".encode()


_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(
    f"{name}: &{name} [{','.join([f'*{below}'] * 9)}]" for below, name in zip("abcdefghij", "bcdefghijk", strict=True)
)

# What a post holds → the findings: rule, line and column.
POSTS = {
    "empty": (b"", [("front-matter-missing", 1, 1)]),
    "only a line end": (b"\n", [("front-matter-missing", 1, 1)]),
    "only a fence": (b"---", ...),
    "never-closed fence": (b"---\ntitle: A\n\nBody\n", [("front-matter-syntax", 1, 1)]),
    "never-closed TOML fence": (b"+++\ntitle = 'A'\n\nBody\n", ...),
    "never-closed code": (b"---\ntitle: A\n---\n```\n" + b"x\n" * 1000, []),
    "not UTF-8": (b"---\ntitle: caf\xe9\n---\n", [("text-encoding", 2, 11)]),
    "UTF-16 with BOM": ("\ufeff---\ntitle: A\n---\n".encode("utf-16-le"), [("text-encoding", 1, 1)]),
    "UTF-16 big endian": ("\ufeff---\ntitle: A\n---\n".encode("utf-16-be"), [("text-encoding", 1, 1)]),
    "NUL bytes": (b"---\ntitle: a\x00b\n---\nc\x00d\n", ...),
    "YAML alias bomb": (matter(_BOMB), [("front-matter-syntax", ...)]),
    "recursive alias": (matter("a: &a [*a]"), ...),
    "merge keys": (matter("a: &a {x: 1}\n" + "\n".join(f"k{n}: {{<<: *a}}" for n in range(3000))), []),
    "100 kB of [": (matter("[" * 100_000), [("front-matter-syntax", ...)]),
    "100 kB of {": (matter("{" * 100_000), [("front-matter-syntax", ...)]),
    "100 kB of '- '": (matter("- " * 50_000), [("front-matter-syntax", ...)]),
    "100 kB of '? '": (matter("? " * 50_000), [("front-matter-syntax", ...)]),
    "100 kB of [ in a value": (matter("title: " + "[" * 100_000), [("front-matter-syntax", ...)]),
    "100 kB of nested mappings": (matter("\n".join(" " * n + "a:" for n in range(450))), ...),
    "dotted TOML key": (b"+++\n" + b".".join([b"a"] * 5000) + b" = 1\n+++\n", [("front-matter-syntax", ...)]),
    "nested TOML arrays": (b"+++\na = " + b"[" * 100_000 + b"\n+++\n", [("front-matter-syntax", ...)]),
    "nested JSON": (b'{"a": ' + b"[" * 100_000, ...),
    "non-string keys": (matter("1: a\n2.5: b\ntrue: c\nnull: d\n2024-01-02: e"), ...),
    "list as key": (matter("? [a, b]\n: c"), ...),
    "mapping as key": (matter("? {a: b}\n: c\ntitle: A"), ...),
    "a list": (matter("- a\n- b"), ...),
    "a scalar": (matter("just text"), ...),
    "unknown tag": (matter("a: !!python/object/apply:os.system ['true']"), ...),
    "impossible date": (matter("title: A\npubDate: 2024-13-45"), [("date-invalid", 3, 10)]),
    "impossible day": (matter("title: A\npubDate: 2024-02-30"), [("date-invalid", 3, 10)]),
    "year 0": (matter("title: A\npubDate: 0000-01-01"), ...),
    "year 99999": (matter("title: A\npubDate: 99999-01-01"), ...),
    "year beyond all": (matter("title: A\npubDate: " + "9" * 400), ...),
    "long integer": (matter("title: A\nweight: " + "9" * 10_000), ...),
    "date as a mapping": (
        matter("title: A\npubDate: {a: 1}\ntags: {b: [c]}\nslug: [x]\ncoverImage: 7\ndraft: [1]"),
        ...,
    ),
    "huge line": (matter("title: A") + b"word " * 1_000_000, []),
    "huge mojibake line": (matter("title: A") + "â€” ".encode() * 5_000, ...),
    "20 MB": (matter("title: A") + b"a line of text\n" * 1_400_000, [("file-unreadable", 1, 1)]),
    "open emphasis": (matter("title: A") + b"*a _b " * 20_000, ...),
    "open brackets": (matter("title: A") + b"[" * 100_000, ...),
    "open images": (matter("title: A") + b"![" * 50_000 + b"](", ...),
    "quotes": (matter("title: A") + b"> " * 50_000 + b"x\n", ...),
    "list levels": (matter("title: A") + b"".join(b" " * 2 * n + b"- a\n" for n in range(300)), ...),
    "open tags": (matter("title: A") + b"<a " * 30_000 + b"<!-- " * 10_000, ...),
    "backticks": (matter("title: A") + b" ".join(b"`" * n for n in range(1, 600)), ...),
    "only CR": (b"---\rtitle: A\r---\rBody\r", ...),
    "only BOM": (b"\xef\xbb\xbf", ...),
    "lone surrogates in UTF-8": (b"---\ntitle: \xed\xa0\x80\n---\n", [("text-encoding", 2, 8)]),
    "controls": (matter("title: A") + bytes(range(1, 32)), ...),
}


PATHS = {name: f"src/content/blog/{number}.md" for number, name in enumerate(POSTS)}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site of all these posts."""
    files = {PATHS[name]: data for name, (data, _) in POSTS.items()}
    return write_files(tmp_path_factory.mktemp("bad"), {**BARE_ASTRO, **files})


@pytest.fixture(scope="module")
def report(site):
    """What is found in them, all in one process."""
    return bounded_run("check", "--output-format", "json", "--jobs", "1", cwd=site).report


@pytest.mark.parametrize("name", POSTS)
def test_a_post_that_is_no_post(report, name):
    data, expected = POSTS[name]
    text = data.decode(errors="surrogateescape")
    diagnostics = [d for d in report["diagnostics"] if d["path"] == PATHS[name]]
    # A finding has a place in the text, and a message of one line that can be read.
    for d in diagnostics:
        assert 0 <= d["start"]["offset"] <= d["end"]["offset"] <= len(text)
        assert 0 < len(d["message"]) < 500
        assert "\n" not in d["message"]
    if expected is not ...:
        found = [(d["rule"], d["start"]["line"], d["start"]["column"]) for d in diagnostics]
        assert [one[:1] if wanted[1] is ... else one for one, wanted in zip(found, expected, strict=True)] == [
            wanted[:1] if wanted[1] is ... else wanted for wanted in expected
        ]


@pytest.mark.parametrize("arguments", [["--output-format", "full"], ["--output-format", "concise"], ["--statistics"]])
def test_nothing_of_a_post_reaches_the_terminal(site, arguments):
    ran = bounded_run("check", "--jobs", "1", *arguments, cwd=site)
    assert all(char.isprintable() or char == "\n" for char in ran.out)


def test_repairs_of_what_is_no_post(site, tmp_path):
    for name in ("UTF-16 with BOM", "NUL bytes", "huge mojibake line", "not UTF-8", "100 kB of [", "controls"):
        (tmp_path / f"{PATHS[name].rpartition('/')[2]}").write_bytes(POSTS[name][0])
    bounded_run("check", "--fix", ".", cwd=tmp_path)
    assert (tmp_path / PATHS["UTF-16 with BOM"].rpartition("/")[2]).read_bytes() == POSTS["UTF-16 with BOM"][0]
    bounded_run("check", "--fix", "--unsafe-fixes", "--quiet", ".", cwd=tmp_path)
    ran = bounded_run("check", "--diff", "--quiet", ".", cwd=tmp_path)
    assert (ran.status, ran.out) == (0, "")


@pytest.mark.parametrize("arguments", [[], ["--output-format", "jsonl"]])
def test_the_same_inspected(site, arguments):
    ran = bounded_run("inspect", *arguments, cwd=site)
    assert ran.status == 0
    if arguments:
        assert {json.loads(line)["path"] for line in ran.out.splitlines()} == set(PATHS.values())
    else:
        assert all(char.isprintable() or char == "\n" for char in ran.out)


def test_a_path_that_is_not_there(bounded):
    ran = bounded("check", "nowhere/post.md")
    assert (ran.status, ran.out, ran.err) == (2, "", "postlint: nowhere/post.md: no such file or folder\n")


def test_an_empty_folder(bounded):
    ran = bounded("check", ".")
    assert ran.status == 2
    assert ran.err.startswith("postlint: no posts found")


def unreadable(bounded, root, *arguments):
    ran = bounded("check", "--output-format", "json", *arguments, cwd=root)
    assert (ran.status, ran.found) == (1, [("file-unreadable", 1, 1)])
    return ran.report["diagnostics"][0]["message"]


def test_a_folder_named_as_a_post(bounded, astro):
    root = astro({f"{POST}/inner.md": CLEAN})
    assert bounded("check", cwd=root).status == 0
    assert bounded("check", POST, cwd=root).status == 0


def test_a_file_that_may_not_be_read(bounded, astro):
    if not hasattr(os, "getuid") or os.getuid() == 0:
        pytest.skip("this user may read everything")
    root = astro({POST: CLEAN})
    (root / POST).chmod(0)
    assert "permission denied" in unreadable(bounded, root)


def test_a_loop_of_links(bounded, astro):
    root = astro({})
    (root / POST).parent.mkdir(parents=True)
    (root / POST).symlink_to("post.md")
    (root / "src/content/blog/again").symlink_to(root / "src/content")
    assert "cannot be read" in unreadable(bounded, root)
    assert "cannot be read" in unreadable(bounded, root, POST)


def test_a_link_to_a_folder(bounded, astro):
    root = astro({"elsewhere/a.md": CLEAN})
    (root / POST).parent.mkdir(parents=True)
    (root / POST).symlink_to(root / "elsewhere")
    assert unreadable(bounded, root) == "this is not a regular file"


def test_a_link_to_nowhere(bounded, astro):
    root = astro({})
    (root / POST).parent.mkdir(parents=True)
    (root / POST).symlink_to("gone.md")
    assert "no such file" in unreadable(bounded, root)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_a_pipe_is_not_waited_for(bounded, astro):
    root = astro({})
    (root / POST).parent.mkdir(parents=True)
    os.mkfifo(root / POST)
    assert unreadable(bounded, root) == "this is not a regular file"
    assert unreadable(bounded, root, POST) == "this is not a regular file"
    os.mkfifo(root / "postlint.toml")
    assert bounded("check", "--config", "postlint.toml", cwd=root).status == 2


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no sockets in the file system here")
def test_a_socket(bounded, astro, monkeypatch):
    root = astro({})
    (root / POST).parent.mkdir(parents=True)
    monkeypatch.chdir(root)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(POST)
        assert "cannot be read" in unreadable(bounded, root)


@pytest.mark.parametrize("path", ["/dev/null", "/dev/zero", "/proc/self/mem"])
def test_devices(bounded, path):
    if not os.path.exists(path):
        pytest.skip(f"no {path} here")
    ran = bounded("check", "--output-format", "json", path)
    assert ran.found == [("file-unreadable", 1, 1)]


REFERENCES = ["../../../../secret.png", "../../../../../../../../etc/passwd", "/../../secret.png", "/../secret.png"]
REFERENCES += [
    "/out/secret.png",
    "..%2F..%2F..%2F..%2Fsecret.png",
    "/out.png",
    "file:///etc/passwd",
    "/%2e%2e/secret.png",
]


def test_a_reference_never_leads_out_of_the_site(bounded, write, tmp_path):
    write({"secret.png": "", "outside/secret.png": ""})
    posts = {
        f"src/content/blog/{number}.md": f"---\ntitle: A\nimage: {reference}\n---\n"
        f"![a]({reference}) <img src='{reference}' alt='a'>\n"
        for number, reference in enumerate(REFERENCES)
    }
    root = write({**BARE_ASTRO, **posts}, tmp_path / "site")
    (root / "public/out").symlink_to(tmp_path / "outside")
    (root / "public/out.png").symlink_to(tmp_path / "secret.png")
    ran = bounded("inspect", "--output-format", "jsonl", cwd=root)
    images = [image for line in ran.out.splitlines() for image in json.loads(line)["images"]]
    assert len(images) > 2 * len(REFERENCES)
    assert {image["status"] for image in images} <= {"missing", "unknown", "external"}
    assert not any(image["file"] for image in images)


@pytest.mark.skipif(sys.platform != "linux", reason="paths and devices as on Linux")
def test_nothing_outside_the_site_is_asked_for(astro, tmp_path):
    """Every path that is looked at goes through functions that are replaced here."""
    references = "".join(f"![a]({reference})\n\n" for reference in REFERENCES)
    root = astro({POST: f"---\ntitle: A\ncoverImage: {REFERENCES[0]}\n---\n{references}"})
    script = (
        "import os, sys\n"
        "seen = []\n"
        "def watch(name):\n"
        "    real = getattr(os, name)\n"
        "    def watched(path, *a, **k):\n"
        "        seen.append(os.fsdecode(path) if not isinstance(path, int) else '')\n"
        "        return real(path, *a, **k)\n"
        "    setattr(os, name, watched)\n"
        "from postlint.cli import main\n"
        "for name in ('stat', 'lstat', 'open', 'scandir', 'readlink'): watch(name)\n"
        "main(['check', '--quiet', '--output-file', os.devnull])\n"
        "print(chr(10).join(p for p in seen if 'secret' in p or 'passwd' in p))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=30 * _PATIENCE,
    )
    assert (done.stdout.strip(), done.stderr) == ("", "")


NAMES = [
    "new\nline.md",
    "quo'te\".md",
    b"\xff\xfe.md",
    "two  words.md",
    "-dash.md",
    "--fix.md",
    "\x1b[31mred.md",
    "ü🚀.md",
]
NAMES += ["a\tb.md", "\u202eevil.md", "%s{0}.md", "con\r.md", "*.md", "[a].md"]


@pytest.fixture
def named(astro):
    """A folder with a damaged post under each odd name that the file system takes; answers site, folder and names."""
    root = astro({})
    folder = os.fsencode(root / "src/content/blog")
    os.makedirs(folder)
    taken = []
    for name in map(os.fsencode, NAMES):
        try:
            with open(os.path.join(folder, name), "wb") as file:
                file.write(DAMAGED.encode())
            taken.append(name)
        except OSError:
            continue
    return root, folder, taken


def test_odd_file_names(bounded, named):
    root, folder, names = named
    ran = bounded("check", "--select", "mojibake", "--quiet", cwd=root)
    assert ran.status == 1
    lines = ran.out.splitlines()
    assert len(lines) == len(names), "one finding, one line"
    assert all(line.isprintable() for line in lines)
    assert all(":6:5: error[mojibake]" in line for line in lines)

    ran = bounded("check", "--select", "mojibake", "--output-format", "json", cwd=root)
    shown = [os.fsencode(d["path"]) for d in ran.report["diagnostics"]]
    assert sorted(shown) == sorted(b"src/content/blog/" + name for name in names)

    plain = [name for name in names if not name.startswith(b"-")]
    ran = bounded("check", "--select", "mojibake", "--quiet", *plain, cwd=os.fsdecode(folder))
    assert ran.out.count("error[mojibake]") == len(plain)

    assert bounded("check", "--select", "mojibake", "--fix", "--", *names, cwd=os.fsdecode(folder)).status == 0
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            assert file.read().decode() == DAMAGED.replace("â€”", "—")


def test_a_diff_of_odd_file_names(bounded, named):
    root, folder, names = named
    diff = bounded("check", "--diff", cwd=root).raw
    subprocess.run(["git", "apply", "-"], cwd=root, input=diff, env=environment(root), check=True, timeout=180)
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            assert file.read().decode() == DAMAGED.replace("â€”", "—")


def test_odd_file_names_in_messages(bounded):
    ran = bounded("check", "no\x1b[31m\nsuch.md")
    assert ran.status == 2
    assert "\x1b" not in ran.err


BLANKS = " " * 20_000


@pytest.mark.parametrize(
    ("framework", "path", "text"),
    [
        ("eleventy", "posts/a.md", f"---\npermalink: '/{{{{{BLANKS}x'\n---\n"),
        ("jekyll", "_posts/2024-01-02-a.md", f"---\ntitle: A\n---\n[a]({{{{{BLANKS}x) {{% link{BLANKS}x\n"),
        ("hexo", "source/_posts/a.md", f"---\ntitle: A\n---\n{BLANKS}x\n~~~{BLANKS}x\n{{% a %}}\n"),
    ],
    ids=["eleventy", "jekyll", "hexo"],
)
def test_thousands_of_blanks_take_linear_time(framework, path, text):
    library.check_documents([(path, text.encode())], library.Config(framework=framework))


@given(st.binary(max_size=400))
def test_any_bytes(data):
    report = library.check_documents([("post.md", data), ("post.mdx", data)])
    assert not [d.message for d in report.diagnostics if d.rule_failed]


PIECES = [
    "---\n",
    "+++\n",
    "title: ",
    "tags: [",
    "- a\n",
    "&a ",
    "*a",
    "? ",
    ": ",
    "{",
    "}",
    "]",
    "'",
    '"',
    "!",
    "|\n",
    ">-\n",
]
PIECES += [
    "2024-02-30",
    "\t",
    "\r\n",
    "\r",
    "\x00",
    "\ufeff",
    "\u2028",
    "\ud800",
    "🚀",
    "â€”",
    "Ã©",
    "![a](",
    "<img src=",
    "```\n",
]
PIECES += [
    ")",
    "<!--",
    "-->",
    "{/*",
    "import a from 'b'\n",
    "<<: *a\n",
    "%YAML 1.1\n",
    "# c\n",
    "\n",
    " ",
    "[[a]]\n",
    "a.b = 1\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["---\n", "+++\n", "{\n", ""]))
def test_any_mixture(pieces, start):
    data = (start + "".join(pieces)).encode("utf-8", "surrogatepass")
    for framework in ("astro", "none"):
        config = library.Config(framework=framework)
        library.check_documents([("src/content/blog/a.md", data), ("src/content/blog/b.mdx", data)], config)
        text = data.decode(errors="surrogateescape")
        library.fix_text(text, "src/content/blog/a.mdx", config, unsafe=True)
