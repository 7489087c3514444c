"""Test samples on their way through predict.py, and where in an image their masks stand."""

import tempfile
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

import predict
from checkup import target_names
from doctor.project import RoundTrip
from doctor.trips import Score, trip_of_rows
from run import Run
from special import as_new


def quarters(masks: list[np.ndarray]) -> pd.DataFrame:
    """The mean value of each mask in each of its four quarters, where a turned one differs."""
    cut = [np.array_split(half, 2, axis=1) for mask in masks for half in np.array_split(mask, 2)]
    means = np.array([quarter.mean() for pair in cut for quarter in pair]).reshape(-1, 4)
    return pd.DataFrame(means, columns=[f"quarter {place}" for place in range(1, 5)])


def drawn(run: Run, table: pd.DataFrame) -> pd.DataFrame:
    """What predict.py answers, with the quarters of the masks that it writes."""
    with tempfile.TemporaryDirectory() as folder:
        answers = predict.predict(run, table, "ignore", Path(folder) / "masks")
        paths = [Path(folder) / "masks" / name for name in answers["mask"]]
        masks = quarters([np.asarray(Image.open(path)) for path in paths])
        return answers.drop(columns="mask").join(masks)


def scored(run: Run, outputs: np.ndarray, table: pd.DataFrame) -> pd.DataFrame:
    """The same of the network's outputs."""
    values = np.array(run.target.classes)
    sizes = zip(table["width"].astype(int), table["height"].astype(int), strict=True)
    pairs = zip(outputs, sizes, strict=True)
    masks = [values[predict.own_size(one, size)] for one, size in pairs]
    return run.target.decode(outputs, table).join(quarters(masks))


def round_trip(
    run: Run, test: pd.DataFrame, y: np.ndarray, outputs: np.ndarray, scores: dict[str, float]
) -> RoundTrip:
    """What predict.py makes of raw test samples, beside `outputs` and `scores` of evaluate.py."""
    headline, arrived = run.config.head.headline, partial(as_new, config=run.config)
    reported = Score(headline, scores[headline])
    asked, decode = partial(drawn, run), partial(scored, run)
    return trip_of_rows(
        asked, decode, test, outputs, target_names(run.config), {}, reported, arrived
    )
