"""The body as the framework reads it before Markdown: does it compile, can its template be read?"""
