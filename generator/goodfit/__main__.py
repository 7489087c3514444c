"""`python -m goodfit`."""

from goodfit.cli import main

main(prog_name="goodfit")
