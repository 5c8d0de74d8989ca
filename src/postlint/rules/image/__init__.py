"""Images: are they there, under the very name that is written?"""
