"""The error that postlint raises if it cannot do what it was asked to."""


class PostlintError(Exception):
    """Wrong usage, a broken configuration or schema: one line a user can act on, with position and remedy.

    A mistake in a *post* never raises; it is a diagnostic.
    """
