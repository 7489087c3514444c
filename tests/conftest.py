"""Files that run emitted projects start first: they take longest, and others fill the time."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    long = {item.path for item in items if item.get_closest_marker("emitted")}
    items.sort(key=lambda item: item.path not in long)
