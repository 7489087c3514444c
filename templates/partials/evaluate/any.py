"""Score a run on the test rows, once, beside the simple models that it has to beat.

python evaluate.py            the latest run
python evaluate.py runs/3     that one; "3" will do
Where the data has grown since, new rows are left out: the test rows are those of training.
"""

import doctor.loading  # noqa: F401  isort: skip
import json
import warnings

import numpy as np
import pandas as pd
from baselines import simple_answers
from sklearn.exceptions import ConvergenceWarning

import checkup
import data
import sample
from config import refuse
from doctor import parts_again
from doctor.commands import parse
from reader.how import PARTS
from run import Run, load_run
from task import HIGHER_IS_BETTER, LIMITED, score


def parts_of(run: Run) -> dict[str, pd.DataFrame]:
    """The samples of each part of `run`, as they are now; what has come since is in none."""
    table, config = data.read_table(run.config), run.config
    before, column = parts_again.kept(run.path), data.part_column(config)
    table = table[[name for name in table if str(name) in before["columns"]]]  # others are new
    said = table.get(column, pd.Series("", table.index)).astype(str).str.lower().map(PARTS)
    known = parts_again.known_again(
        data.marks(table, config), before, said.to_numpy(), data.SAMPLES
    )
    if known.lost:
        given = f"most of the {data.SAMPLES} of {run.path} are not there as they were"
        expected = "the data that it was trained on, which may have grown"
        refuse(f"{given}: {known.changes}", expected, "restore it, or train again")
    if known.changes:
        print(f"note: since {run.path} was trained: {known.changes}")
    return {name: table.iloc[places] for name, places in known.places.items()}


def evaluate(run: Run) -> tuple[pd.DataFrame, np.ndarray, dict[str, np.ndarray]]:
    """The test part, its targets, what the network and each baseline answer; none left out."""
    parts = parts_of(run)
    x, y = run.encoder.encode(parts["test"], "ignore"), run.target.encode(parts["test"])
    run.target.fit(parts["train"], run.config)  # refuses data in which a class has gone since
    outputs = run.model.predict(x, run.config.training.prediction_batch_size, verbose=0)
    with warnings.catch_warnings(action="ignore", category=ConvergenceWarning):
        simple = simple_answers(parts["train"], parts["test"], run)
    return parts["test"], y, {"this network": outputs} | simple


def intervals(
    y: np.ndarray, answers: dict[str, np.ndarray], names: set[str], run: Run, together: np.ndarray
) -> dict[str, tuple[float, float]]:
    """The 95 % interval of the headline gap from each of `names` to the network, on the same
    samples: 1.96 standard errors about it, of 100 draws with replacement from the test part
    (Efron & Tibshirani 1993, An Introduction to the Bootstrap). Samples of one key in `together`,
    (samples,), are drawn as one: three of one patient are no three witnesses."""
    headline, which = run.config.head.headline, np.unique(together, return_inverse=True)[1]
    often = np.random.default_rng(0).integers(which.max() + 1, size=(100, which.max() + 1))
    draws = [np.arange(len(y))]
    draws += [np.repeat(draws[0], np.bincount(one, minlength=len(one))[which]) for one in often]

    def headlines(name: str) -> np.ndarray:
        scores = [score(y[rows], answers[name][rows], run.target) for rows in draws]
        return np.array([one[headline] for one in scores])

    with warnings.catch_warnings(action="ignore"):  # a draw may lack a class: it tells nothing
        network = headlines("this network")
        gaps = {name: network - headlines(name) for name in names}
        errors = {name: 1.96 * np.nanstd(gap[1:]) for name, gap in gaps.items()}
    return {name: (gap[0] - errors[name], gap[0] + errors[name]) for name, gap in gaps.items()}


def strongest(scores: dict[str, dict[str, float]], headline: str) -> str:
    """The baseline with the best headline score; the network is first, the trivial one second."""
    sign = 1 if HIGHER_IS_BETTER else -1
    return max(list(scores)[1:], key=lambda name: sign * scores[name][headline])


def verdict(
    scores: dict[str, dict[str, float]],
    headline: str,
    gaps: dict[str, tuple[float, float]] | None = None,
) -> str:
    """Say plainly who wins, by the headline score; nobody does where the interval that `gaps` has
    for the gap to a baseline holds zero."""
    sign = 1 if HIGHER_IS_BETTER else -1
    values = {name: row[headline] for name, row in scores.items()}
    network, trivial, best = (*list(scores)[:2], strongest(scores, headline))
    shown = f"{headline} {values[network]:.4g}"
    if len(set(values.values())) == 1:
        return f"Nobody wins: all have {shown}, so this test part tells none from another."
    said = {
        name: f"; 95 % interval of the difference: {low:+.2g} to {high:+.2g}"
        for name, (low, high) in (gaps or {}).items()
    }
    tied = {name for name, (low, high) in (gaps or {}).items() if low <= 0 <= high}
    guess = f"{shown}, and {trivial} alone has {values[trivial]:.4g}{said.get(trivial, '')}"
    if sign * (values[network] - values[trivial]) <= 0:
        return f"This network is no better than guessing: {guess}. Do not use it."
    if trivial in tied:
        return f"This test part does not tell this network from guessing: {guess}."
    gap = f"{shown}, {best} has {values[best]:.4g}{said.get(best, '')}"
    if best in tied:
        return f"A tie: {gap}. {best} is the simpler one."
    if sign * (values[network] - values[best]) < 0:
        return f"The simple model wins: {gap}. Use {best} unless you can close the gap."
    return f"This network wins: {gap}."


def main(arguments: list[str] | None = None) -> dict[str, dict[str, float]]:
    options = parse("evaluate", __doc__, arguments)
    run = load_run(options.run, options.set)
    test, y, answers = evaluate(run)
    scores = {name: score(y, answer, run.target) for name, answer in answers.items()}
    print(pd.DataFrame(scores).T.to_string(float_format="{:.4g}".format))
    headline = run.config.head.headline
    rivals = {list(scores)[1], strongest(scores, headline)}
    gaps = intervals(y, answers, rivals, run, data.groups(test, run.config))
    print(verdict(scores, headline, gaps))
    if not run.config.data.path:
        limit = sample.make(run.config)[1]
        print(f"Made-up sample: in the long run no model can beat {LIMITED} {limit:.4g}.")
    (run.path / "evaluation.json").write_text(json.dumps(scores, indent=1), encoding="utf-8")
    checkup.after_evaluation(run, test, y, answers["this network"], scores["this network"])
    return scores


if __name__ == "__main__":
    main()
