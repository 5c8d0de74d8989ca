"""Applying fixes: which may be applied together, what they would change, and what they move."""
