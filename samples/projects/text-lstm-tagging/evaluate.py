"""Score a run on the test rows, once, beside the simple models that it has to beat.

python evaluate.py            the latest run
python evaluate.py runs/3     that one; "3" will do
Where the data has grown since, new rows are left out: the test rows are those of training.
"""

import doctor.loading  # noqa: F401  isort: skip
import json
import warnings
from collections import Counter, defaultdict

import numpy as np
import pandas as pd
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import checkup
import data
import sample
from config import refuse
from doctor import parts_again
from doctor.commands import parse
from features import VIEWS, word
from reader.how import PARTS
from run import Run, load_run
from task import HIGHER_IS_BETTER, LIMITED, Target, score


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
    batch_size = run.config.training.prediction_batch_size
    outputs = run.model.predict(x, batch_size=batch_size, verbose=0)
    with warnings.catch_warnings(action="ignore", category=ConvergenceWarning):
        simple = simple_answers(parts["train"], parts["test"], run)
    return parts["test"], y, {"this network": outputs} | simple


def noise(
    y: np.ndarray, first: np.ndarray, second: np.ndarray, target: Target, headline: str
) -> float:
    """Standard error of the headline gap between two models: 100 resamplings of the test part."""
    random = np.random.default_rng(0)
    gaps = []
    with warnings.catch_warnings(action="ignore"):  # a resampling may lack a class: no matter
        for _ in range(100):
            rows = random.integers(len(y), size=len(y))
            scores = [score(y[rows], answers[rows], target) for answers in (first, second)]
            gaps.append(scores[0][headline] - scores[1][headline])
    return float(np.std(gaps))


def strongest(scores: dict[str, dict[str, float]], headline: str) -> str:
    """The baseline with the best headline score; the network is first, the trivial one second."""
    sign = 1 if HIGHER_IS_BETTER else -1
    return max(list(scores)[1:], key=lambda name: sign * scores[name][headline])


def verdict(scores: dict[str, dict[str, float]], headline: str, error: float = 0.0) -> str:
    """Say plainly who wins, by the headline score; nobody does where the gap is less than two
    standard errors, `error` each."""
    sign = 1 if HIGHER_IS_BETTER else -1
    values = {name: row[headline] for name, row in scores.items()}
    network, trivial, best = (*list(scores)[:2], strongest(scores, headline))
    shown = f"{headline} {values[network]:.4g}"
    if len(set(values.values())) == 1:
        return f"Nobody wins: all have {shown}, so this test part tells none from another."
    if sign * (values[network] - values[trivial]) <= 0:
        guess = f"{shown}, and {trivial} alone has {values[trivial]:.4g}"
        return f"This network is no better than guessing: {guess}. Do not use it."
    if abs(values[network] - values[best]) <= 2 * error:
        gap = f"{shown}, {best} has {values[best]:.4g}: that is within the noise of the test part"
        return f"A tie: {gap}. {best} is the simpler one."
    if sign * (values[network] - values[best]) < 0:
        gap = f"{best} has {headline} {values[best]:.4g}, this network {values[network]:.4g}"
        return f"The simple model wins: {gap}. Use {best} unless you can close the gap."
    return f"This network wins: {shown}; next is {best} with {values[best]:.4g}."


def main(arguments: list[str] | None = None) -> dict[str, dict[str, float]]:
    options = parse("evaluate", __doc__, arguments)
    run = load_run(options.run, options.set)
    test, y, answers = evaluate(run)
    scores = {name: score(y, answer, run.target) for name, answer in answers.items()}
    print(pd.DataFrame(scores).T.to_string(float_format="{:.4g}".format))
    headline = run.config.head.headline
    best = strongest(scores, headline)
    error = noise(y, answers["this network"], answers[best], run.target, headline)
    print(verdict(scores, headline, error))
    if not run.config.data.path:
        limit = sample.make(run.config)[1]
        print(f"Made-up sample: in the long run no model can beat {LIMITED} {limit:.4g}.")
    (run.path / "evaluation.json").write_text(json.dumps(scores, indent=1), encoding="utf-8")
    checkup.after_evaluation(run, test, y, answers["this network"], scores["this network"])
    return scores


if __name__ == "__main__":
    main()
