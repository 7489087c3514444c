"""The doctor: examines a Keras 3 training before and while it runs, and never changes it.

    python -m doctor train.py            every fit of a script
    doctor.examine(model, x, y, ...)     one call of fit, as fit would be called
    doctor.Monitors(case)                a callback that speaks up while training goes on
"""

from .case import Case, Project, Samples, Words
from .contract import Contract
from .examine import examine_case
from .finding import Finding, Report, stop_at_errors, tell
from .fit_capture import examine, on_fit
from .monitors import Monitors

__all__ = [
    "Case",
    "Contract",
    "Finding",
    "Monitors",
    "Project",
    "Report",
    "Samples",
    "Words",
    "examine",
    "examine_case",
    "on_fit",
    "stop_at_errors",
    "tell",
]
