"""What the ending of a file's name says about the file. A framework's own lists, which are facts about it, stay with it."""

POST_ENDINGS = (
    *(".md", ".mdx", ".markdown", ".mdown", ".mkd", ".mkdn", ".mkdown", ".mdwn", ".mdtxt", ".mdtext"),
    *(".qmd", ".rmd", ".svx"),
)
"""Files that may be posts, in lower case."""

IMAGE_ENDINGS = (
    *(".apng", ".avif", ".bmp", ".gif", ".heic", ".heif", ".ico", ".jfif", ".jpeg", ".jpg", ".jxl"),
    *(".png", ".svg", ".tif", ".tiff", ".webp"),
)
"""Files that are images, in lower case."""

IMAGE_ENDING = rf"\.(?:{'|'.join(ending[1:] for ending in IMAGE_ENDINGS)})"
"""A regular expression for one of `IMAGE_ENDINGS`; match it without regard to case."""


def is_markdown(name: str) -> bool:
    """Whether a file of that name may be a post."""
    return name.lower().endswith(POST_ENDINGS)


def is_image(name: str) -> bool:
    """Whether a file of that name is an image."""
    return name.lower().endswith(IMAGE_ENDINGS)
