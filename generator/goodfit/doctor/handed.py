"""What a project's own training function hands to `fit`, seen without training anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras

from .case import Case
from .fit_case import arguments_of
from .network import clone
from .project import Handed


class Reached(BaseException):
    """`fit` was called. Not an Exception, so that nobody's own handling of errors takes it."""

    def __init__(self, arguments: dict[str, Any]) -> None:
        super().__init__()
        self.arguments = arguments


def handed_to_fit(
    model: keras.Model, x: Any, train: Callable[[keras.Model], Any]
) -> dict[str, Any] | None:
    """What `train` hands to the first call of `fit` of a copy of `model`, by name; `x` shows what
    samples look like. None where it calls none, or refuses. Raises what else `train` raises."""
    original, copy = keras.Model.fit, clone(model, x)

    def reached(self: keras.Model, *args: Any, **kwargs: Any) -> Any:
        raise Reached(arguments_of(original, args, kwargs))

    keras.Model.fit = reached
    try:
        train(copy)
    except Reached as found:
        return found.arguments
    except SystemExit:  # it refuses what it is given, and other checks say what is wrong
        return None
    finally:
        keras.Model.fit = original
    return None


def handed_of(case: Case) -> Handed | None:
    """The same of a project, asked once."""
    assert case.project.handed is not None and case.network is not None
    if "handed" not in case.network.kept:
        case.network.kept["handed"] = case.project.handed()
    found: Handed | None = case.network.kept["handed"]
    return found


def listed(callbacks: Any) -> list[keras.callbacks.Callback]:
    """The callbacks that `fit` is given, in whatever form."""
    if isinstance(callbacks, list | tuple):
        return [*callbacks]
    if callbacks is None:
        return []
    return [*getattr(callbacks, "callbacks", [callbacks])]
