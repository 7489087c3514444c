"""Answers for each step of a sequence that see what is to be told: the steps after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

from ..case import Case
from ..finding import Finding
from ..network import Network, awake
from ..registry import check
from ..samples import taken
from .answers import spread

FURTHEST = 5  # steps ahead that a target may stand


def steps_ahead(x: np.ndarray, y: np.ndarray) -> int:
    """By how many steps the targets (samples, steps, ...) are the inputs (samples, steps, ...)
    shifted, in one column or all of them; 0 where they are not."""
    if y.ndim == 3 and y.shape[-1] > 1 and x.ndim == 2:
        y = y.argmax(axis=-1)  # classes as rows of one 1
    wide = [one.reshape(*one.shape[:2], -1) for one in (x, y)]
    if wide[0].shape[:2] != wide[1].shape[:2]:
        return 0
    if wide[1].shape[2] == 1:
        columns = [wide[0][:, :, place, None] for place in range(min(20, wide[0].shape[2]))]
    else:
        columns = [wide[0]] if wide[0].shape == wide[1].shape else []
    for column in columns:
        for far in range(1, min(FURTHEST, y.shape[1] // 2) + 1):
            here = np.isclose(column, wide[1]).mean()
            if np.isclose(column[:, far:], wide[1][:, :-far]).mean() > 0.99 and here < 0.9:
                return far
    return 0


@check("inputs-are-targets", cost="asks", needs=("targets", "copy"))
def next_step_is_seen(case: Case) -> Iterator[Finding]:
    """A target that is the input of the next step, as in language models, and an answer that
    changes with that input."""
    y, network, x = case.probes.y, case.network, case.probes.x
    if not isinstance(y, np.ndarray) or y.ndim < 2 or y.shape[1] < 4 or network is None:
        return
    flat = keras.tree.flatten(x)
    for place, one in enumerate(flat):
        far = steps_ahead(one, y) if one.ndim in (2, 3) and len(one) > 3 else 0
        if far and sees(network, x, place, one.shape[1] // 2, far):
            yield Finding(
                "inputs-are-targets",
                "error",
                f"The target of a step is the input {far} step{'s' * (far > 1)} later, and the "
                "answer to a step changes with that input.",
                "In training it is copied from there; in use it is not there yet.",
                "let no layer look ahead: use_causal_mask=True where attention is called, "
                "padding='causal' in Conv1D, no Bidirectional, no pooling over all steps",
            )
            return


def sees(network: Network, x: Any, place: int, step: int, far: int) -> bool:
    """Whether answers up to `step` change with the input `far` steps after it."""
    x = taken(x, slice(64))
    flat = keras.tree.flatten(x)
    others = [*flat]
    others[place] = flat[place].copy()
    others[place][:, step + far] = np.roll(flat[place][:, step + far], 1, axis=0)
    with awake(network.model):
        here, there = (
            np.asarray(keras.tree.flatten(network.answers(one))[0])
            for one in (x, keras.tree.pack_sequence_as(x, others))
        )
    if here.ndim < 2 or here.shape[1] != flat[place].shape[1]:
        return False
    away = np.abs(here - there)[:, : step + 1]
    return bool(away.max() > 1e-3 * spread(here) + 1e-7)
