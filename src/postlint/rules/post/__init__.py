"""Posts that the site's framework refuses or leaves out."""
