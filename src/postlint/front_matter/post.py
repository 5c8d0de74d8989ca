"""Front matter to and from python-frontmatter's `Post`."""

import re

import frontmatter
from frontmatter.default_handlers import BaseHandler, JSONHandler, TOMLHandler, YAMLHandler

from postlint.front_matter import FrontMatter, to_data


class _TomlHandler(BaseHandler):
    """A handler for TOML, which python-frontmatter has only if the package `toml` is installed."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def load(self, fm: str) -> dict[str, object]:
        import tomllib

        return tomllib.loads(fm)

    def export(self, metadata: dict[str, object], **_: object) -> str:
        from postlint.front_matter.toml_writing import document

        return document(metadata).rstrip("\n")


def to_post(found: FrontMatter, text: str) -> frontmatter.Post:
    """The post `text`, whose front matter is `found`, as `frontmatter.loads` would give it.

    Its metadata are the values as the framework's parser types them, its content is the body without white
    space around it, and it has a handler for its language (None without front matter). If front matter is broken, there
    is no metadata.
    """
    toml: type[BaseHandler] = _TomlHandler if TOMLHandler is None else TOMLHandler
    handlers: dict[str, type[BaseHandler]] = {"yaml": YAMLHandler, "json": JSONHandler, "toml": toml}
    handler = handlers.get(found.language or "")
    content = text[found.body :].removeprefix("\ufeff") if not found.body else text[found.body :]
    post = frontmatter.Post(content.replace("\r\n", "\n").strip(), handler() if handler else None)
    data = to_data(found.root)
    post.metadata = data if isinstance(data, dict) else {}
    return post


def from_post(post: frontmatter.Post) -> str:
    """The text of `post` as its handler writes it; without a handler that is YAML."""
    return frontmatter.dumps(post)
