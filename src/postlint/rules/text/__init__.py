"""The characters of a post: damage, and what can't be seen."""
