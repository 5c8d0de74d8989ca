"""The posts of one site together: its pages, redirects and missing images."""
