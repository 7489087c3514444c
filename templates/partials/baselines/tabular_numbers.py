"""What the network has to beat, from trivial to strong, on the same numbers, scaled alike."""

import numpy as np
import pandas as pd
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import Ridge
from sklearn.multioutput import MultiOutputRegressor

from run import Run


def simple_answers(train: pd.DataFrame, test: pd.DataFrame, run: Run) -> dict[str, np.ndarray]:
    """Name: predictions for the test rows, (rows, targets), on the network's scale."""
    x, y = run.encoder.flat(train), run.target.encode(train)
    mean, variance = run.encoder.statistics(x)
    scaled, new = (
        (features - mean) / np.sqrt(variance) for features in (x, run.encoder.flat(test))
    )
    trees = HistGradientBoostingRegressor(random_state=run.config.training.seed)
    models = {
        "mean": DummyRegressor(strategy="mean"),
        "ridge regression": Ridge(),
        "gradient-boosted trees": MultiOutputRegressor(trees),
    }
    return {
        name: model.fit(scaled, y).predict(new).reshape(len(new), -1)
        for name, model in models.items()
    }
