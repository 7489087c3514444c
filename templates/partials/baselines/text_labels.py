"""What the network has to beat: the label shares, and linear models that count words."""

from itertools import pairwise

import numpy as np
import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from features import words
from run import Run


def simple_answers(train: pd.DataFrame, test: pd.DataFrame, run: Run) -> dict[str, np.ndarray]:
    """Name: probabilities of the test texts, (rows, labels); a model for each label. Words and
    pairs of words count, by how often a text has them and how few texts do."""
    counted = TfidfVectorizer(analyzer=pairs, sublinear_tf=True)
    x = counted.fit_transform(run.encoder.flat(train))
    new, y = counted.transform(run.encoder.flat(test)), run.target.encode(train)
    models = {
        "label shares": DummyClassifier(strategy="prior"),
        "tf-idf and logistic regression": LogisticRegression(C=10, max_iter=1000),
    }
    return {
        name: OneVsRestClassifier(model).fit(x, y).predict_proba(new)
        for name, model in models.items()
    }


def pairs(text: str) -> list[str]:
    """Words, and neighbours as one."""
    single = words(text)
    return single + [" ".join(pair) for pair in pairwise(single)]
