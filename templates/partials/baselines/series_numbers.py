"""What the network has to beat, from trivial to strong: all steps, a summary, random patterns."""

import numpy as np
import pandas as pd
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import ExtraTreesRegressor
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from doctor.patterns import pattern_shares
from run import Run


def simple_answers(train: pd.DataFrame, test: pd.DataFrame, run: Run) -> dict[str, np.ndarray]:
    """Name: predictions for the test series, (rows, targets), on the network's scale."""
    y = run.target.encode(train)
    y = y[:, 0] if y.shape[1] == 1 else y  # scikit-learn wants one target flat
    steps, new_steps = run.encoder.flat(train), run.encoder.flat(test)
    sums, new_sums = run.encoder.summary(train), run.encoder.summary(test)
    channels, seed = run.encoder.channels, run.config.training.seed
    shares, new_shares = pattern_shares(steps, new_steps, channels, seed)
    linear = make_pipeline(StandardScaler(), RidgeCV(np.logspace(-1, 5, 13)))
    trees = ExtraTreesRegressor(300, random_state=seed)
    predicted = {
        "mean": DummyRegressor(strategy="mean").fit(steps, y).predict(new_steps),
        "ridge regression": linear.fit(steps, y).predict(new_steps),
        "trees on a summary": trees.fit(sums, y).predict(new_sums),
        "random patterns": linear.fit(shares, y).predict(new_shares),
    }
    return {name: answer.reshape(len(test), -1) for name, answer in predicted.items()}
