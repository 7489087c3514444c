"""What the network has to beat, from trivial to strong."""

import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge

from run import Run


def simple_answers(train: pd.DataFrame, test: pd.DataFrame, run: Run) -> dict[str, np.ndarray]:
    """Name: forecasts for the test windows, (windows, horizon * targets), scaled as targets are."""
    target = run.target
    answers = {"last value": target.scaled(target.anchors(test, "last"), test)}
    if 1 < target.season <= target.window:
        answers["last season"] = target.scaled(target.anchors(test, "season"), test)
    answers["linear model"] = linear(train, test, run, apart=True)
    if len(run.encoder.columns) > 1:
        answers["linear model of all columns"] = linear(train, test, run, apart=False)
    return answers


def linear(train: pd.DataFrame, test: pd.DataFrame, run: Run, apart: bool) -> np.ndarray:
    """Ridge regression from a window to what follows, both as differences to the last value: each
    target from its own past where `apart`, else all targets from all columns."""
    target, columns = run.target, run.encoder.columns
    both = [run.encoder.encode(part, "ignore") for part in (train, test)]
    x, new = (windows - windows[:, -1:] for windows in both)
    scale = x.std(axis=(0, 1)) + 1e-12
    x, new = x / scale, new / scale
    future = target.futures(train) - target.anchors(train, "last")
    ahead = np.zeros((len(new), *future.shape[1:]))
    every = list(range(len(target.columns)))
    for places in [[place] for place in every] if apart else [every]:
        seen = [columns.index(target.columns[place]) for place in places] if apart else slice(None)
        y = future[:, :, places]
        # A penalty that grows with the windows weighs the same for any number of them.
        model = Ridge(alpha=len(x) / 100).fit(
            x[:, :, seen].reshape(len(x), -1), y.reshape(len(y), -1)
        )
        answer = model.predict(new[:, :, seen].reshape(len(new), -1))
        ahead[:, :, places] = answer.reshape(len(new), -1, len(places))
    return target.scaled(ahead + target.anchors(test, "last"), test)
