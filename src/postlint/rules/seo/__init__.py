"""What search engines and shared links show of a post."""
