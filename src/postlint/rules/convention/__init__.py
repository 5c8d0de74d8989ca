"""What the site's own posts do, where no schema says what they must do."""
