"""What the site's schema requires of a post."""
