"""`python -m goodfit`."""

from goodfit.start import run

run()
