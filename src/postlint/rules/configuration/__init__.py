"""The site's configuration of postlint."""
