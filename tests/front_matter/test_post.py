"""To python-frontmatter and back."""

import frontmatter
import pytest
from frontmatter.default_handlers import JSONHandler, YAMLHandler

from postlint.front_matter import read, to_data
from postlint.front_matter.dialects import PLAIN
from postlint.front_matter.post import from_post, to_post

TEXTS = [
    ("---\ntitle: a\ntags: [b, c]\ndate: 2024-01-02\n---\n\nBody\n\n---\nmore\n", YAMLHandler),
    ("---\r\ntitle: a\r\n---\r\nBody\r\nmore\r\n", YAMLHandler),
    ("---\ncontent: a\nhandler: b\n---\nBody\n", YAMLHandler),
    ('{\n"title": "a", "n": [1, null]\n}\nBody\n', JSONHandler),
    ("Body only\n", type(None)),
]


@pytest.mark.parametrize(("text", "handler"), TEXTS)
def test_to_post_is_what_loads_gives(text: str, handler: type) -> None:
    post = to_post(read(text, PLAIN), text)
    assert type(post.handler) is handler
    if "content" not in post.metadata:  # which `loads` cannot hold
        expected = frontmatter.loads(text)
        assert (post.metadata, post.content) == (expected.metadata, expected.content)


@pytest.mark.parametrize(
    "text",
    [
        *(text for text, _ in TEXTS),
        "+++\ntitle = 'a'\nd = 2024-01-02\nt = 10:00:00\nx = {y = [1, 2.5, true]}\n+++\nBody\n",
    ],
)
def test_there_and_back(text: str) -> None:
    found = read(text, PLAIN)
    again = from_post(to_post(found, text))
    assert to_data(read(again, PLAIN).root) == to_data(found.root)
    assert again.rstrip().endswith(text.replace("\r\n", "\n").strip()[-4:])
    if found.language:
        assert read(again, PLAIN).language == found.language
