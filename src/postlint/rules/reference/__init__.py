"""What posts refer to in the data of their site."""
