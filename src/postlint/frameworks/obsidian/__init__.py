"""A vault of Obsidian without a site: what postlint knows of it; `framework` is the way in."""
