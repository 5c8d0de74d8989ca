"""A post: its document, the facts that outlive its text, and its suppressions."""
