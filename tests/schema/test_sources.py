"""What content tools declare: where it is read, what it says in messages, and that no configuration can do harm."""

import json
import random
import re

import pytest
from conftest import ROOT

from postlint.errors import PostlintError
from postlint.files.files import MemoryFiles
from postlint.schema import load, sources

TOOLS = (
    *("cloudcannon", "content-collections", "contentlayer", "decap", "front-matter-cms", "keystatic"),
    *("pages-cms", "tina", "velite"),
)
DECAP = """backend: {name: git-gateway}
media_folder: static/img
collections:
  - name: posts
    label: Posts
    folder: content/posts
    fields:
      - {name: title, widget: string}
      - {name: summary, widget: text}
      - {name: cover, widget: image, required: false}
"""
VELITE = """import { defineConfig, s } from 'velite';
import { kinds } from './lib/kinds';
const posts = {
  name: 'Post',
  pattern: 'posts/**/*.md',
  schema: s.object({
    title: s.string().max(10),
    kind: s.enum(kinds),
    date: s.isodate().optional(),
  }),
};
export default defineConfig({ collections: { posts } });
"""


def sites(tool):
    with (ROOT / "tests" / "vectors" / f"{tool}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["files"]


def memory(files):
    return MemoryFiles({name: text.encode() for name, text in files.items() if isinstance(text, str)})


def site(tmp_path, files):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def found(main, root, *args):
    ran = main("check", "--output-format", "json", "--no-cache", *args, cwd=root)
    return [(d["path"], d["rule"], d["severity"], d["field"], d["message"]) for d in json.loads(ran.out)["diagnostics"]]


def test_a_message_cites_the_line_of_the_configuration(tmp_path, main):
    root = site(tmp_path, {"static/admin/config.yml": DECAP, "content/posts/a.md": "---\ntitle: A\n---\n"})
    message = (
        "`summary` is missing; Decap CMS requires it; the editor does not save the post (static/admin/config.yml:9)"
    )
    assert found(main, root) == [("content/posts/a.md", "schema-missing-field", "warning", "summary", message)]


def test_a_rule_for_a_key_at_any_depth_is_cited_where_it_is_written(tmp_path, main):
    config = (
        "collections_config:\n  posts:\n    path: content/posts\n"
        "_inputs:\n  title:\n    type: text\n    options:\n      max_length: 3\n"
    )
    post = "---\ntitle: Long\nseo:\n  - {title: Longer}\n---\nText.\n"
    root = site(tmp_path, {"cloudcannon.config.yml": config, "content/posts/a.md": post})
    told = [(field, message.endswith(" (cloudcannon.config.yml:5)")) for *_, field, message in found(main, root)]
    assert told == [("title", True), ("seo[0].title", True)]


def test_what_many_posts_lack_is_one_finding(tmp_path, main):
    posts = {f"content/posts/{n}.md": f"---\ntitle: A{n}\n---\n" for n in range(6)}
    posts |= {f"content/posts/{n}.md": f"---\ntitle: A{n}\nsummary: B\n---\n" for n in range(6, 12)}
    root = site(tmp_path, {"static/admin/config.yml": DECAP, **posts})
    [(path, rule, severity, field, message)] = found(main, root)
    assert (path, rule, severity, field) == ("static/admin/config.yml", "schema-missing-field", "warning", "summary")
    assert message.startswith("6 of 12 posts disagree with this line: `summary` is missing")


def test_what_a_few_of_many_posts_lack_is_reported_for_each(tmp_path, main):
    posts = {f"content/posts/{n}.md": f"---\ntitle: A{n}\nsummary: B\n---\n" for n in range(12)}
    root = site(tmp_path, {"static/admin/config.yml": DECAP, **posts, "content/posts/0.md": "---\ntitle: A\n---\n"})
    assert [each[:2] for each in found(main, root)] == [("content/posts/0.md", "schema-missing-field")]


def test_a_value_that_many_of_its_posts_have_is_one_finding(tmp_path, main):
    fields = [{"name": "place", "type": "number"}, {"name": "title", "type": "string"}]
    settings = {
        "frontMatter.content.pageFolders": [{"path": "[[workspace]]/posts", "contentTypes": ["default"]}],
        "frontMatter.taxonomy.contentTypes": [{"name": "default", "fields": fields}],
    }
    posts = {f"posts/{n}.md": f"---\ntitle: A{n}\n---\n" for n in range(60)}
    posts |= {f"posts/{n}.md": f"---\ntitle: A{n}\nplace: {n}%\n---\n" for n in range(11)}
    [(path, rule, _, field, message)] = found(
        main, site(tmp_path, {"frontmatter.json": json.dumps(settings, indent=1), **posts})
    )
    assert (path, rule, field) == ("frontmatter.json", "schema-invalid-value", "place")
    assert message.startswith("11 of 11 posts with `place` disagree with this line: `place` must be a number")


def test_what_the_sites_own_schema_says_too_is_said_once(tmp_path, main):
    code = "import { defineCollection, z } from 'astro:content';\nconst blog = defineCollection({ schema: z.object({\n"
    code += "  title: z.string(), summary: z.string() }) });\nexport const collections = { blog };\n"
    files = {"astro.config.mjs": "", "src/content/config.ts": code, "src/content/blog/a.md": "---\ntitle: A\n---\n"}
    files["public/admin/config.yml"] = DECAP.replace("content/posts", "src/content/blog")
    root = site(tmp_path, files)
    assert [each[1:4] for each in found(main, root)] == [("schema-missing-field", "error", "summary")]


def test_keys_that_cloudcannon_once_had(tmp_path, main):
    config = "collections_config:\n  posts:\n    path: posts\n    output: true\n    text_key: title\n    pathh: x\n"
    root = site(tmp_path, {"cloudcannon.config.yml": config, "posts/a.md": "---\ntitle: A\n---\n"})
    assert [each[4].split("`")[1] for each in found(main, root)] == ["pathh"]


def test_a_word_for_no_image(tmp_path, main):
    config = DECAP.replace("required: false", 'media_folder: "", public_folder: ""')
    images = {"a": "none", "b": "b.png"}
    posts = {f"content/posts/{n}/index.md": f"---\ntitle: {n}\nsummary: S\ncover: {images[n]}\n---\n" for n in images}
    config = config.replace("fields:", "path: '{{slug}}/index'\n    fields:")
    root = site(tmp_path, {"hugo.toml": "", "static/admin/config.yml": config, **posts})
    assert [each[:2] for each in found(main, root)] == [("content/posts/b/index.md", "image-missing")]


def test_a_field_that_names_the_file_is_not_in_the_post(tmp_path, main):
    config = DECAP.replace("name: summary, widget: text", "name: summary, widget: string, meta: true")
    assert not found(
        main, site(tmp_path, {"static/admin/config.yml": config, "content/posts/a.md": "---\ntitle: A\n---\n"})
    )


def test_the_users_own_schema_wins(tmp_path, main):
    settings = '[[collections]]\nname = "posts"\ninclude = ["content/posts/*.md"]\nschema = "post.json"\n'
    files = {"postlint.toml": settings, "post.json": '{"required": ["own"]}', "static/admin/config.yml": DECAP}
    root = site(tmp_path, {**files, "content/posts/a.md": "---\ntitle: A\n---\n"})
    assert [each[3] for each in found(main, root)] == ["own"]


def test_a_layer_in_code_is_followed_through_imports(tmp_path, main):
    files = {"velite.config.ts": VELITE, "lib/kinds.ts": "export const kinds = ['note', 'essay'] as const;\n"}
    post = "---\ntitle: A title that is long\nkind: notes\ndate: soon\n---\nText.\n"
    root = site(tmp_path, {**files, "content/posts/a.md": post})
    assert [(severity, field) for _, _, severity, field, _ in found(main, root)] == [
        ("warning", "title"),
        ("error", "kind"),
        ("error", "date"),
    ]
    assert all("(velite.config.ts:" in message for *_, message in found(main, root))


def test_a_dropped_post_is_not_published(tmp_path, main):
    post = "---\ntitle: A\nkind: none\n---\nText.\n"
    files = {"velite.config.ts": VELITE, "lib/kinds.ts": "export const kinds = ['note'];\n"}
    out = main("inspect", "--output-format", "jsonl", cwd=site(tmp_path, {**files, "content/posts/a.md": post})).out
    assert json.loads(out)["published"] is False


def test_config_and_schema_say_which_declaration_holds(tmp_path, main):
    root = site(tmp_path, {"static/admin/config.yml": DECAP, "content/posts/a.md": "---\ntitle: A\n---\n"})
    shown = main("config", "--path", "content/posts/a.md", cwd=root).out
    assert "static/admin/config.yml:4 (posts)  (Decap CMS)" in shown
    described = json.loads(main("schema", "--path", "content/posts/a.md", cwd=root).out)
    assert described["required"] == ["title", "summary"]


def test_init_takes_over_the_schemas_of_other_linters(tmp_path, main):
    remark = {
        "plugins": [["remark-lint-frontmatter-schema", {"schemas": {"./a.json": ["./posts/**/*.md"], "./b.toml": []}}]]
    }
    hooks = (
        "repos:\n- repo: https://github.com/python-jsonschema/check-jsonschema\n  hooks:\n  - id: check-jsonschema\n"
        "    files: ^notes/.*\\.md$\n    args: [--schemafile, notes.schema.json]\n"
    )
    files = {".remarkrc.json": json.dumps(remark), ".pre-commit-config.yaml": hooks}
    files |= {"a.json": "{}", "notes.schema.json": "{}", "posts/a.md": "---\ntitle: A\n---\n"}
    ran = main("init", cwd=site(tmp_path, files))
    written = (tmp_path / "postlint.toml").read_text("utf-8")
    assert 'name = "a"\ninclude = ["posts/**/*.md"]\nschema = "a.json"' in written
    assert 'name = "notes"\ninclude = ["notes/**/*.md"]\nschema = "notes.schema.json"' in written
    assert "Not taken over: .remarkrc.json: `./b.toml` is neither JSON nor YAML" in ran.out


def test_init_says_that_posts_name_their_schemas_themselves(tmp_path, main):
    files = {".remarkrc.yml": "plugins: [remark-frontmatter, remark-lint-frontmatter-schema]\n"}
    ran = main("init", cwd=site(tmp_path, {**files, "content/a.md": "---\ntitle: A\n---\n"}))
    assert "Not taken over: .remarkrc.yml: it states no schema" in ran.out


def test_init_takes_over_schemas_in_yaml_and_scripts(tmp_path, main):
    remark = "import schema from 'remark-lint-frontmatter-schema';\nexport default { plugins: [[schema, ['error', {\n"
    remark += "  embed: JSON.parse('{}'),\n"
    remark += "  schemas: { './content/work.schema.yaml': ['./content/**/*.{md,mdx}'],\n"
    remark += "    './x/*.md': ['https://e.org/x.json'] },\n"
    remark += "}]]] };\n"
    scripts = {"lint": "eslint . && check-jsonschema --schemafile=notes.schema.json 'notes/**/*.md'", "test": "x"}
    files = {".remarkrc.mjs": remark, "package.json": json.dumps({"scripts": scripts})}
    files |= {"content/work.schema.yaml": "required: [author]\n", "notes.schema.json": "{}"}
    files |= {"content/a.md": "---\ntitle: A\n---\n", "notes/b.md": "---\ntitle: B\n---\n"}
    root = site(tmp_path, files)
    ran = main("init", cwd=root)
    written = (tmp_path / "postlint.toml").read_text("utf-8")
    assert 'name = "work"\ninclude = ["content/**/*.{md,mdx}"]\nschema = "content/work.schema.yaml"' in written
    assert 'name = "notes"\ninclude = ["notes/**/*.md"]\nschema = "notes.schema.json"' in written
    assert "Not taken over: .remarkrc.mjs: the schema in `embed` is code" in ran.out
    assert "Not taken over: .remarkrc.mjs: postlint fetches no schemas" in ran.out
    assert [each[:4] for each in found(main, root)] == [("content/a.md", "schema-missing-field", "error", "author")]


@pytest.mark.parametrize("tool", TOOLS)
def test_no_configuration_raises(tool):
    """Parts of the configuration are cut out, doubled, or replaced by others."""
    chance = random.Random(tool)
    for number, files in enumerate(sites(tool)):
        for _ in range(2):
            broken = dict(files)
            for name, text in files.items():
                if isinstance(text, str) and not name.endswith((".md", ".mdx")) and len(text) > 20:
                    broken[name] = spoilt(text, chance)
            for source in sources.read(memory(broken)):
                for kept in source.kept:
                    try:
                        described = load(kept.schema, ".").json_schema() if kept.schema else {}
                    except PostlintError:
                        continue
                    assert json.dumps(described), number


def spoilt(text, chance):
    values = list(re.finditer(r"(?<=[:] )[\w./'\"-]+", text))
    if values and chance.random() < 0.5:
        value = chance.choice(values)
        return text[: value.start()] + chance.choice(["[a]", "{a: 1}", "null", "5", "true", "[]"]) + text[value.end() :]
    start = chance.randrange(len(text))
    end = min(len(text), start + chance.randrange(1, 40))
    instead = chance.choice(
        ["", "5", "null", "[]", "{}", "true", "a: b", text[start:end] * 2, "'", "- x", "...x", "()"]
    )
    return text[:start] + instead + text[end:]


# File of rows → the file that a finding in them cites.
DECLARED_IN = {
    "content-collections": "content-collections.ts",
    "contentlayer": "contentlayer.config.ts",
    "decap": "static/admin/config.yml",
    "front-matter-cms": "frontmatter.json",
    "fumadocs": "source.config.ts",
    "keystatic": "keystatic.config.ts",
    "nuxt-content": "content.config.ts",
    "pages-cms": ".pages.yml",
    "tina": "tina/config.ts",
    "velite": "velite.config.ts",
}


@pytest.mark.parametrize("tool", DECLARED_IN)
def test_config_schema_and_messages_name_the_place_of_each_declaration(tool, tmp_path, main):
    cited = re.compile(rf"\({re.escape(DECLARED_IN[tool])}:\d+(?: \([^()]*\))?\)$")
    for number, files in enumerate(sites(tool)):
        if DECLARED_IN[tool] not in files or not all(isinstance(text, str) for text in files.values()):
            continue
        root = site(tmp_path / str(number), files)
        told = [each for each in found(main, root) if each[1].startswith("schema-") and each[0] in files]
        if told:
            break
    path, *_, message = told[0]
    assert cited.search(message)
    shown = main("config", "--path", path, cwd=root).out
    assert re.search(rf"^(?:schema|also checked against) +{re.escape(DECLARED_IN[tool])}:\d+", shown, re.MULTILINE)
    assert json.loads(main("schema", "--path", path, cwd=root).out)["properties"]
    before = found(main, root)
    assert "applies, " + DECLARED_IN[tool] in main("init", cwd=root).out
    assert found(main, root) == before


NEXT = {"next.config.mjs": "export default {}\n", "app/blog/[slug]/page.tsx": "export default () => null\n"}
CONTENT_COLLECTIONS = """import { defineCollection, defineConfig } from '@content-collections/core';
import { z } from 'zod';
const posts = defineCollection({
  name: 'posts', directory: 'src/posts', include: '*.md',
  schema: z.object({
    title: z.string(),
    content: z.string(),
  }),
});
export default defineConfig({ content: [posts] });
"""
PAIRS = {
    "Velite in Next.js": (
        {"package.json": '{"dependencies": {"next": "16", "velite": "0.4"}}', "velite.config.ts": VELITE, **NEXT},
        {"lib/kinds.ts": "export const kinds = ['note'];\n"},
        "content/posts/a.md",
        "kind: other\ntitle: A\n",
        ("next", "posts", "`kind` must be `note`, not `other`; Velite leaves the post out (velite.config.ts:8)"),
    ),
    "Fumadocs in Next.js": (
        {"package.json": '{"dependencies": {"next": "16", "fumadocs-mdx": "15", "fumadocs-core": "16"}}', **NEXT},
        {
            "source.config.ts": "import { defineDocs } from 'fumadocs-mdx/config';\n"
            "export const docs = defineDocs({ dir: 'content/docs' });\n"
        },
        "content/docs/a.mdx",
        "description: B\n",
        (
            "fumadocs",
            "content/docs",
            "`title` is missing; Fumadocs requires it; the build stops (source.config.ts:2 (content/docs))",
        ),
    ),
    "content-collections in SvelteKit": (
        {"package.json": '{"dependencies": {"@sveltejs/kit": "2", "@content-collections/core": "0.15"}}'},
        {
            "svelte.config.js": "import { mdsvex } from 'mdsvex'\nexport default { preprocess: [mdsvex()] }\n",
            "content-collections.ts": CONTENT_COLLECTIONS,
        },
        "src/posts/a.md",
        "date: 2024-01-02\n",
        (
            "sveltekit",
            "posts",
            "`title` is missing; content-collections requires it; the build stops (content-collections.ts:6)",
        ),
    ),
    "Decap on Hugo": (
        {"hugo.toml": "baseURL = 'https://example.org/'\n"},
        {"static/admin/config.yml": DECAP},
        "content/posts/a.md",
        "title: A\n",
        (
            "hugo",
            "posts",
            "`summary` is missing; Decap CMS requires it; the editor does not save the post (static/admin/config.yml:9)",
        ),
    ),
}


@pytest.mark.parametrize("pair", PAIRS)
def test_a_tool_in_a_site_of_a_framework_is_read_as_both_say(pair, tmp_path, main):
    settings, more, path, block, (framework, collection, message) = PAIRS[pair]
    root = site(tmp_path, {**settings, **more, path: f"---\n{block}---\nText.\n"})
    [told] = [each for each in found(main, root) if each[1].startswith("schema-")]
    assert told[4] == message
    known = json.loads(main("inspect", "--output-format", "jsonl", cwd=root).out)
    assert (known["framework"], known["collection"]) == (framework, collection)
    if framework == "hugo":
        assert (known["addresses"], known["published"]) == (["/posts/a/"], True)
    else:
        assert known["published"] is False


def test_an_empty_file_has_one_finding(tmp_path, main):
    root = site(tmp_path, {"velite.config.ts": VELITE, "lib/kinds.ts": "export const kinds = ['note'];\n"})
    site(root, {"content/posts/a.md": "", "content/posts/b.md": "---\ntitle: A\nkind: note\n---\nText.\n"})
    assert [(path, rule) for path, rule, *_ in found(main, root)] == [("content/posts/a.md", "front-matter-missing")]
