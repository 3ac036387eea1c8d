"""A directive, the dataset and a language in; an HTML section out. It never sees MkDocs.

Nothing is imported here: a page without a directive needs no more of this room than its links.
"""
