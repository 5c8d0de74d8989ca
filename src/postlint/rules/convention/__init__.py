"""What the site's own posts do, if no schema says what they must do."""
