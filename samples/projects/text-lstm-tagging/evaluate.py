"""Score a run on the test rows, once, beside the simple models that it has to beat.

python evaluate.py            the latest run
python evaluate.py runs/3     that one
"""

import doctor.loading  # noqa: F401  isort: skip
import argparse
import json
import warnings
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import checkup
import data
import sample
from config import refuse
from features import VIEWS, word
from run import Run, load_run, read_report
from task import HEADLINE, HIGHER_IS_BETTER, Target, score


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


def evaluate(run: Run) -> tuple[pd.DataFrame, np.ndarray, dict[str, np.ndarray]]:
    """The test part, its targets, what the network and each baseline answer; none left out."""
    parts = data.split(data.read_table(run.config), run.config)
    if read_report(run.path)["test_fingerprint"] != data.fingerprint(parts["test"], run.config):
        given = f"the data has changed since {run.path} was trained"
        expected = "the same samples, so that none of the test part was trained on"
        refuse(given, expected, "restore it, or train again")
    x, y = run.encoder.encode(parts["test"], "ignore"), run.target.encode(parts["test"])
    batch_size = run.config.training.prediction_batch_size
    outputs = run.model.predict(x, batch_size=batch_size, verbose=0)
    with warnings.catch_warnings(action="ignore", category=ConvergenceWarning):
        simple = simple_answers(parts["train"], parts["test"], run)
    return parts["test"], y, {"this network": outputs} | simple


def noise(y: np.ndarray, first: np.ndarray, second: np.ndarray, target: Target) -> float:
    """Standard error of the headline gap between two models: 100 resamplings of the test part."""
    random = np.random.default_rng(0)
    gaps = []
    with warnings.catch_warnings(action="ignore"):  # a resampling may lack a class: no matter
        for _ in range(100):
            rows = random.integers(len(y), size=len(y))
            scores = [score(y[rows], answers[rows], target) for answers in (first, second)]
            gaps.append(scores[0][HEADLINE] - scores[1][HEADLINE])
    return float(np.std(gaps))


def strongest(scores: dict[str, dict[str, float]]) -> str:
    """The baseline with the best headline score; the network is first, the trivial one second."""
    sign = 1 if HIGHER_IS_BETTER else -1
    return max(list(scores)[1:], key=lambda name: sign * scores[name][HEADLINE])


def verdict(scores: dict[str, dict[str, float]]) -> str:
    """Say plainly who wins, by the headline score."""
    sign = 1 if HIGHER_IS_BETTER else -1
    headline = {name: row[HEADLINE] for name, row in scores.items()}
    network, trivial, best = (*list(scores)[:2], strongest(scores))
    shown = f"{HEADLINE} {headline[network]:.4g}"
    if len(set(headline.values())) == 1:
        return f"Nobody wins: all have {shown}, so this test part tells none from another."
    if sign * (headline[network] - headline[trivial]) <= 0:
        guess = f"{shown}, and {trivial} alone has {headline[trivial]:.4g}"
        return f"This network is no better than guessing: {guess}. Do not use it."
    if sign * (headline[network] - headline[best]) < 0:
        gap = f"{best} has {HEADLINE} {headline[best]:.4g}, this network {headline[network]:.4g}"
        return f"The simple model wins: {gap}. Use {best} unless you can close the gap."
    return f"This network wins: {shown}; next is {best} with {headline[best]:.4g}."


def main(arguments: list[str] | None = None) -> dict[str, dict[str, float]]:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path, nargs="?", help="a run folder (default: the latest)")
    parser.add_argument("--set", action="append", default=[], metavar="DATA.KEY=VALUE")
    options = parser.parse_args(arguments)
    run = load_run(options.run, options.set)
    test, y, answers = evaluate(run)
    scores = {name: score(y, answer, run.target) for name, answer in answers.items()}
    print(pd.DataFrame(scores).T.to_string(float_format="{:.4g}".format))
    print(verdict(scores))
    best = strongest(scores)
    gap = abs(scores["this network"][HEADLINE] - scores[best][HEADLINE])
    if gap < 2 * noise(y, answers["this network"], answers[best], run.target):
        print(f"The gap to {best} is within the noise of {len(y):,} test samples.")
    if not run.config.data.path:
        limit = sample.make(run.config)[1]
        print(f"Made-up sample: in the long run no model can beat {HEADLINE} {limit:.4g}.")
    (run.path / "evaluation.json").write_text(json.dumps(scores, indent=1), encoding="utf-8")
    checkup.after_evaluation(run, test, y, answers["this network"], scores["this network"])
    return scores


if __name__ == "__main__":
    main()
