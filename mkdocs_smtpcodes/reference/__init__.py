"""The generated reference: its pages, their place in MkDocs, and what machines read of it."""
