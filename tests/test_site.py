"""What site rules know of the posts."""

from postlint.frameworks import load
from postlint.posts.collecting import collect
from postlint.posts.document import Document
from postlint.site.site import Site
from postlint.text import Text

POST = "---\ntitle: A\n---\n"


def test_what_stands_for_a_section_is_compared_with_no_post():
    framework = load("none")(None)
    paths = ["posts/index.md", "posts/a/index.md", "posts/2024/b.md", "posts/_index.md", "posts/c.md"]
    facts = [collect(Document(path, Text(POST), framework, "posts")) for path in paths]
    (group,) = Site(framework, facts, None, True).groups.values()
    assert [each.path for each in group] == ["posts/a/index.md", "posts/2024/b.md", "posts/c.md"]
