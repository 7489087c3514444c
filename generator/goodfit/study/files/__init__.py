"""Files: which there are, what they are, and how their rows are read."""
