"""Test samples on their way through predict.py, beside what evaluate.py makes of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import keras
import numpy as np
import pandas as pd

from .project import Answers, RoundTrip

ASKED = 64  # test samples, at most, that predict.py is asked about
APART = 2.0  # biases of the first and the last unit of a network that is tried untrained, + and -
WINDOWS = 20  # places in time that are scored again
MOST_BYTES = 20_000_000  # of a file that is read again

Predict = Callable[[pd.DataFrame], pd.DataFrame]
Decode = Callable[[np.ndarray, pd.DataFrame], pd.DataFrame]
ReadNew = Callable[[list[str], Any], pd.DataFrame]


class Score(NamedTuple):
    """A score that evaluate.py reports of the test samples: its name, and its value."""

    name: str
    value: float


def enliven(model: keras.Model) -> None:
    """Make an untrained network say different things: at the shares of the classes it would answer
    the commonest to all. The first class or label is said seldom and the last one often: averages
    over classes and over samples are to differ."""
    for layer in reversed(model.layers):
        if getattr(layer, "bias", None) is not None:
            shape = tuple(layer.bias.shape)
            apart = np.linspace(-APART, APART, shape[-1]) if shape[-1] > 1 else np.zeros(1)
            layer.bias.assign(np.broadcast_to(apart, shape))
            layer.kernel.assign(10 * layer.kernel)
            return


def columns(answers: pd.DataFrame) -> Answers:
    """The columns of answers, numbers as float64."""
    return {
        str(name): cells.to_numpy("float64")
        if pd.api.types.is_numeric_dtype(cells)
        else cells.astype(str).to_numpy()
        for name, cells in answers.items()
    }


def can_be_read_again(path: str) -> bool:
    """Whether the data is one file, and not too large to be read once more."""
    return bool(path) and Path(path).is_file() and Path(path).stat().st_size <= MOST_BYTES


def read_as_new(
    few: pd.DataFrame,
    config: Any,
    read_new: ReadNew,
    keys: Callable[[pd.DataFrame, Any], np.ndarray],
    written: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The samples `few` as predict.py reads them from the file of training that `config` names,
    found by their `keys`, or from a CSV of `written` where there is no file; as they are where
    neither can be. Raises ValueError where they are not among what is read."""
    path = config.data.path
    with tempfile.TemporaryDirectory() as folder:
        if not path and written is not None:
            path = str(Path(folder) / "samples.csv")
            written.to_csv(path, index=False)
        if not can_be_read_again(path):
            return few
        new = read_new([path], config)
    wanted, there = keys(few, config), pd.Index(keys(new, config))
    if missing := int((~np.isin(wanted, there)).sum()):
        raise ValueError(
            f"{missing} of {len(few)} test samples are others when predict.py reads "
            "them from their file"
        )
    places = pd.Series(np.arange(len(new)), index=there)
    return new.iloc[places[~there.duplicated()].loc[wanted]]


def read_images(few: pd.DataFrame, config: Any, read_new: ReadNew) -> pd.DataFrame:
    """The images `few`, in column "image", as predict.py reads them from the files in column
    "file", or from PNG files that they are written to where `config` names no data. Raises
    ValueError where there are not as many."""
    with tempfile.TemporaryDirectory() as folder:
        if config.data.path:
            files = [str(name) for name in few["file"]]
        else:
            files = [str(Path(folder) / f"{place:03}.png") for place in range(len(few))]
            for name, pixels in zip(files, few["image"], strict=True):
                keras.utils.save_img(name, pixels, scale=False)
        if not all(Path(name).is_file() for name in files):
            return few  # such as those in an archive
        new = read_new(files, config)
    if len(new) != len(few):
        raise ValueError(f"predict.py reads {len(new)} images of {len(few)}")
    return new


def trip_of_rows(
    predict: Predict,
    decode: Decode,
    test: pd.DataFrame,
    outputs: np.ndarray,
    targets: list[str],
    truth: Answers,
    score: Score,
    as_new: Predict = lambda few: few,
) -> RoundTrip:
    """Samples that stand for themselves, one in each row of `test`; the columns `targets` are not
    shown to `predict`. `outputs` are the network's to all of them, `truth` the cells to compare
    their answers with; `as_new` gives them as they are read from a file to predict for. Raises
    ValueError where there are not as many."""
    if len(outputs) != len(test):
        raise ValueError(f"evaluate.py scores {len(outputs):,} answers for {len(test):,} samples")
    rows = np.unique(np.linspace(0, len(test) - 1, ASKED).astype(int))
    few = test.iloc[rows]
    raw = as_new(few).drop(columns=targets, errors="ignore").reset_index(drop=True)
    places = sorted({0, len(raw) // 2})
    return RoundTrip(
        columns(predict(raw)),
        {place: columns(predict(raw.iloc[[place]].reset_index(drop=True))) for place in places},
        columns(decode(outputs[rows], few)),
        columns(decode(outputs, test)),
        truth,
        *score,
    )


def trip_in_time(
    predict: Predict,
    decode: Decode,
    test: pd.DataFrame,
    outputs: np.ndarray,
    targets: list[str],
    time_column: str,
    horizon: int,
    measure: str,
    score: Callable[[np.ndarray], float],
) -> RoundTrip:
    """Windows of the rows in time `test`: `predict` forecasts the last `horizon` of them, whose
    cells it does not see, and `score` tells the one called `measure` of some windows, (places,)."""
    size = len(test) - len(outputs) + 1  # of a window and what follows
    places = np.unique(np.linspace(0, len(outputs) - 1, WINDOWS).astype(int))
    windows = [test.iloc[place : place + size] for place in places]
    pairs = zip(places, windows, strict=True)
    made = pd.concat([decode(outputs[[place]], rows) for place, rows in pairs])
    true = pd.concat([rows.tail(horizon) for rows in windows])
    last = test.tail(size)
    ahead = last.reset_index(drop=True)
    ahead.loc[size - horizon :, ahead.columns != time_column] = np.nan
    return RoundTrip(
        columns(predict(ahead)),
        {},
        columns(decode(outputs[-1:], last)),
        columns(made),
        {name: true[name].to_numpy("float64") for name in targets},
        measure,
        score(places),
    )
