"""What study.py puts on its page: pictures of the data, and the page itself."""
