"""A page of pictures of the data, as the network will see it. Needs pandas and matplotlib."""

from .data_page import write_data_page
from .data_view import DataView

__all__ = ["DataView", "write_data_page"]
