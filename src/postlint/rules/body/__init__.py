"""Rules about what a framework makes of a post's body."""
