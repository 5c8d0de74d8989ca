"""Front Matter CMS, an extension of VS Code: `frontmatter.json`. It marks mistakes in the editor; the site never reads it.

Sources: the extension's own validator at 10.10.0, run. What it marks and nobody minds is left out: tags that its
taxonomy does not have yet, empty optional values, drafts with words of the site's own.
"""

from typing import Any

from postlint.diagnostics import Severity
from postlint.files.files import Files
from postlint.front_matter import Dialect, gray_matter
from postlint.front_matter.dialects import PLAIN
from postlint.javascript.values import Literal
from postlint.schema import Consequence, Stated
from postlint.schema.sources import Kept, Source
from postlint.schema.sources import files as config_files
from postlint.schema.sources.scripts import place, texts, word

TITLE = "Front Matter CMS"
_MARKED = Consequence("", Severity.WARNING)
_CONSEQUENCES = dict.fromkeys(("missing", "type", "limit"), _MARKED)
_WORKSPACE = "[[workspace]]"
_TEXTS = frozenset(("string", "slug", "customField", "dataFile"))
_NOT_FIELDS = frozenset(("divider", "heading"))
_DEEPEST = 10


def read(files: Files, path: str) -> Source | None:
    config = config_files.read(files, path)
    if config is None:
        return None
    types = {each["name"]: each for each in _all(config, "taxonomy.contentTypes") if isinstance(each.get("name"), str)}
    if not types:
        return None
    endings = [each.lstrip(".") for each in texts(_setting(config, "content.supportedFileTypes"))]
    names = ",".join(endings or ("md", "mdx", "markdown"))
    stated = {name: _stated(kind, config, path) for name, kind in types.items()}
    kept: list[Kept] = []
    for folder in _all(config, "content.pageFolders"):
        if not isinstance(folder.get("path"), str):
            continue
        below = folder["path"].replace(_WORKSPACE, "").strip("/")
        levels = "" if folder.get("excludeSubdir") is True else "**/"
        include = ("/".join(filter(None, (below, f"{levels}*.{{{names}}}"))),)
        for name, schema in stated.items():
            kept += [Kept(name, include, (), schema, ((key, name),)) for key in ("fmContentType", "type")]
        own = [name for name in texts(folder.get("contentTypes")) if name in types]
        name = own[0] if len(own) == 1 else "default"
        if name in stated:
            kept.append(Kept(name, include, (), stated[name]))
    dialect = gray_matter.dialect("yaml-1.2")
    others = tuple(fence for fence in PLAIN.fences if fence.language != "yaml")
    return Source("front-matter-cms", TITLE, path, tuple(kept), Dialect((*dialect.fences, *others), "yaml-1.2"))


def _setting(config: Literal, name: str) -> Any:
    return config.get(f"frontMatter.{name}")


def _all(config: Literal, name: str) -> list[Literal]:
    found = _setting(config, name)
    return [each for each in found if isinstance(each, Literal)] if isinstance(found, list) else []


def _list(holder: Literal, key: str) -> list[Any]:
    found = holder.get(key)
    return found if isinstance(found, list) else []


def _stated(kind: Literal, config: Literal, path: str) -> Stated:
    at = place(kind, "name", path)
    roles: dict[str, tuple[str, ...]] = {}
    for field in _list(kind, "fields"):
        if isinstance(field, Literal) and isinstance(name := field.get("name"), str):
            role = "published" if field.get("isPublishDate") is True else _ROLES.get(str(field.get("type")))
            role = "updated" if field.get("isModifiedDate") is True else role
            if role and not (role == "image" and field.get("multiple")):
                roles[role] = (*roles.get(role, ()), name)
    definition = _object(kind.get("fields"), config, path, 0)
    return Stated(f"{at} ({kind.get('name')})", definition, TITLE, _CONSEQUENCES, roles)


_ROLES = {"image": "image", "tags": "tags", "slug": "slug"}


def _object(fields: Any, config: Literal, path: str, depth: int) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    for field in fields if isinstance(fields, list) and depth < _DEEPEST else ():
        if not isinstance(field, Literal) or not isinstance(name := field.get("name"), str):
            continue
        if word(field.get("type")) in _NOT_FIELDS:
            continue
        found = _field(field, config, path, depth)
        is_required = field.get("required") is True
        properties[name] = {
            **found,
            "x-place": place(field, "name", path),
            **({"x-filled": True} if is_required else {}),
        }
        if is_required or found.get("required"):
            required.append(name)
    return {"type": ["object", "null"] if depth else "object", "properties": properties, "required": required}


def _field(field: Literal, config: Literal, path: str, depth: int) -> dict[str, Any]:
    kind, several = word(field.get("type")), field.get("multiple") is True
    if kind in _TEXTS:
        return {"type": ["string", "null"]}
    if kind in ("image", "file"):
        return {} if several else {"type": ["string", "null"]}
    if kind == "contentRelationship":
        return {"type": ["array" if several else "string", "null"]}
    if kind == "datetime":
        # A date of TOML is one, too.
        return {"type": ["string", "object", "null"]}
    if kind == "number":
        limits = field.get("numberOptions")
        known = limits if isinstance(limits, dict) else {}
        names = {"min": "minimum", "max": "maximum"}
        bounds = {names[key]: known[key] for key in names if isinstance(known.get(key), int | float)}
        return {"type": ["number", "null"], **bounds}
    if kind == "boolean":
        return {"type": ["boolean", "null"]}
    if kind == "draft":
        own = _setting(config, "content.draftField")
        return {} if isinstance(own, dict) and own.get("type") == "choice" else {"type": ["boolean", "null"]}
    if kind == "choice":
        return _choice(field, several)
    if kind in ("tags", "categories", "list"):
        return {"type": ["array", "null"], "items": {"type": ["string", "null"]}}
    if kind == "taxonomy":
        return _taxonomy(field, config)
    if kind == "fields":
        return _object(field.get("fields"), config, path, depth + 1)
    if kind == "block":
        groups = {group.get("id"): group for group in _all(config, "taxonomy.fieldGroups")}
        named = [groups[name] for name in texts(field.get("fieldGroup")) if name in groups]
        if not named or depth >= _DEEPEST:
            return {"type": ["array", "null"]}
        branches = [_object(group.get("fields"), config, path, depth + 1) for group in named]
        return {"type": ["array", "null"], "items": branches[0] if len(branches) == 1 else {"anyOf": branches}}
    return {"type": ["array", "null"]} if kind == "fieldCollection" else {}


def _choice(field: Literal, several: bool) -> dict[str, Any]:
    values = []
    for each in _list(field, "choices"):
        value = each.get("id", each.get("title")) if isinstance(each, dict) else each
        if not isinstance(value, str):
            return {}
        values.append(value)
    if not values:
        return {}
    if several:
        return {"type": ["array", "null"], "items": {"enum": values}}
    return {"enum": [*values, None]}


def _taxonomy(field: Literal, config: Literal) -> dict[str, Any]:
    known = next(
        (each for each in _all(config, "taxonomy.customTaxonomy") if each.get("id") == field.get("taxonomyId")), None
    )
    options = texts(known.get("options", [])) if known else []
    return {"type": ["array", "null"], **({"items": {"enum": options}} if options else {})}
