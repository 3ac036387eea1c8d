"""``python -m mkdocs_smtpcodes``."""

from .cli import main

main(prog_name="mkdocs-smtpcodes")
