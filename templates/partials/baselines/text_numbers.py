"""What the network has to beat: the mean, and a linear model that counts words."""

from itertools import pairwise

import numpy as np
import pandas as pd
from sklearn.dummy import DummyRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline

from features import words
from run import Run


def simple_answers(train: pd.DataFrame, test: pd.DataFrame, run: Run) -> dict[str, np.ndarray]:
    """Name: predictions for the test texts, (rows, targets), on the network's scale. Words and
    pairs of words count, by how often a text has them and how few texts do."""
    x, y = run.encoder.flat(train), run.target.encode(train)
    counted = TfidfVectorizer(analyzer=pairs, sublinear_tf=True)
    models = {
        "mean": DummyRegressor(strategy="mean"),
        "tf-idf and ridge regression": make_pipeline(counted, Ridge()),
    }
    new = run.encoder.flat(test)
    return {
        name: model.fit(x, y).predict(new).reshape(len(new), -1) for name, model in models.items()
    }


def pairs(text: str) -> list[str]:
    """Words, and neighbours as one."""
    single = words(text)
    return single + [" ".join(pair) for pair in pairwise(single)]
