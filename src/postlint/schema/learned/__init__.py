"""A schema learned from the posts a site already has."""
