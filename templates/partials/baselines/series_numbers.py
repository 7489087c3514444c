"""What the network has to beat, from trivial to strong: on all steps, and on a summary of them."""

import numpy as np
import pandas as pd
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import ExtraTreesRegressor
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from run import Run


def simple_answers(train: pd.DataFrame, test: pd.DataFrame, run: Run) -> dict[str, np.ndarray]:
    """Name: predictions for the test series, (rows, targets), on the network's scale."""
    y = run.target.encode(train)
    y = y[:, 0] if y.shape[1] == 1 else y  # scikit-learn wants one target flat
    steps, new_steps = run.encoder.flat(train), run.encoder.flat(test)
    sums, new_sums = run.encoder.summary(train), run.encoder.summary(test)
    linear = make_pipeline(StandardScaler(), RidgeCV(np.logspace(-1, 5, 13)))
    trees = ExtraTreesRegressor(300, random_state=run.config.training.seed)
    predicted = {
        "mean": DummyRegressor(strategy="mean").fit(steps, y).predict(new_steps),
        "ridge regression": linear.fit(steps, y).predict(new_steps),
        "trees on a summary": trees.fit(sums, y).predict(new_sums),
    }
    return {name: answer.reshape(len(test), -1) for name, answer in predicted.items()}
