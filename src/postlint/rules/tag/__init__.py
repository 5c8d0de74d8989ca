"""Tags: one spelling each, each once."""
