"""What a site's posts may name in Astro's content collections: the ids of entries, data or posts."""

from typing import Any

from postlint.files.files import Files
from postlint.files.globs import matches
from postlint.frameworks.astro.addresses import made_id
from postlint.frameworks.data_sets import DataSet, read
from postlint.javascript.literals import Call, Module

_DEEPEST = 12
_ENDINGS = (".json", ".yaml", ".yml", ".toml", ".md", ".mdx")


def entries(files: Files, module: Module, name: str) -> DataSet | None:
    """The ids in the collection `name` of the content configuration `module`; None if they are not known: those
    of loaders that are code, and those that entries choose themselves."""
    declared = module.exports.get("collections")
    value = declared.get(name) if isinstance(declared, dict) else None
    options = value.args[0] if isinstance(value, Call) and value.args else None
    loader = options.get("loader") if isinstance(options, dict) and "..." not in options else None
    if not isinstance(loader, Call) or len(loader.args) != 1:
        return None
    wanted = loader.args[0]
    if loader.name == "file" and isinstance(wanted, str):
        return read(files, wanted.removeprefix("./").removeprefix("/"))
    return _globbed(files, wanted) if loader.name == "glob" and isinstance(wanted, dict) else None


def _globbed(files: Files, options: dict[str, Any]) -> DataSet | None:
    base, pattern = options.get("base"), options.get("pattern")
    patterns = [pattern] if isinstance(pattern, str) else pattern
    if not isinstance(base, str) or not isinstance(patterns, list) or options.keys() - {"base", "pattern"}:
        return None
    folder = base.removeprefix("./").strip("/")
    texts = [text.removeprefix("./") for text in patterns if isinstance(text, str)]
    if len(texts) < len(patterns) or any(text[:1] == "!" for text in texts) or ".." in f"{folder}/".split("/"):
        return None
    names = set()
    for path in _below(files, folder, "", 0):
        if matches(path, tuple(texts)):
            text = files.read_text(f"{folder}/{path}")
            if not path.endswith(_ENDINGS) or text is None or "slug" in text[:4000]:
                return None
            names.add(made_id(path))
    return DataSet(folder, frozenset(names))


def _below(files: Files, root: str, at: str, depth: int) -> list[str]:
    out = []
    for name, is_folder in sorted(files.names(f"{root}/{at}".rstrip("/")).items()):
        if is_folder and depth < _DEEPEST and not name.startswith("."):
            out += _below(files, root, f"{at}{name}/", depth + 1)
        elif not is_folder and not name.startswith("."):
            out.append(f"{at}{name}")
    return out
