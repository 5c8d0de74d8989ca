"""The base classes of rules. Each rule has its own file `rules/<family>/<rule>.py`."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple, get_args, get_origin, get_type_hints

from postlint.diagnostics import Fix, Severity
from postlint.posts.document import Document
from postlint.site.site import Site
from postlint.text import NOT_ASCII as NOT_ASCII
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.settings import Config

_POST = "src/content/blog/post.md"
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Good(NamedTuple):
    """A post, or a site as {path: text}, that the rule must not report anything in.

    A path that does not end like a post's (`public/a.png`) is a file of the site. `options` are the rule's own, as in
    the configuration; `framework` is the one that reads the site, `schema` the schema of its posts (as in the
    configuration). `before` holds the posts as they were before a change; a post with a new name takes the place of the
    one whose old name is gone.

    `name` says in a few words what the example is about; it must be unique within the rule. Examples with `show` are on
    the rule's page; if no example has it, the first few are.
    """

    text: str | Mapping[str, str]
    path: str = _POST
    options: Mapping[str, Any] = {}
    framework: str = "astro"
    schema: str | None = None
    before: Mapping[str, str] | None = None
    name: str = ""
    show: bool = False


class Bad(NamedTuple):
    """The same, with every expected finding between ⟦ and ⟧ (`⟦⟧` for an empty span).

    `fixed` is the text after all of the rule's fixes, unsafe ones too; None if the rule offers no fix. If several posts
    change, give a tuple of their texts, by path.

    `severity`, `safe` (whether the fix is safe) and `message` hold for all findings of the example. If the findings
    differ, give a tuple instead: one value for each finding, by path and then by place; in `safe`, None stands for a
    finding without a fix. What is not given is not compared, unless the example is run with `strict`.
    """

    text: str | Mapping[str, str]
    fixed: str | tuple[str, ...] | None = None
    path: str = _POST
    options: Mapping[str, Any] = {}
    framework: str = "astro"
    schema: str | None = None
    before: Mapping[str, str] | None = None
    name: str = ""
    show: bool = False
    severity: Severity | tuple[Severity, ...] | None = None
    safe: bool | tuple[bool | None, ...] | None = None
    message: str | tuple[str, ...] | None = None

    @property
    def fixed_texts(self) -> tuple[str, ...]:
        """The texts of the posts that change, by path."""
        return (self.fixed,) if isinstance(self.fixed, str) else self.fixed or ()


class Finding(NamedTuple):
    """A finding that a rule yields for a post. The engine adds path, rule, line and column, and the rule's severity.

    `group` names what the author has to decide or do, if other findings of the rule ask for the same: which of two
    spellings is right, what an image shows. Any text will do. Formats for people show findings with the same rule, group,
    severity and fix once, with all of their places; the others list each. None for a finding that stands for itself.
    """

    span: Span
    message: str
    field: str | None = None
    fix: Fix | None = None
    severity: Severity | None = None
    group: str | None = None


class SiteFinding(NamedTuple):
    """A finding that a site rule yields. `path` is the post or other file that it is about; the rest is as in `Finding`."""

    path: str
    span: Span
    message: str
    field: str | None = None
    fix: Fix | None = None
    severity: Severity | None = None
    group: str | None = None


class Rule:
    """Checks one post.

    The docstring is the rule's page, in Markdown. Its first paragraph says what is wrong; all that comes before the first
    heading is the section "What it reports". It should be followed by the sections "## Why it matters",
    "## How to fix it" and "## What it leaves alone". Options are annotated attributes:
    `max: Annotated[int, "Longest title, in characters."] = 70`. `examples` are run as tests, and those with `show` are
    on the page. A rule never raises on any post.
    """

    name: ClassVar[str] = ""
    family: ClassVar[str] = ""
    severity: ClassVar[Severity] = Severity.ERROR
    default: ClassVar[bool] = True
    preview: ClassVar[bool] = False
    """Whether it is new and may still change: it runs only with `preview = true`, or if something names it."""
    url: ClassVar[str | None] = None
    yields_to: ClassVar[tuple[str, ...]] = ()
    """Names of rules that explain it better: if one of them has a finding in the same field, or within the text that this
    rule's finding is about, this rule reports nothing there."""
    signs: ClassVar[tuple[str, ...]] = ()
    """Texts of which a post must contain one, as it is written, for `check` or `note` to have any result: `("&",)`. The
    engine looks for all of them once a post, and asks the rule only if it finds one. `NOT_ASCII` stands for any character
    beyond ASCII. Without signs, the rule is always asked."""
    of_text: ClassVar[bool] = False
    """Whether `check` and `note` depend on nothing but the text of the post and the way its site reads it: not on its path,
    its collection or its address. Then posts with the same text, such as pages of several versions, share the results."""
    reads_binary: ClassVar[bool] = False
    """Whether it looks at files that hold no text (see `Text.is_binary`)."""
    examples: ClassVar[tuple[Good | Bad, ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "name" not in vars(cls):
            cls.name = _WORD.sub("-", cls.__name__).lower()
        if "family" not in vars(cls):
            cls.family = cls.name.partition("-")[0]

    def settle(self, config: "Config") -> None:
        """Read what the rule needs from the whole configuration, once, after its options are set. Raises PostlintError."""

    def check(self, post: Document) -> Iterable[Finding]:
        """The findings in `post`, in any order."""
        return ()


class SiteRule(Rule):
    """Checks a whole site, of which only facts are available, not the texts of the posts.

    A rule that needs more than `Facts` computes it in `note`, which sees each post once, in any process. The result must
    be small and plain: text, numbers, truth values, None, and lists and mappings of these. A tuple, such as
    a `Span`, comes back as a list.
    """

    reports_in_unchanged_posts: ClassVar[bool] = False
    """Whether findings in posts that a change did not touch are reported when only the change is checked."""

    needs_other_posts: ClassVar[bool] = False
    """Whether it finds little or nothing in a post without the other posts of the site."""

    def note(self, post: Document) -> Any:
        """What `check_site` needs to know about `post`; None for nothing."""
        return None

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        """The findings of the site; `notes` is what `note` returned, by path, without the Nones."""
        return ()


class Option(NamedTuple):
    """One option of a rule: `name` as in the configuration."""

    name: str
    kind: Any
    description: str
    default: object


def options(rule: type[Rule]) -> dict[str, Option]:
    """The rule's options by their name in the configuration."""
    hints = get_type_hints(rule, include_extras=True)
    found = [_option(rule, name, *get_args(hint)) for name, hint in hints.items() if get_origin(hint) is Annotated]
    return {option.name: option for option in found}


def _option(rule: type[Rule], attribute: str, kind: Any, description: str, *_: object) -> Option:
    return Option(attribute.replace("_", "-"), kind, description, getattr(rule, attribute))


def configure(rule: type[Rule], values: Mapping[str, object]) -> Rule:
    """A rule with its options set; `values` were checked against `options` before."""
    made = rule()
    for name, value in values.items():
        setattr(made, name.replace("-", "_"), value)
    return made
