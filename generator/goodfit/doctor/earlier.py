"""What earlier calls of `fit` taught the weights of a model, and whether they are scored on it."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from .capture import Capture
from .case import Case, EarlierFit
from .checks.data import keys_of
from .checks.scalers import on_any_scale, table_of
from .finding import Finding, tell
from .registry import REGISTRY
from .run_state import unchanged
from .streams import open_source
from .words import Words

KEPT = "_doctor_fits"  # the attribute that holds them, on the model, and ends with it
SCORED = 0.2  # of what is scored, at least, was learnt in an earlier fold


def fits_before(model: keras.Model) -> list[EarlierFit]:
    """The earlier calls of `fit` that its weights still hold; none after a start from the same
    weights as the first."""
    fits: list[EarlierFit] = vars(model).setdefault(KEPT, [])
    if fits and model.built and fits[0].start == start_of(model):
        fits.clear()
    return fits


def start_of(model: keras.Model) -> int:
    """A number for the weights as they are; 0 where there are none yet."""
    if not model.built:
        return 0
    return hash(tuple(keras.ops.convert_to_numpy(one).tobytes() for one in model.weights)) or 1


def remember(model: keras.Model, case: Case) -> None:
    """Keep what this fit learns from, for a later one on the same weights."""
    held = np.zeros(0, "uint64") if case.validation is None else keys_of(case.validation.x)
    fits: list[EarlierFit] = vars(model).setdefault(KEPT, [])
    rows = table_of(case.train.x)
    fits.append(EarlierFit(keys_of(case.train.x), held, start_of(model), rows))


def learnt_before(model: keras.Model, x: Any) -> Finding | None:
    """What is to be said of arrays `x` that a model is scored on: that an earlier fold, not the
    last one, has taught them to the same weights."""
    fits: list[EarlierFit] = vars(model).get(KEPT, [])
    arrays = [one for one in keras.tree.flatten(x) if hasattr(one, "__array__")]
    if len(fits) < 2 or len(arrays) != len(keras.tree.flatten(x)):
        return None
    with unchanged():
        samples = open_source(x, None, None).samples
    if samples is None or not samples.size:
        return None
    keys = keys_of(samples.x)
    before = np.isin(keys, np.concatenate([one.keys for one in fits[:-1]]))
    share = float((before & ~np.isin(keys, fits[-1].keys)).mean())
    rows, beside = table_of(samples.x), fits[-1].rows
    if share < SCORED and rows is not None and beside is not None:
        rows = rows[~np.isin(keys, fits[-1].keys)]
        tables = [one.rows for one in fits[:-1] if one.rows is not None]
        share = max([share, *(on_any_scale(rows, beside, one) for one in tables)])
    if share < SCORED:
        return None
    entry = REGISTRY.entries["folds-share-weights"]
    return Finding(
        "folds-share-weights",
        "warning",
        f"{share:.0%} of the samples that evaluate() scores were trained on in an earlier call of "
        "fit, by the same weights.",
        entry.why,
        Words().fill(entry.fix),
    )


def look_at_scored(capture: Capture, model: keras.Model, x: Any) -> None:
    """Say it once where `evaluate` scores what an earlier fold has learnt."""
    try:
        finding = learnt_before(model, x)
    except Exception:  # what cannot be read is not judged
        return
    told = [one.check for fit in capture.fits for one in fit.findings]
    if finding and finding.check not in told:
        capture.fits[-1].watched.append(finding)
        if not capture.quiet:
            tell([finding])
