"""Whether images exist under the name that is written, and whether readers can see them."""
