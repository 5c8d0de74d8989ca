"""What a post must have, as the site's schema says."""
