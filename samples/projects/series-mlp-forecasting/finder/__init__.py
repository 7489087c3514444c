"""What find_lr.py does: the ramps and their readings, and the short runs that decide."""
