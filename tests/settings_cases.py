"""Cases for the tests of settings: a call of `fit` in a script, and a project of numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
from goodfit.doctor.case import Case
from goodfit.doctor.contract import Contract
from goodfit.doctor.project import Project
from goodfit.doctor.registry import in_full
from goodfit.doctor.samples import Samples
from toy_trainings import NUMBERS, YES, X

Look = Callable[[Case], Any]
NUMBER = Contract("numbers", "linear", 1, "mean_squared_error")
Y = NUMBERS[:, None]


def said(look: Look, given: Case) -> list[str]:
    """The facts that one check finds."""
    return [one.fact for one in look(given)]


def fixes(look: Look, given: Case) -> list[str]:
    return [in_full(one, given.words).fix for one in look(given)]


def script(model: keras.Model, x: Any = X, y: Any = YES, **known: Any) -> Case:
    """A call of `fit` in a script, with the last fifth for validation."""
    cut = len(x) * 4 // 5
    parts = {"validation": Samples(x[cut:], y[cut:])} | known
    return Case(model, Samples(x[:cut], y[:cut]), samples=cut, **{"epochs": 50} | parts)


def numbers(model: keras.Model, y: np.ndarray = Y, **known: Any) -> Case:
    """A project whose targets are numbers."""
    given = Project(**{"declared": NUMBER} | known)
    return Case(
        model, Samples(X[:300], y[:300]), Samples(X[300:], y[300:]), samples=300, project=given
    )
