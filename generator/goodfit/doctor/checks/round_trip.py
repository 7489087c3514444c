"""What predict.py answers to raw test samples, beside what evaluate.py scores and reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from ..case import Case
from ..finding import Finding
from ..project import Answers, RoundTrip
from ..registry import REGISTRY, Entry, check
from ..words import in_one_line

FEW = 0.02  # of the samples: as many may be ties that rounding settles
CLOSE = 1e-3  # of the spread of numbers
AWAY = 0.01  # of a score that is measured again
COUNT = 0.002  # of one that is counted: rounding may move an answer over a threshold

REGISTRY.entry(
    Entry(
        "alone-differs",
        "error",
        "A sample that predict.py answers otherwise alone than among others.",
        "What users send one by one is not what was scored.",
        "no step of predict.py or {inputs} may learn from the samples that it is given",
        "another word; numbers by a thousandth of their spread",
        "the definition",
    )
)
REGISTRY.entry(
    Entry(
        "score-differs",
        "error",
        "A score of evaluate.py that its own answers to the test samples do not have, counted anew "
        "from the cells of the data.",
        "It is the number that a project is judged by.",
        "compare evaluate() in evaluate.py with score() and decode() in {targets}: which samples, "
        "which answers, which average",
        "two thousandths; a hundredth of the area under the ROC curve",
        "the definitions of accuracy, F1, area under the ROC curve and root mean squared error",
    )
)
REGISTRY.entry(
    Entry(
        "kept-differs",
        "error",
        "A run that, at its end or read from its folder, is not the network of the epoch that it "
        "is said to be.",
        "Evaluation and prediction work with another network than the one that was chosen.",
        "see restore_best_weights in {pipeline}, and save_run in run.py",
        "a hundredth of the value that is watched; answers by a thousandth of their spread",
        "the definition",
    )
)


@check(
    Entry(
        "prediction-differs",
        "error",
        "Raw test samples that predict.py answers in another way than evaluate.py scores them.",
        "The score is of other answers than those that users get.",
        "samples have to be read, encoded and decoded by the same functions: compare predict.py "
        "with evaluate.py, and see {inputs} and {targets}",
        "another word in more than 2 % of the samples; numbers by a thousandth of their spread",
        "the definition",
    ),
    cost="trains",
    needs=("round trip",),
    sound=True,
)
def prediction_differs(case: Case) -> Iterator[Finding]:
    assert case.project.round_trip is not None
    yield from differences(case.project.round_trip)


def differences(make: Callable[[], RoundTrip]) -> Iterator[Finding]:
    """What does not agree: predict.py with evaluate.py, a sample alone with itself among others,
    the report with the cells of the data."""
    try:
        trip = make()
    except (Exception, SystemExit) as error:  # whatever code of one's own may raise
        fact = f"Test samples cannot be predicted or evaluated: {in_one_line(error)}"
        yield Finding("prediction-differs", "error", fact)
        return
    yield from first(other_answers(trip))
    yield from first(other_alone(trip))
    samples = {len(cells) for cells in [*trip.decoded.values(), *trip.truth.values()]}
    if len(samples) > 1:
        fact = f"evaluate.py scores {min(samples):,} and {max(samples):,} samples with one another."
        yield Finding("score-differs", "error", fact)
        return
    counted = COUNTED[trip.measure](trip.decoded, trip.truth) if trip.measure in COUNTED else None
    near = AWAY if trip.measure == "roc_auc" else COUNT
    if counted is None or abs(counted - trip.score) <= near * max(abs(trip.score), 0.1):
        return
    yield Finding(
        "score-differs",
        "error",
        f"evaluate.py reports {trip.measure} {trip.score:.4g}; its answers to the test samples, "
        f"compared with the cells of the data, have {counted:.4g}.",
    )


def other_value(said: float, now: float, epoch: int, name: str) -> Iterator[Finding]:
    """Weights that are kept as those of an `epoch`, from 1, without the value that it had."""
    if np.isfinite(said) and abs(said - now) > AWAY * max(abs(said), 0.1):
        fact = f"Epoch {epoch}, which is kept, had {name} {said:.4g}; the weights have {now:.4g}."
        yield Finding("kept-differs", "error", fact)


def other_network(outputs: np.ndarray, again: np.ndarray) -> Iterator[Finding]:
    """A run whose answers to some samples, read again from its folder, are others than before."""
    if differ(again.astype("float64").ravel(), outputs.astype("float64").ravel()).mean() > FEW:
        away = float(np.abs(again - outputs).max())
        fact = (
            f"The run that was saved answers otherwise than the one trained, by up to {away:.3g}."
        )
        yield Finding("kept-differs", "error", fact)


def first(findings: Iterator[Finding]) -> list[Finding]:
    """The first of them, if there is any: the others have the same cause."""
    return [found for found in [next(findings, None)] if found]


def other_answers(trip: RoundTrip) -> Iterator[Finding]:
    """Where predict.py and evaluate.py do not agree."""
    for name, scored in trip.scored.items():
        answers = trip.answers.get(name, np.array([]))
        if len(answers) != len(scored):
            fact = f"predict.py gives {len(answers):,} answers for {len(scored):,} samples."
            yield Finding("prediction-differs", "error", fact)
        elif (apart := differ(answers, scored)).mean() > FEW:
            row = int(apart.argmax())
            yield Finding(
                "prediction-differs",
                "error",
                f"predict.py answers {apart.sum():,} of {len(apart):,} test samples otherwise than "
                f"evaluate.py scores them; the first has {name} {shown(answers[row])} instead of "
                f"{shown(scored[row])}.",
            )


def other_alone(trip: RoundTrip) -> Iterator[Finding]:
    """Samples whose answer changes where they are given alone."""
    for row, alone in trip.alone.items():
        for name, answers in trip.answers.items():
            if len(alone[name]) != 1 or row >= len(answers):
                fact = f"predict.py gives {len(alone[name]):,} answers for one sample."
                yield Finding("alone-differs", "error", fact)
                continue
            here = answers.copy()
            here[row] = alone[name][0]
            if differ(here, answers)[row]:
                yield Finding(
                    "alone-differs",
                    "error",
                    f"A test sample has {name} {shown(answers[row])} among others, and "
                    f"{shown(alone[name][0])} alone.",
                )


def differ(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """(rows,) bool: where two columns of answers differ."""
    if one.dtype.kind != "f" or other.dtype.kind != "f":
        return one.astype(str) != other.astype(str)
    near = CLOSE * float(np.nanstd(other)) + rounding(other) + 1e-6 * np.abs(other)
    same: np.ndarray = (np.abs(one - other) <= near) | (np.isnan(one) & np.isnan(other))
    return ~same


def rounding(numbers: np.ndarray) -> float:
    """How far apart two numbers may be that round to these, which have few decimals."""
    for decimals in (3, 4):
        if np.allclose(numbers, numbers.round(decimals), rtol=0, atol=1e-9, equal_nan=True):
            return 1.01 * 10.0**-decimals
    return 0.0


def shown(answer: object) -> str:
    """An answer in a message."""
    return f"{answer:.4g}" if isinstance(answer, float) else repr(str(answer)[:40])


def equal_share(decoded: Answers, truth: Answers) -> float | None:
    """The share of samples whose word is that of the data, over all columns of targets."""
    shares = [np.mean(decoded[name].astype(str) == truth[name].astype(str)) for name in truth]
    return float(np.mean(shares))


def balanced_share(decoded: Answers, truth: Answers) -> float | None:
    """The share of right words among the samples of each class, and the mean of these."""
    ((name, true),) = truth.items()
    right = decoded[name].astype(str) == true.astype(str)
    return float(np.mean([right[true == word].mean() for word in np.unique(true)]))


def token_share(decoded: Answers, truth: Answers) -> float | None:
    """The share of tokens whose tag is that of the data: "word/TAG word/TAG" in each sentence."""
    pairs = [
        (one.rpartition("/")[2], other.rpartition("/")[2])
        for said, true in zip(decoded["tagged"], truth["tagged"], strict=True)
        for one, other in zip(str(said).split(" "), str(true).split(" "), strict=False)
    ]
    return sum(one == other for one, other in pairs) / max(1, len(pairs))


def root_mean_square(decoded: Answers, truth: Answers) -> float | None:
    """The root of the mean squared error of each target, and the mean of these."""
    each = [np.sqrt(np.mean((decoded[name] - truth[name]) ** 2)) for name in truth]
    return float(np.mean(each))


def mean_distance(decoded: Answers, truth: Answers) -> float | None:
    """The mean absolute error of each target, and the mean of these."""
    return float(np.mean([np.abs(decoded[name] - truth[name]).mean() for name in truth]))


def micro_f1(decoded: Answers, truth: Answers) -> float | None:
    """F1 of all labels of all samples together; a label is said from a probability of 0.5 on. None
    where rounding settles it, since many are 0.5."""
    shares = np.column_stack([decoded[f"p({name})"] for name in truth])
    true = np.column_stack([*truth.values()]) > 0.5
    low, high = (
        float(2 * (said & true).sum() / max(1, said.sum() + true.sum()))
        for said in (shares > 0.5, shares >= 0.5)
    )
    return low if abs(high - low) <= COUNT else None


def area(decoded: Answers, truth: Answers) -> float | None:
    """The share of pairs, a sample of one kind and one of the other, in which the first has the
    larger error, or is likelier of its kind; ties count half. None where there are no such pairs,
    or mostly ties."""
    ((name, marks),) = truth.items()
    if "times_threshold" in decoded:
        values, first, second = decoded["times_threshold"], marks == 1, marks == 0
    else:  # of two classes; the one that is said has the probability that is told
        said = decoded[name].astype(str) == str(marks[0])
        values = np.where(said, decoded["probability"], 1 - decoded["probability"])
        first = marks.astype(str) == str(marks[0])
        second = ~first
    ordered = np.sort(values[second])
    if not len(ordered) or not first.any() or len(np.unique(values)) < len(values) / 2:
        return None
    below = [np.searchsorted(ordered, values[first], side) for side in ("left", "right")]
    return float(np.mean(below) / len(ordered))


COUNTED: dict[str, Callable[[Answers, Answers], float | None]] = {
    "accuracy": equal_share,
    "balanced_accuracy": balanced_share,
    "token_accuracy": token_share,
    "rmse": root_mean_square,
    "mae": mean_distance,
    "micro_f1": micro_f1,
    "roc_auc": area,
}
"""Scores that can be counted from answers and cells alone."""
