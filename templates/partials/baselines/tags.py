"""What the network has to beat: each word's commonest tag, and a linear model of neighbours."""

from collections import Counter, defaultdict

import numpy as np
import pandas as pd
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from features import VIEWS, word
from run import Run


def simple_answers(train: pd.DataFrame, test: pd.DataFrame, run: Run) -> dict[str, np.ndarray]:
    """Name: probabilities of the test tokens, (rows, length, tags), 0 after the end."""
    tags = run.target.tags
    given = np.array([tags.index(tag) for row in train["tags"] for tag in row])
    seen: dict[str, Counter[int]] = defaultdict(Counter)
    for token, code in zip(train["tokens"].explode(), given, strict=True):
        seen[word(token)][code] += 1
    usual = int(np.bincount(given).argmax())
    common = [
        seen[word(token)].most_common(1)[0][0] if word(token) in seen else usual
        for token in test["tokens"].explode()
    ]
    counted, linear = DictVectorizer(), LogisticRegression(max_iter=200)
    linear.fit(counted.fit_transform(windows(train["tokens"])), given)
    likely = linear.predict_proba(counted.transform(windows(test["tokens"])))
    flat = {
        "commonest tag of the word": np.eye(len(tags))[np.array(common)],
        "logistic regression on neighbours": likely,
    }
    real = run.target.encode(test) >= 0
    answers = {name: np.zeros((*real.shape, len(tags))) for name in flat}
    for name, probabilities in flat.items():
        answers[name][real] = probabilities
    return answers


def windows(sentences: pd.Series) -> list[dict[str, str]]:
    """Each token's own views, and those of the token before it and after it."""
    rows = []
    for tokens in sentences:
        views = [{name: view(token) for name, view in VIEWS.items()} for token in tokens]
        edge = dict.fromkeys(VIEWS, "<edge>")
        padded = [edge, *views, edge]
        for place in range(len(tokens)):
            around = zip(("before", "own", "after"), padded[place : place + 3], strict=True)
            rows.append(
                {
                    f"{side} {name}": view
                    for side, views_there in around
                    for name, view in views_there.items()
                }
            )
    return rows
