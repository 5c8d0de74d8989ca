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

SCHEMA_ENDINGS = (".json", ".yaml", ".yml")
"""Files that may hold a JSON Schema."""

DOWNLOAD_ENDINGS = (
    *(
        ".pdf",
        ".zip",
        ".gz",
        ".tgz",
        ".bz2",
        ".xz",
        ".7z",
        ".rar",
        ".tar",
        ".dmg",
        ".exe",
        ".msi",
        ".deb",
        ".rpm",
        ".apk",
    ),
    *(
        ".jar",
        ".iso",
        ".log",
        ".csv",
        ".tsv",
        ".xls",
        ".xlsx",
        ".doc",
        ".docx",
        ".ppt",
        ".pptx",
        ".odt",
        ".ods",
        ".odp",
    ),
    *(
        ".rtf",
        ".epub",
        ".mobi",
        ".mp3",
        ".mp4",
        ".m4a",
        ".m4v",
        ".ogg",
        ".oga",
        ".ogv",
        ".opus",
        ".wav",
        ".flac",
        ".webm",
    ),
    *(".mkv", ".avi", ".ttf", ".otf", ".woff", ".woff2", ".ipynb", ".sql", ".diff", ".patch", ".tex", ".bib", ".vcf"),
    *(".gpx", ".kml", ".stl", ".psd", ".eps", ".sketch", ".drawio"),
)
"""Files that sites hand out as they are, in lower case: no generator makes them."""


def is_download(name: str) -> bool:
    """Whether a file of that name is one that a site hands out as it is."""
    return name.lower().endswith(DOWNLOAD_ENDINGS)


def is_markdown(name: str) -> bool:
    """Whether a file of that name may be a post."""
    return name.lower().endswith(POST_ENDINGS)


def is_image(name: str) -> bool:
    """Whether a file of that name is an image."""
    return name.lower().endswith(IMAGE_ENDINGS) and name.rpartition("/")[2].rpartition(".")[0] != ""
