"""Which rules there are: the built-in ones and plugins, by name, chosen by settings, explained in words."""
