"""Schemas and their violations in words."""
