"""Projects for the benchmarks, made by threads that share one process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from goodfit.answers import complete
from goodfit.plan import make_plan
from goodfit.render import render

ALONE = Lock()  # cookiecutter changes the working directory, which threads share


def project(given: Mapping[str, Any], folder: Path) -> Path:
    """The project that `given` answers make below `folder`."""
    with ALONE:
        return render(make_plan(complete(given)), folder)
