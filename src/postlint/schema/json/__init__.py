"""JSON Schema: reading a schema file, checking front matter against it, and writing one."""
