"""What postlint raises when it cannot do what it was asked."""


class PostlintError(Exception):
    """Wrong usage, a broken configuration or schema: one line a user can act on, with position and remedy.

    What is wrong with a *post* is never raised; it is a diagnostic.
    """
