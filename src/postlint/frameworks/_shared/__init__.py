"""What several frameworks have in common."""
