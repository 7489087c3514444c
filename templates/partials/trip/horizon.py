"""The last rows in time on their way through predict.py, and the score of some windows."""

from functools import partial

import numpy as np
import pandas as pd

import predict
from doctor.project import RoundTrip
from doctor.trips import trip_in_time
from run import Run
from special import require_the_same
from task import score


def round_trip(
    run: Run, test: pd.DataFrame, y: np.ndarray, outputs: np.ndarray, scores: dict[str, float]
) -> RoundTrip:
    """What predict.py makes of the last test rows, beside `outputs` and scores of evaluate.py."""
    require_the_same(test.tail(run.config.data.window), run.config)
    return trip_in_time(
        partial(predict.predict, run),
        run.target.decode,
        test,
        outputs,
        run.config.data.targets,
        run.config.data.time_column,
        run.config.data.horizon,
        run.config.head.headline,
        lambda rows: score(y[rows], outputs[rows], run.target)[run.config.head.headline],
    )
