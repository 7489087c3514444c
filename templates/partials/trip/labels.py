"""Test samples on their way through predict.py, and the labels that the data has for them."""

from functools import partial

import numpy as np
import pandas as pd

import predict
from checkup import target_names
from data import as_numbers
from doctor.project import RoundTrip
from doctor.trips import Score, trip_of_rows
from run import Run
from special import as_new


def round_trip(
    run: Run, test: pd.DataFrame, y: np.ndarray, outputs: np.ndarray, scores: dict[str, float]
) -> RoundTrip:
    """What predict.py makes of raw test samples, beside `outputs` and `scores` of evaluate.py."""
    names = target_names(run.config)
    truth = {name: as_numbers(test[name], True) for name in names}
    ask, decode = partial(predict.predict, run, unseen="ignore"), run.target.decode
    headline, arrived = run.config.head.headline, partial(as_new, config=run.config)
    reported = Score(headline, scores[headline])
    return trip_of_rows(ask, decode, test, outputs, names, truth, reported, arrived)
