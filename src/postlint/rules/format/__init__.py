"""How a body is written."""
