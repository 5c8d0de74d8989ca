"""Running rules over posts and sites, in one process or several, with a cache."""
