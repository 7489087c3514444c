"""Test samples on their way through predict.py, and the tags that the data has for them."""

from functools import partial

import numpy as np
import pandas as pd

import predict
from doctor.project import RoundTrip
from doctor.trips import Score, trip_of_rows
from run import Run


def round_trip(
    run: Run, test: pd.DataFrame, y: np.ndarray, outputs: np.ndarray, scores: dict[str, float]
) -> RoundTrip:
    """What predict.py makes of raw test samples, beside `outputs` and `scores` of evaluate.py."""
    pairs = zip(test["tokens"], test["tags"], strict=True)
    tagged = [" ".join(map("/".join, zip(*pair, strict=True))) for pair in pairs]
    truth = {"tagged": np.array(tagged, object)}
    ask, decode = partial(predict.predict, run, unseen="ignore"), run.target.decode
    reported = Score("token_accuracy", scores["token_accuracy"])
    return trip_of_rows(ask, decode, test, outputs, ["tags"], truth, reported)
