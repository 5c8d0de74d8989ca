"""Slugs and the addresses they make."""
