"""What the network has to beat, from trivial to strong: all steps, a summary, random patterns."""

import numpy as np
import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from doctor.patterns import pattern_shares
from run import Run


def simple_answers(train: pd.DataFrame, test: pd.DataFrame, run: Run) -> dict[str, np.ndarray]:
    """Name: probabilities of the test series, (rows, labels); a model for each label."""
    y = run.target.encode(train)
    steps, new_steps = run.encoder.flat(train), run.encoder.flat(test)
    sums, new_sums = run.encoder.summary(train), run.encoder.summary(test)
    channels, seed = run.encoder.channels, run.config.training.seed
    found, new_found = pattern_shares(steps, new_steps, channels, seed)
    shares = OneVsRestClassifier(DummyClassifier(strategy="prior"))
    logistic = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    linear = OneVsRestClassifier(logistic)
    trees = OneVsRestClassifier(ExtraTreesClassifier(300, random_state=seed))
    return {
        "label shares": shares.fit(steps, y).predict_proba(new_steps),
        "logistic regression": linear.fit(steps, y).predict_proba(new_steps),
        "trees on a summary": trees.fit(sums, y).predict_proba(new_sums),
        "random patterns": linear.fit(found, y).predict_proba(new_found),
    }
