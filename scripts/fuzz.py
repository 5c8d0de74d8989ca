"""Fuzzes the readers of postlint, guided by the coverage of their code.

usage: python scripts/fuzz.py [--seconds N] [--work FOLDER] [TARGET…]

It needs atheris (`uv pip install atheris`; wheels for Linux). Each target gets bytes that anybody may have written: a post,
a setting of a site, a schema, a cache. It fails on any exception but `PostlintError`, on a rule that fails, and on input
that takes longer than five seconds. What it learns and the input of a failure are kept in FOLDER (`.fuzz`), one folder
for each target. Then a table is printed, and the exit status is 1 if any target failed.

An input that makes other software crash is not added to a test.
"""

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from pkgutil import walk_packages

_LONGEST = 4096
_DONE = re.compile(r"Done (\d+) runs in (\d+) second")
_COVERED = re.compile(r"cov: (\d+) ft: \d+ corp: (\d+)")
_FAILED = re.compile(r"^(?: ?=== Uncaught Python exception: ===\n(.*)|==\d+== ?ERROR: (.*))$", re.MULTILINE)

Target = Callable[[bytes], None]
TARGETS: dict[str, tuple[Target, list[str]]] = {}


def target(*seeds: str) -> Callable[[Target], Target]:
    """Make a function the target of its name, with `seeds` to begin with."""

    def add(function: Target) -> Target:
        TARGETS[function.__name__.removeprefix("fuzz_").replace("_", "-")] = function, [*seeds]
        return function

    return add


def _text(data: bytes) -> str:
    from postlint.text import Text

    return Text.from_bytes(data).readable


def _check(framework: str, posts: dict[str, bytes], files: dict[str, bytes] | None = None, *select: str) -> None:
    import postlint

    config = postlint.Config(framework=framework, select=select or None, preview=True)
    report = postlint.check_documents(posts.items(), config, files=files)
    for found in report.diagnostics:
        assert not found.rule_failed, found.message
        text = posts[found.path].decode(errors="surrogateescape") if found.path in posts else None
        assert text is None or found.start.offset <= found.end.offset <= len(text), found


def _front_matter(text: str) -> None:
    from postlint import front_matter
    from postlint.front_matter import dialects, gray_matter

    for dialect in (dialects.PLAIN, dialects.ASTRO, dialects.HUGO, gray_matter.dialect("js-yaml-3")):
        found = front_matter.read(text, dialect)
        for node in found.root.walk(keys=True):
            assert 0 <= node.span.start <= node.span.end <= len(text), node
        front_matter.to_data(found.root)


@target(
    "title: A post\ntags: [a, 'b']\n", "a: &x\n  - |\n    text\n  - *x\n", "? a\n: {b: c}\nd: >-\n  e\n", "<<: {a: 1}\n"
)
def fuzz_yaml(data: bytes) -> None:
    _front_matter(f"---\n{_text(data)}\n---\nText\n")


@target('title = "A"\n[a.b]\nc = [1, 2.5]\n', "d = 2024-01-02T03:04:05Z\n[[e]]\nf = {g = '''h'''}\n")
def fuzz_toml(data: bytes) -> None:
    _front_matter(f"+++\n{_text(data)}\n+++\nText\n")


@target('"title": "A", "b": [1, 2.5e3, null]\n', '"c": {"d": "\\u00e9"}\n')
def fuzz_json(data: bytes) -> None:
    _front_matter(f"{{\n{_text(data)}\n}}\nText\n")


@target(
    "import { a } from './b'\nexport default defineConfig({ base: `/x/${a}`, list: [1, ...c], f: (x) => ({ y: x }) })\n",
    "const a = { b: 1 }\nmodule.exports = function (c) { c.d('e'); return { ...a } }\n",
)
def fuzz_javascript(data: bytes) -> None:
    from postlint.javascript.literals import parse_module, parse_value

    _ = parse_module(_text(data)).config
    parse_value(_text(data))


_ZOD = "import { defineCollection, z } from 'astro:content'\nimport { glob } from 'astro/loaders'\n"


@target(
    "title: z.string().max(60), date: z.coerce.date(), tags: z.array(z.enum(['a'])).default([])",
    "a: z.union([z.literal('b'), z.number().int()]).optional(), c: z.record(z.string(), z.any()), d: z.object({}).strict()",
    "e: z.string().regex(/^x+$/i).transform((v) => v), f: z.discriminatedUnion('g', [z.object({ g: z.literal(1) })])",
)
def fuzz_zod(data: bytes) -> None:
    loader = f"{_ZOD}const blog = defineCollection({{ loader: glob({{ pattern: '**/*.md', base: './blog' }}), schema: "
    source = f"{loader}z.object({{{_text(data)}}}) }})\nexport const collections = {{ blog }}\n".encode(
        errors="replace"
    )
    files = {"astro.config.mjs": b"export default {}\n", "src/content.config.ts": source}
    post = b"---\ntitle: A\ndate: 2024-01-02\ntags: [a]\na: 1\nc: {}\nf: {g: 1}\n---\n"
    _check("astro", {"blog/a.md": post}, files)


_SETTINGS = {
    "astro": "astro.config.mjs",
    "docusaurus": "docusaurus.config.js",
    "eleventy": "eleventy.config.js",
    "gatsby": "gatsby-config.js",
    "hexo": "_config.yml",
    "hugo": "hugo.toml",
    "jekyll": "_config.yml",
    "mkdocs": "mkdocs.yml",
    "mystmd": "myst.yml",
    "next": "next.config.js",
    "nikola": "conf.py",
    "nuxt": "nuxt.config.ts",
    "obsidian": ".obsidian/types.json",
    "pelican": "pelicanconf.py",
    "quarto": "_quarto.yml",
    "quartz": "quartz.config.ts",
    "sveltekit": "svelte.config.js",
    "vitepress": ".vitepress/config.ts",
    "vuepress": ".vuepress/config.js",
    "zola": "config.toml",
}


@target(
    "\x00export default { site: 'https://a.example/b/', base: '/b', trailingSlash: 'never', i18n: { locales: ['en'] } }",
    "\x01module.exports = { url: 'https://a.example', baseUrl: '/', presets: [['classic', { docs: { path: 'x' } }]] }",
    "\x04permalink: :year/:title/\nurl: https://a.example\n",
    "\x05baseURL = 'https://a.example/'\n[permalinks]\nposts = '/:slug/'\n[[module.mounts]]\nsource = 'a'\ntarget = 'b'\n",
    "\x06permalink: /:categories/:title.html\ncollections: {a: {output: true}}\ndefaults: [{scope: {}, values: {a: b}}]",
    "\x07site_name: A\nplugins: [blog, {search: {lang: en}}]\nnav: [{A: a.md}]\n",
    '\x0c{"types": {"title": "number", "date": "date", "tags": "tags"}}',
    "\x0dSITEURL = 'https://a.example'\nARTICLE_URL = '{slug}.html'\nSTATIC_PATHS = ['images']\n",
)
def fuzz_settings(data: bytes) -> None:
    if data:
        framework = list(_SETTINGS)[data[0] % len(_SETTINGS)]
        post = b"---\ntitle: A\ndate: 2024-01-02\n---\n\n[a](../b/) ![c](/d.png)\n"
        posts = dict.fromkeys(("a.md", "docs/a.md", "content/a.md", "_posts/2024-01-02-a.md", "posts/b.md"), post)
        _check(framework, posts, {_SETTINGS[framework]: data[1:]})


def _posts(*kinds: tuple[str, str], rules: tuple[str, ...] = ()) -> Target:
    def run(data: bytes) -> None:
        for framework, path in kinds:
            _check(framework, {path: b"---\ntitle: A\n---\n\n" + data}, None, *rules)

    return run


@target(
    "{% if a %}{{ b | c: 'd' }}{% endif %}",
    "{% raw %}{{ x }}{% endraw %}{%- comment -%}{% endcomment %}",
    "{% for a in (1..2) %}",
)
def fuzz_liquid(data: bytes) -> None:
    _posts(("jekyll", "_posts/2024-01-02-a.md"), ("eleventy", "a.md"), rules=("template-syntax",))(data)


@target('{{< figure src="a.png" >}}{{% x %}}b{{% /x %}}', "{{ y(a=1, b='c') }}{% z() %}d{% end %}", "{{</* a */>}}")
def fuzz_shortcodes(data: bytes) -> None:
    _posts(("hugo", "content/a.md"), ("zola", "content/a.md"), rules=("template-syntax",))(data)


@target("{% codeblock a %}b{% endcodeblock %}{{ c.d(1)[2] if e else 'f' }}", "{# a #}{% set b = {c: [1]} %}")
def fuzz_nunjucks(data: bytes) -> None:
    _posts(("hexo", "source/_posts/a.md"), rules=("template-syntax",))(data)


@target(
    "import A from './a'\n\n<A b={c} {...d}>*e*</A>\n\n{/* f */}\n", "export const a = `${b}`\n\n- <br/>\n> {c => d}\n"
)
def fuzz_mdx(data: bytes) -> None:
    _posts(("docusaurus", "docs/a.mdx"), ("astro", "src/content/blog/a.mdx"))(data)


@target(
    "<script>let a</script>\n\n{#if a}{@html b}{:else}<C {d} on:e={() => f} />{/if}\n",
    "{#each a as b (c)}{/each}{#snippet d()}{/snippet}",
)
def fuzz_svelte(data: bytes) -> None:
    _posts(("sveltekit", "src/routes/a/+page.svx"))(data)


@target(
    '<A v-if="b" :c="d" @e="f">{{ g | h }}</A>\n\n::: tip\n<i>\n:::\n',
    "<script setup>\n</script>\n\n<b #c></b>{{ d }}\n",
)
def fuzz_vue(data: bytes) -> None:
    _posts(("vitepress", "a.md"), rules=("vue-syntax",))(data)


@target(
    "<img src=a.png srcset=\"b 1x, c 2x\" alt>\n\n<a href='d' id=e>f</a><!-- g --><pre><code>",
    "<picture><source srcset=a></picture>&amp;&#8217;",
)
def fuzz_html(data: bytes) -> None:
    _posts(("none", "a.md"), ("pelican", "content/a.html"))(data)


@target(
    "[a](b \"c\") ![d][e] `f` **g**\n\n[e]: <h> 'i'\n\n# j {#k}\n\n[^l]: m\n",
    "- a\n  > b\n\n```c\nd\n```\n|e|\n|-|\n$$f$$\n",
)
def fuzz_markdown(data: bytes) -> None:
    _posts(("none", "a.md"), ("hugo", "content/a.md"))(data)


@target(
    "<!-- postlint-disable-next-line mojibake: why -->\nâ€”\n",
    "<!-- postlint-disable -->\n<!-- postlint-enable image -->\n{/* postlint-disable-line */}\n",
)
def fuzz_suppressions(data: bytes) -> None:
    from postlint.checking import run
    from postlint.checking.repairs import Changes
    from postlint.projects.project import in_memory

    for path in ("a.md", "a.mdx"):
        _posts(("none", path))(data)
        work = run.Work(in_memory(None, [path], {}), [path], {path: data}, None, complete=True)
        run.run([work], changes=Changes(suppress="why"))


@target("It â€™s, caf\u00c3\u00a9, Ã¢â‚¬â„¢, Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "ï¿½ &Atilde;&copy; \ufffd ÐŸÑ€ 縺�縺")
def fuzz_mojibake(data: bytes) -> None:
    from postlint.mojibake import explain, find_mojibake, in_escapes

    text = _text(data)
    for found in (*find_mojibake(text), *in_escapes(text)):
        assert text[found.start : found.end] == found.text, found
        assert "\n" not in explain(found)


@target("a.md\x00b/c.md\x00b/d/e\x00b-f\x00b0")
def fuzz_git(data: bytes) -> None:
    """Git says what a tree holds; the paths are whatever somebody committed."""
    from postlint.files import git

    paths = sorted({path for path in data.split(b"\0") if all(path.split(b"/"))})
    # A path is not a folder at the same time.
    paths = [path for path in paths if not any(other.startswith(path + b"/") for other in paths)]
    tree = git.Tree("", True, "HEAD")
    modes = (b"100644", git.LINK, git.SUBMODULE)
    tree.__dict__["_lines"] = [modes[len(path) % 3] + b" blob 0123\t" + path for path in paths]
    for path in paths:
        folder, _, name = path.rpartition(b"/")
        assert name in tree.names(folder)
        entry = tree.entry(path)
        assert entry is not None
        assert entry.blob == "0123"
    assert len(tree.links) + len(tree.submodules) <= len(paths)


@cache
def _folder() -> str:
    return tempfile.mkdtemp(prefix="postlint-fuzz-")


@target('"a.md"\t1-2\tblob\t["a.md",null,{}]\tnull\t[[],"H",[]]', '?\t\t\t{"0 is_file a": "true"}')
def fuzz_cache(data: bytes) -> None:
    """Reading never fails. What was read is a checked post, or an error that makes the run go without the cache."""
    from postlint.checking import cache, transport

    lines = [cache._sum(line) + b"\t" + line for line in data.split(b"\n")]
    path = os.path.join(_folder(), "a.txt")
    Path(path).write_bytes(b"\n".join([cache._HEAD, *lines]))
    kept = cache.Cache(_folder(), "a.txt", [])
    for line in data.split(b"\n"):
        with suppress(Exception):
            text = kept.text("a.md", state="1-2") or line.decode()
            outcome = transport.decode(text)
            _ = outcome.facts and outcome.facts.seen_by_others


@target('{"states": "", "existing": {}, "absent": [], "names": [], "links": {}, "until": null}\n[]\n[]\n[]')
def fuzz_stored_report(data: bytes) -> None:
    from postlint.checking import stored_report

    path = os.path.join(_folder(), "a.report")
    Path(path).write_bytes(b"\n".join((stored_report._HEAD, stored_report._sum(data), data)))
    stored_report.find("a.report", [_folder()])


@target('{"version": 1, "findings": [\n["a.md", "mojibake", "x", "y"],\nnull]}\n')
def fuzz_baseline(data: bytes) -> None:
    from postlint.reporting import baseline

    path = os.path.join(_folder(), "baseline.json")
    Path(path).write_bytes(data)
    baseline.read(path)


@target("**/*.{md,mdx}", "a/[!b-d]?/+(e|f)/**", "\\*{a,{b,c}}@(d)")
def fuzz_globs(data: bytes) -> None:
    from postlint.files.globs import fixed_folder, matches

    pattern = _text(data)
    for path in ("a/b/c.md", "a" * 200, "a/" * 100, pattern):
        matches(path, (pattern,))
    fixed_folder(pattern)


@target("node_modules/\n*.log\n!keep.log\n/a/**/b\n\\#c\n[d-f]?\n")
def fuzz_gitignore(data: bytes) -> None:
    from postlint.files.files import Files
    from postlint.files.gitignore import Ignore

    Path(_folder(), ".gitignore").write_bytes(data)
    ignore = Ignore(Files(_folder()), _folder())
    for name in ("a", "keep.log", "b.md"):
        ignore.holds(os.path.join(_folder(), name))


@target(
    '{"type": "object", "properties": {"title": {"type": "string", "maxLength": 9, "pattern": "^a"}}, "required": ["b"]}',
    '{"$defs": {"a": {"anyOf": [{"const": 1}, {"$ref": "#/$defs/b"}]}, "b": {"enum": [2]}}, "$ref": "#/$defs/a"}',
    '{"if": {"required": ["a"]}, "then": {"not": {}}, "additionalProperties": false, "items": {"format": "date"}}',
)
def fuzz_schema(data: bytes) -> None:
    from postlint.files.files import MemoryFiles
    from postlint.schema import load_json

    schema = load_json("s.json", MemoryFiles({"s.json": data}))
    for value in ({"title": "A post", "tags": ["a"], "a": 1}, {}, {"b": {"c": [None, 2.5]}}):
        for violation in schema.violations(value):
            assert violation.message


@target(
    'framework = "hugo"\nselect = ["image"]\n[severity]\ndate-future = "error"\n[rules.title-length]\nmax = 5\n',
    '[[collections]]\nname = "a"\ninclude = ["b/**"]\n[[per-path]]\npaths = ["c"]\nignore = ["d"]\n[format]\nwrap = 80\n',
)
def fuzz_config(data: bytes) -> None:
    from postlint.files.files import MemoryFiles
    from postlint.projects import config

    config.find(MemoryFiles({"postlint.toml": data}), is_trusted=False)
    config.find(MemoryFiles({"pyproject.toml": b"[tool.postlint]\n" + data}), is_trusted=False)


@target(
    "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x02",
    "RIFF\x00\x00\x00\x00WEBPVP8X",
    "<svg width='1'>",
    "\x00\x00\x00\x18ftypavif",
)
def fuzz_image(data: bytes) -> None:
    from postlint.files import image_header

    for beginning in (b"", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x18ftypmif1"):
        image_header.read(beginning + data)


def _child(name: str, arguments: list[str]) -> None:
    """Fuzz one target until libFuzzer ends this process."""
    import atheris

    with atheris.instrument_imports(include=["postlint"], enable_loader_override=False):
        import postlint

        for module in walk_packages(postlint.__path__, "postlint."):
            if not module.name.startswith(("postlint.lsp", "postlint.cli", "postlint.__main__")):
                __import__(module.name)
    from postlint.errors import PostlintError

    function = TARGETS[name][0]

    def run(data: bytes) -> None:
        with suppress(PostlintError):
            function(data)

    atheris.Setup([sys.argv[0], *arguments], run)
    atheris.Fuzz()


def _used() -> float:
    """The processor time of ended children, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _fuzz(name: str, seconds: int, work: Path) -> Iterator[str]:
    """The cells of the table's row for a target. The last one is empty if it did not fail."""
    corpus = work / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS[name][1]):
        seed_bytes = seed.encode("latin-1") if name == "image" else seed.encode()
        (corpus / f"seed-{number}").write_bytes(seed_bytes)
    limits = [f"-max_total_time={seconds}", f"-max_len={_LONGEST}", "-timeout=5", "-rss_limit_mb=2048", "-verbosity=1"]
    command = [sys.executable, __file__, "--child", name, *limits, f"-artifact_prefix={work / name}-", str(corpus)]
    before = _used()
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    (work / f"{name}.log").write_text(done.stdout + done.stderr, "utf-8")
    runs, covered = _DONE.search(done.stderr), _COVERED.findall(done.stderr)
    yield name
    yield runs[1] if runs else "?"
    yield str(round(_used() - before))
    yield covered[-1][0] if covered else "?"
    said = _FAILED.search(done.stdout + done.stderr)
    yield "" if done.returncode == 0 else next(filter(None, said.groups()), "") if said else f"status {done.returncode}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all if none is named")
    parser.add_argument("--seconds", type=int, default=60, help="how long each target is fuzzed (60)")
    parser.add_argument("--work", type=Path, default=Path(".fuzz"), help="where inputs are kept (.fuzz)")
    options = parser.parse_args()
    print("| target | inputs | processor seconds | coverage | failure |\n|---|---:|---:|---:|---|")
    failed = False
    for name in options.targets or TARGETS:
        *cells, failure = _fuzz(name, options.seconds, options.work)
        failed |= bool(failure)
        print(f"| {' | '.join(cells)} | {failure} |", flush=True)
    return int(failed)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _child(sys.argv[2], sys.argv[3:])
    sys.exit(main())
