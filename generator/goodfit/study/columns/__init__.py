"""Columns of a table: what each holds, and what part it can play."""
