"""What the network has to beat, from trivial to strong, on thumbnails of the same images."""

import numpy as np
import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from run import Run


def simple_answers(train: pd.DataFrame, test: pd.DataFrame, run: Run) -> dict[str, np.ndarray]:
    """Name: probabilities of the test images, (rows, labels); a model for each label."""
    x, y, new = run.encoder.flat(train), run.target.encode(train), run.encoder.flat(test)
    seed = run.config.training.seed
    models = {
        "label shares": DummyClassifier(strategy="prior"),
        "logistic regression": LogisticRegression(max_iter=1000),
        "random forest": RandomForestClassifier(200, n_jobs=-1, random_state=seed),
    }
    return {
        name: OneVsRestClassifier(model).fit(x, y).predict_proba(new)
        for name, model in models.items()
    }
