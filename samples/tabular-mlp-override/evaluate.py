"""Score a run on the test rows, once, beside the simple models that it has to beat.

python evaluate.py            the latest run
python evaluate.py runs/3     that one
"""

import loading  # noqa: F401  isort: skip
import argparse
import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.exceptions import ConvergenceWarning

import data
import sample
from run import Run, load_run, read_report
from schema import refuse
from targets import baseline_targets, baselines
from task import HEADLINE, HIGHER_IS_BETTER, score


def fit_and_answer(model: Any, run: Run, train: pd.DataFrame, x: np.ndarray) -> np.ndarray:
    """Fit a scikit-learn model on the rows that the network trained on; answer for features `x`.

    It sees the same numbers as the network, scaled alike. Returns (rows, outputs).
    """
    x_train = run.encoder.encode(train, "refuse")
    mean, variance = run.encoder.statistics(x_train)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit((x_train - mean) / np.sqrt(variance), baseline_targets(run.target.encode(train)))
    answer = getattr(model, "predict_proba", model.predict)
    return answer((x - mean) / np.sqrt(variance)).reshape(len(x), -1)


def evaluate(run: Run) -> dict[str, dict[str, float]]:
    """Scores of the network and of each baseline on the test rows, none of them left out."""
    parts = data.split(data.read_table(run.config), run.config)
    if read_report(run.path)["test_rows"] != data.fingerprint(parts["test"]):
        given = f"the table has changed since {run.path} was trained"
        expected = "the same rows, so that no test row was trained on"
        refuse(given, expected, "restore the file, or train again")
    x, y = run.encoder.encode(parts["test"], "ignore"), run.target.encode(parts["test"])
    outputs = run.model.predict(x, batch_size=4096, verbose=0)
    scores = {"this network": score(y, outputs, run.target)}
    for name, model in baselines(run.config.training.seed).items():
        answers = fit_and_answer(model, run, parts["train"], x)
        scores[name] = score(y, answers, run.target)
    return scores


def verdict(scores: dict[str, dict[str, float]]) -> str:
    """Say plainly who wins, by the headline score."""
    headline = {name: row[HEADLINE] for name, row in scores.items()}
    sign = 1 if HIGHER_IS_BETTER else -1
    network = headline.pop("this network")
    trivial = next(iter(headline))
    best = max(headline, key=lambda name: sign * headline[name])
    if sign * (network - headline[trivial]) <= 0:
        guess = f"{trivial} has {HEADLINE} {headline[trivial]:.4g}, this network {network:.4g}"
        return f"This network is no better than guessing: {guess}. Do not use it."
    if sign * (network - headline[best]) < 0:
        return (
            f"The simple model wins: {best} has {HEADLINE} {headline[best]:.4g}, "
            f"this network {network:.4g}. Use {best} unless you can close the gap."
        )
    return f"This network wins: {HEADLINE} {network:.4g}; next is {best} with {headline[best]:.4g}."


def main(arguments: list[str] | None = None) -> dict[str, dict[str, float]]:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path, nargs="?", help="a run folder (default: the latest)")
    run = load_run(parser.parse_args(arguments).run)
    scores = evaluate(run)
    print(pd.DataFrame(scores).T.to_string(float_format="{:.4g}".format))
    print(verdict(scores))
    config = run.config
    if not config.data.path:
        best = sample.make(config.sample, config.head, config.data.targets)[1]
        print(f"The best {HEADLINE} there can be on this made-up sample is {best:.4g}.")
    (run.path / "evaluation.json").write_text(json.dumps(scores, indent=1), encoding="utf-8")
    return scores


if __name__ == "__main__":
    main()
