"""The base classes of rules. Each rule has its own file `rules/<family>/<rule>.py`."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple, get_args, get_origin, get_type_hints

from postlint.diagnostics import Fix, Severity
from postlint.document import Document
from postlint.site import Site
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.config import Config

_POST = "src/content/blog/post.md"
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Good(NamedTuple):
    """A post, or a site as {path: text}, in which the rule must report nothing.

    Paths of other files (`public/a.png`) are files of the site. `options` are the rule's own, as in the configuration;
    `framework` says how the site is read, `schema` what its posts must have (as in the configuration). `before` are the
    posts before a change; a renamed post must be the only one whose old name is gone.
    """

    text: str | Mapping[str, str]
    path: str = _POST
    options: Mapping[str, Any] = {}
    framework: str = "astro"
    schema: str | None = None
    before: Mapping[str, str] | None = None


class Bad(NamedTuple):
    """The same with every expected finding between ⟦ and ⟧ (`⟦⟧` for an empty span).

    `fixed` is the text after all fixes of the rule, including unsafe ones; None if the rule has no fix for it.
    """

    text: str | Mapping[str, str]
    fixed: str | None = None
    path: str = _POST
    options: Mapping[str, Any] = {}
    framework: str = "astro"
    schema: str | None = None
    before: Mapping[str, str] | None = None


class Finding(NamedTuple):
    """A finding that a rule yields for a post. The engine adds path, rule, line and column, and the rule's severity."""

    span: Span
    message: str
    field: str | None = None
    fix: Fix | None = None
    severity: Severity | None = None


class SiteFinding(NamedTuple):
    """A finding that a site rule yields. `path` is the post or other file that it is about."""

    path: str
    span: Span
    message: str
    field: str | None = None
    fix: Fix | None = None
    severity: Severity | None = None


class Rule:
    """Checks one post.

    The docstring is the rule's page: its first line says what is wrong, the rest why it matters and what to do. Options are
    annotated attributes: `max: Annotated[int, "Longest title, in characters."] = 70`. `examples` are run as tests and
    shown in the documentation. A rule never raises on any post.
    """

    name: ClassVar[str] = ""
    family: ClassVar[str] = ""
    severity: ClassVar[Severity] = Severity.ERROR
    default: ClassVar[bool] = True
    url: ClassVar[str | None] = None
    yields_to: ClassVar[tuple[str, ...]] = ()
    """Names of rules that explain it better: if one of them has a finding in the same field, this rule reports nothing."""
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

    told_of_others: ClassVar[bool] = False
    """Whether findings in posts that a change did not touch are reported when only the change is checked."""

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
    return {
        name.replace("_", "-"): Option(name.replace("_", "-"), kind, description, getattr(rule, name))
        for name, hint in hints.items()
        if get_origin(hint) is Annotated
        for kind, description, *_ in [get_args(hint)]
    }


def configure(rule: type[Rule], values: Mapping[str, object]) -> Rule:
    """A rule with its options set; `values` were checked against `options` before."""
    made = rule()
    for name, value in values.items():
        setattr(made, name.replace("-", "_"), value)
    return made
