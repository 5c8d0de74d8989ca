"""Which site a post belongs to, with which settings, and which files are its posts."""
