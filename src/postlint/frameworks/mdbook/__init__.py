"""mdBook: what postlint knows of it; `framework` is the way in."""
