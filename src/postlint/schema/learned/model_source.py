"""Writes what was learned from posts as a Python file of Pydantic models. Content of posts gets into it only as text."""

import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from pydantic import BaseModel

from postlint.schema.learned.learning import Habits, Learned
from postlint.schema.learned.value_types import names_used, quoted

_WIDTH = 120
_MOST = 12
_IMPORTED = {"postlint", "Any", "Annotated", "Field", "Literal", "datetime"}
_TYPES = {"bool", "dict", "float", "int", "list", "str"}
_TAKEN = _IMPORTED | _TYPES | set(dir(BaseModel)) | set(keyword.kwlist)
_HOUSES = frozenset(("blog", "content", "pages", "post", "posts", "public", "site", "source", "src"))
_EMPTY = {"postlint.Tags": "[]", "postlint.Draft": "False"}


class Model(NamedTuple):
    """A model to be written: its class, the name of the collection it is for, and what was learned from its posts."""

    name: str
    collection: str
    habits: Habits


def class_names(collections: Sequence[str]) -> list[str]:
    """Names for the models of `collections`, each once: `BlogPost`, `Note`."""
    out: list[str] = []
    for collection in collections:
        last = collection.rpartition("/")[2]
        words = re.findall(r"[A-Za-z0-9]+", _without_accents(last))
        plural = "".join(word[:1].upper() + word[1:] for word in words)
        name = _singular(plural) if plural[:1].isalpha() else f"Post{plural}"
        if last.lower().strip("_") in _HOUSES:
            name = "Page" if last == "pages" else "BlogPost"
        if name in _TAKEN or name == "Post":
            name = f"{name.removesuffix('Post')}Post" if name != "Post" else "BlogPost"
        numbered = (name if number == 1 else f"{name}{number}" for number in range(1, len(collections) + 2))
        out.append(next(free for free in numbered if free not in out))
    return out


def _singular(name: str) -> str:
    if name.endswith("ies") and len(name) > 4:
        return name[:-3] + "y"
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us", "is", "ws")) and len(name) > 3 else name


def write(models: Sequence[Model]) -> str:
    """The text of a file that holds `models`."""
    classes = [list(_class(model)) for model in models]
    used = names_used(field.annotation for model in models for field in model.habits.fields)
    typing = [name for name in ("Annotated", "Any", "Literal") if name in used]
    has_field = "Field" in used or any("= Field(" in line for lines in classes for line in lines)
    head = [
        '"""What the posts of this site have in common, as learned by `postlint init`. Change it as you like."""',
        "",
    ]
    standard = ["from datetime import datetime"] if "datetime" in used else []
    standard += [f"from typing import {', '.join(typing)}"] if typing else []
    for group in (standard, ["from pydantic import Field"] if has_field else [], ["import postlint"]):
        head += [*group, ""] if group else []
    return "\n".join([*head[:-1], *(line for lines in classes for line in ["", "", *lines])]) + "\n"


def _class(model: Model) -> Iterator[str]:
    number, fields, rare = model.habits
    yield f"class {model.name}(postlint.Post):"
    yield f"    # {number} posts in {_shown(model.collection)}."
    names = field_names([field.key for field in fields], [key for key, _ in rare])
    for field, name in zip(fields, names, strict=True):
        yield from _field(field, name, number)
    if not fields:
        yield "    pass"
    if rare:
        rare_keys = [f"{_shown(key)} ({count})" for key, count in rare[:_MOST]]
        more = [f"{len(rare) - _MOST} more"] if len(rare) > _MOST else []
        yield ""
        yield from _wrapped("    # Not included, since few posts have them: ", "    # ", [*rare_keys, *more], ".")


def _field(field: Learned, name: str, posts: int) -> Iterator[str]:
    counts = f"all {posts} posts" if field.number == posts else f"{field.number} of {posts} posts"
    comment = f"  # {counts}" + (f", empty in {field.empty}" if field.empty else "")
    optional = field.annotation != "Any" and (field.empty or (not field.required and field.annotation not in _EMPTY))
    kind = f"{field.annotation} | None" if optional else field.annotation
    default = "" if field.required else "None" if optional else _EMPTY.get(field.annotation, "None")
    if name != field.key:
        alias = f"alias={quoted(field.key)}"
        default = f"Field({', '.join(part for part in (default, alias) if part)})"
    tail = f" = {default}" if default else ""
    line = f"    {name}: {kind}{tail}"
    if len(line) + len(comment) <= _WIDTH:
        yield line + comment
        return
    yield f"    {comment.strip()}"
    if kind.startswith("Literal[") and len(line) > _WIDTH:
        values, _, rest = _split_literal(kind)
        yield f"    {name}: Literal["
        yield from (f"        {value}," for value in values)
        yield f"    ]{rest}{tail}"
    else:
        yield line


def _split_literal(kind: str) -> tuple[list[str], str, str]:
    values = re.findall(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", kind)
    inner, end, rest = kind.rpartition("]")
    return values, inner + end, rest


def _wrapped(first: str, indent: str, parts: Iterable[str], end: str) -> Iterator[str]:
    line = first
    listed = list(parts)
    for number, part in enumerate(listed):
        part += end if number == len(listed) - 1 else ", "
        if len(line) + len(part) > _WIDTH and line.strip() != "#":
            yield line.rstrip()
            line = indent
        line += part
    yield line.rstrip()


def field_names(keys: Sequence[str], others: Collection[str] = ()) -> list[str]:
    """Names of attributes for `keys`, each once: the key itself if possible, and never another of the keys or of
    `others`."""
    out: list[str] = []
    known = {*keys, *others}
    for key in keys:
        name = key if _can_be_name(key) else _made(key)
        taken = {*out, *(known - {key})}
        numbered = (name if number == 1 else f"{name}_{number}" for number in range(1, len(known) + 3))
        out.append(next(free for free in numbered if free not in taken))
    return out


def _can_be_name(key: str) -> bool:
    return (
        key.isidentifier()
        and key not in _TAKEN
        and not key.startswith(("_", "model_"))
        and unicodedata.normalize("NFKC", key) == key
        and len(key) <= _WIDTH
    )


def _made(key: str) -> str:
    plain = "_".join(re.findall(r"[A-Za-z0-9]+", _without_accents(key)))[:40].strip("_")
    if not plain or not plain[0].isalpha() or plain.startswith("model_"):
        plain = f"field_{plain}".rstrip("_")
    return f"{plain}_" if plain in _TAKEN else plain


def _without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def _shown(text: str) -> str:
    return f"`{text}`" if re.fullmatch(r"[\w./-]{1,60}", text, re.ASCII) else quoted(text[:60])
