"""Front matter: is it there, can it be read, does it mean one thing?"""
