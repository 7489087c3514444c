"""What was found of each call of `fit`. Here nothing is imported that a script may want otherwise,
such as Keras, whose backend is settled where it is imported first."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from pathlib import Path

from .finding import Finding, Report


class Examined(BaseException):
    """Raised in place of a training that is only to be examined; no `except Exception` stops it."""


@dataclass
class Fit:
    """One call of `fit`: where it stands, what was found before it, and while it ran."""

    model: str
    place: str
    report: Report
    watched: list[Finding] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        return self.report.findings + self.watched


@dataclass
class Capture:
    """All calls of `fit` so far. `say`: what is told of each, at once."""

    script: str = ""
    stop: bool = False
    monitors: bool = True
    quiet: bool = False
    fits: list[Fit] = field(default_factory=list)
    loops: set[str] = field(default_factory=set)
    calls: dict[str, int] = field(default_factory=dict)  # of fit, by their place
    told: set[tuple[str, str, str]] = field(default_factory=set)  # place, check, fact

    @property
    def errors(self) -> list[Finding]:
        return [one for fit in self.fits for one in fit.findings if one.level == "error"]


def place_of_call(script: str) -> str:
    """The line of the script from which `fit` was called."""
    frame = inspect.currentframe()
    while frame is not None:
        if frame.f_code.co_filename == script:
            return f"line {frame.f_lineno} of {Path(script).name}"
        frame = frame.f_back
    return ""
