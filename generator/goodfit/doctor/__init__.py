"""The doctor: examines a Keras 3 training before and while it runs, and never changes it.

    python -m doctor train.py            every fit of a script
    doctor.examine(model, x, y, ...)     one call of fit, as fit would be called
    doctor.Monitors(case)                a callback that speaks up while training goes on

Keras is imported when the first of these names is used, and no earlier.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .capture import Capture
    from .case import Case
    from .contract import Contract
    from .examination import examine_case
    from .finding import Finding, Report, stop_at_errors, tell
    from .fit_capture import examine, on_fit
    from .handed import handed_to_fit
    from .monitors import Monitors
    from .project import Batched, Handed, InTime, Project, RoundTrip, TextFacts
    from .samples import Samples, at_random
    from .words import Words

__all__ = [
    "Batched",
    "Capture",
    "Case",
    "Contract",
    "Finding",
    "Handed",
    "InTime",
    "Monitors",
    "Project",
    "Report",
    "RoundTrip",
    "Samples",
    "TextFacts",
    "Words",
    "at_random",
    "examine",
    "examine_case",
    "handed_to_fit",
    "on_fit",
    "stop_at_errors",
    "tell",
]

WHERE = {
    ".capture": ("Capture",),
    ".case": ("Case",),
    ".contract": ("Contract",),
    ".examination": ("examine_case",),
    ".finding": ("Finding", "Report", "stop_at_errors", "tell"),
    ".fit_capture": ("examine", "on_fit"),
    ".handed": ("handed_to_fit",),
    ".monitors": ("Monitors",),
    ".project": ("Batched", "Handed", "InTime", "Project", "RoundTrip", "TextFacts"),
    ".samples": ("Samples", "at_random"),
    ".words": ("Words",),
}


def __getattr__(name: str) -> Any:
    for module, names in WHERE.items():
        if name in names:
            return getattr(import_module(module, __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
