"""What the network has to beat, from trivial to strong, on thumbnails of the same images."""

import numpy as np
import pandas as pd
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from run import Run


def simple_answers(train: pd.DataFrame, test: pd.DataFrame, run: Run) -> dict[str, np.ndarray]:
    """Name: predictions for the test images, (rows, targets), on the network's scale."""
    x, y, new = run.encoder.flat(train), run.target.encode(train), run.encoder.flat(test)
    seed = run.config.training.seed
    models = {
        "mean": DummyRegressor(strategy="mean"),
        "ridge regression": make_pipeline(StandardScaler(), RidgeCV(np.logspace(0, 5, 6))),
        "random forest": RandomForestRegressor(
            100, max_features=0.3, min_samples_leaf=3, n_jobs=-1, random_state=seed
        ),
    }
    y = y if y.shape[1] > 1 else y.ravel()
    fitted = {name: model.fit(x, y) for name, model in models.items()}
    return {name: model.predict(new).reshape(len(new), -1) for name, model in fitted.items()}
