"""The answers of real Astro builds: addresses, dates, and whether images are served."""

import json
import re
from pathlib import Path

import pytest

from postlint import front_matter
from postlint.body import markdown
from postlint.files.files import MemoryFiles
from postlint.frameworks import load

VECTORS = Path(__file__).parents[1] / "vectors/astro.jsonl"
ASTRO = load("astro")
# What other posts do (the same id, an id of nothing) and what the code of a route does is in no post.
NOT_IN_THE_POST = ("collision", "name slugged to nothing", "name of punctuation", "route upper-cases the id")


# Zod makes a date of these; who writes them means none.
NO_DATE = ("null", "boolean", "array")


def told_by_the_post(row):
    return not row.get("case", "").startswith(NOT_IN_THE_POST)


def vectors(kind):
    with VECTORS.open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["kind"] == kind]


def site(row):
    """The row's site in memory, as Astro would find it on disk."""
    config = dict(row.get("config", {}))
    version = row["version"].split()[0]
    packages = {"astro": f"^{version}"}
    files = dict.fromkeys(row.get("files", ()), b"")
    pattern, base = config.pop("pattern", None), config.pop("base", "")
    content = config.pop("content_config", None)
    if starlight := config.pop("starlight", None):
        packages["@astrojs/starlight"] = "*"
    if pattern:
        folder = base if base.startswith("./") else "./src/content/blog"
        loader = f"glob({{ pattern: {json.dumps(pattern)}, base: '{folder}' }})"
        files["src/content.config.ts"] = (
            f"export const collections = {{ blog: defineCollection({{ loader: {loader} }}) }}"
        )
    elif content:
        files[content] = "export const collections = { blog: defineCollection({ type: 'content' }) }"
    if base.startswith("/"):
        config["base"] = base
    if starlight is not None:
        files["astro.config.mjs"] = f"export default {{ integrations: [starlight({json.dumps(starlight)})] }}"
    else:
        integrations = "" if "integrations" in config else "integrations: [mdx()], "
        options = json.dumps(config).removeprefix("{")
        files["astro.config.mjs"] = f"import mdx from '@astrojs/mdx';\nexport default {{ {integrations}{options}"
    if paths := config.get("tsconfig_paths"):
        files["tsconfig.json"] = json.dumps({"compilerOptions": {"paths": paths}})
    files["package.json"] = json.dumps({"dependencies": packages})
    files["src/pages/blog/[...slug].astro"] = ""
    path = row.get("path", "src/content/blog/x.md")
    files[path] = ""
    return path, MemoryFiles({name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()})


def name(row):
    return f"{row['version']} {row.get('path') or row.get('input')} {row.get('case', row.get('reference', ''))}"


@pytest.mark.parametrize("row", [row for row in vectors("url") if told_by_the_post(row)], ids=name)
def test_addresses(row):
    path, files = site(row)
    text = "---\n" + "".join(f"{key}: {_yaml(value)}\n" for key, value in row["front_matter"].items()) + "---\n"
    found = ASTRO(files)
    address = found.address(path, front_matter.to_data(front_matter.read(text, found.dialect).root) or {})
    wanted = row["result"]
    if wanted is None:
        assert address.addresses == ()
    else:
        assert set(wanted if isinstance(wanted, list) else [wanted]) & {
            each.removesuffix("index.html") for each in address.addresses
        }


def _yaml(value):
    return value if isinstance(value, str) else json.dumps(value)


@pytest.mark.parametrize("row", [row for row in vectors("date") if row["yaml_type"] not in NO_DATE], ids=name)
def test_dates(row):
    found = ASTRO(None)
    (entry,) = front_matter.read(f"---\ndate: {row['input']}\n---\n", found.dialect).root.entries
    moment = found.moment(entry.node.value, entry.node.text)
    if row["result"] is None:
        assert moment.instant is None
        assert moment.problem
    else:
        said = moment.instant.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
        assert said == row["result"]


@pytest.mark.parametrize("row", [row for row in vectors("image") if row["where"] == "body"], ids=name)
def test_images(row):
    path, files = site(row)
    found = ASTRO(files)
    text = row["reference"]
    references = markdown.read(text, 0, found.syntax(path)).references
    served = [_served(found, files, path, text, each) for each in references if each.kind == "image"]
    if row["result"] is None:
        assert True not in served
    else:
        assert False not in served
        assert served


def _served(found, files, path, text, reference):
    where = {"inline": "markdown", "autolink": "markdown"}.get(reference.form, reference.form)
    if where == "jsx":
        tag = re.match(r"<([a-z])?", text[reference.whole.start :])
        where = "import" if tag is None else "html" if tag[1] else "jsx"
    target = found.image(path, {}, reference.target, where)
    if target.status == "files":
        return any(files.find(each).status == "ok" for each in target.paths)
    return {"external": True, "missing": False}.get(target.status)
