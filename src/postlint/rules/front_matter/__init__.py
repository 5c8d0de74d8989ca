"""Whether front matter exists, can be read, and has only one meaning."""
