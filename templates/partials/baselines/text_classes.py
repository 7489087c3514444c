"""What the network has to beat: the largest class, and a linear model that counts words."""

from itertools import pairwise

import numpy as np
import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from features import words
from run import Run


def simple_answers(train: pd.DataFrame, test: pd.DataFrame, run: Run) -> dict[str, np.ndarray]:
    """Name: probabilities of the test texts, (rows, classes). Words and pairs of words count, by
    how often a text has them and how few texts do."""
    x, y = run.encoder.flat(train), run.target.encode(train).ravel()
    counted = TfidfVectorizer(analyzer=pairs, sublinear_tf=True)
    models = {
        "largest class": DummyClassifier(strategy="prior"),
        "tf-idf and logistic regression": make_pipeline(
            counted, LogisticRegression(C=10, max_iter=1000)
        ),
    }
    new = run.encoder.flat(test)
    return {name: model.fit(x, y).predict_proba(new) for name, model in models.items()}


def pairs(text: str) -> list[str]:
    """Words, and neighbours as one."""
    single = words(text)
    return single + [" ".join(pair) for pair in pairwise(single)]
