"""Values of true or false: are they read as meant?"""
