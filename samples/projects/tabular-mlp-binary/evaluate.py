"""Score a run on the test rows, once, beside the simple models that it has to beat.

python evaluate.py            the latest run
python evaluate.py runs/3     that one
"""

import doctor.loading  # noqa: F401  isort: skip
import argparse
import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

import checkup
import data
import sample
from config import refuse
from run import Run, load_run, read_report
from task import HEADLINE, HIGHER_IS_BETTER, Target, score


def simple_answers(train: pd.DataFrame, test: pd.DataFrame, run: Run) -> dict[str, np.ndarray]:
    """Name: probabilities of the test rows, (rows, classes)."""
    x, y = run.encoder.flat(train), run.target.encode(train).ravel()
    mean, variance = run.encoder.statistics(x)
    scaled, new = (
        (features - mean) / np.sqrt(variance) for features in (x, run.encoder.flat(test))
    )
    models = {
        "largest class": DummyClassifier(strategy="prior"),
        "logistic regression": LogisticRegression(max_iter=1000),
        "gradient-boosted trees": HistGradientBoostingClassifier(
            random_state=run.config.training.seed
        ),
    }
    return {name: model.fit(scaled, y).predict_proba(new) for name, model in models.items()}


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
