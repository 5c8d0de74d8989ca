"""postlint: front-matter and content linting for blogs and docs. Public names load on first use."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from postlint.api import FixResult as FixResult
    from postlint.api import check_documents as check_documents
    from postlint.api import check_paths as check_paths
    from postlint.api import check_text as check_text
    from postlint.api import fix_text as fix_text
    from postlint.diagnostics import Diagnostic as Diagnostic
    from postlint.diagnostics import Edit as Edit
    from postlint.diagnostics import Fix as Fix
    from postlint.diagnostics import Severity as Severity
    from postlint.errors import PostlintError as PostlintError
    from postlint.mojibake import Mojibake as Mojibake
    from postlint.mojibake import find_mojibake as find_mojibake
    from postlint.posts.document import Document as Document
    from postlint.posts.facts import Facts as Facts
    from postlint.projects.config import load_config as load_config
    from postlint.reporting.report import Report as Report
    from postlint.rule import Bad as Bad
    from postlint.rule import Finding as Finding
    from postlint.rule import Good as Good
    from postlint.rule import Rule as Rule
    from postlint.rule import SiteFinding as SiteFinding
    from postlint.rule import SiteRule as SiteRule
    from postlint.schema.roles import Description as Description
    from postlint.schema.roles import Draft as Draft
    from postlint.schema.roles import ExpiryDate as ExpiryDate
    from postlint.schema.roles import ImagePath as ImagePath
    from postlint.schema.roles import Post as Post
    from postlint.schema.roles import PublishedDate as PublishedDate
    from postlint.schema.roles import Reference as Reference
    from postlint.schema.roles import RequiredToPublish as RequiredToPublish
    from postlint.schema.roles import Slug as Slug
    from postlint.schema.roles import Tags as Tags
    from postlint.schema.roles import Title as Title
    from postlint.schema.roles import UpdatedDate as UpdatedDate
    from postlint.settings import CollectionConfig as CollectionConfig
    from postlint.settings import Config as Config
    from postlint.settings import PerPath as PerPath
    from postlint.site.site import Site as Site
    from postlint.text import Place as Place
    from postlint.text import Span as Span

__version__ = "0.1.0"

_HOME = {
    name: module
    for module, public in {
        "api": "FixResult check_documents check_paths check_text fix_text",
        "settings": "CollectionConfig Config PerPath",
        "projects.config": "load_config",
        "diagnostics": "Diagnostic Edit Fix Severity",
        "posts.document": "Document",
        "errors": "PostlintError",
        "mojibake": "Mojibake find_mojibake",
        "reporting.report": "Report",
        "rule": "Bad Finding Good Rule SiteFinding SiteRule",
        "schema.roles": (
            "Description Draft ExpiryDate ImagePath Post PublishedDate Reference RequiredToPublish Slug"
            " Tags Title UpdatedDate"
        ),
        "posts.facts": "Facts",
        "site.site": "Site",
        "text": "Place Span",
    }.items()
    for name in public.split()
}


__all__ = [*_HOME, "__version__"]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
