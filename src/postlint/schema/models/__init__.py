"""Pydantic models as schemas: what each field demands, and what a post breaks."""
