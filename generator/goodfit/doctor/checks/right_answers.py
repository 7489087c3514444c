"""What a loss or a metric of somebody's own says of answers that are right, and of wrong ones.

The answers are made up from the targets: nothing is asked of the network but their shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import keras
import numpy as np
from keras import ops

from ..backends import as_numpy
from ..case import Case, losses_of
from ..contract import is_of_keras
from ..finding import Finding
from ..registry import Entry, check
from ..samples import at_random, vary

ROWS = 48


class MadeUp(NamedTuple):
    """Targets and answers to them, in the shape of the network's: `right` ones, and whether they
    are probabilities of targets that are 0 or 1."""

    y: np.ndarray
    right: np.ndarray
    shares: bool

    def softened(self, by: float) -> np.ndarray:
        """Right answers that are not quite sure of themselves, where they are probabilities."""
        units = self.right.shape[-1]
        return self.right * (1 - by) + by / max(2, units) if self.shares else self.right

    def moved(self, seed: int) -> np.ndarray:
        """Answers that are wrong: others' for classes, far away for numbers."""
        random = np.random.default_rng(seed)
        if self.shares and self.right.shape[-1] == 1:
            return 1 - self.softened(0.1)
        if self.shares:
            return np.roll(self.softened(0.1), 1 + seed % (self.right.shape[-1] - 1), axis=-1)
        noise = random.normal(0, 3 * self.right.std(), self.right.shape)
        return (self.right + noise).astype("float32")


def made_up(case: Case) -> MadeUp | None:
    """None where nobody can say what a right answer would be."""
    assert case.network is not None
    few = case.train.take(at_random(case.train.size, ROWS))
    y, answers = few.y, case.network.answers(few.x)
    if not isinstance(answers, np.ndarray) or len(y) < 8 or y.dtype.kind not in "biuf":
        return None
    if not vary(y) or not np.isfinite(y).all():
        return None
    units, last = answers.shape[-1], case.contract.activation
    right: np.ndarray
    if y.size == answers.size:
        right = y.reshape(answers.shape).astype("float32")
    elif (
        y.size * units == answers.size
        and (y == np.round(y)).all()
        and 0 <= y.min() <= units > y.max()
    ):
        right = np.eye(units, dtype="float32")[y.ravel().astype(int)].reshape(answers.shape)
    elif y.size * units == answers.size:  # several numbers for one: its quantiles, say
        right = np.repeat(y.reshape(*answers.shape[:-1], 1), units, axis=-1).astype("float32")
    else:
        return None
    inside = last in ("sigmoid", "softmax") or (
        last == "" and 0 <= answers.min() <= answers.max() <= 1
    )
    return MadeUp(y, right, bool(inside and {*np.unique(right).tolist()} == {0.0, 1.0}))


def falls_without_end(
    made: MadeUp, value: Callable[[np.ndarray], float]
) -> tuple[float, float, float] | None:
    """The loss of right answers, of some that are all too large or too small, and of some ten times
    as far away, where it falls and falls; None where it does not."""
    right, step = value(made.right), 10 * float(made.right.std() or 1.0)
    for sign in (1, -1):
        far, farther = (value(made.right + sign * one * step) for one in (1, 10))
        if farther < 3 * far < 0 and far < right - abs(right):
            return right, far, farther
    return None


@check(
    Entry(
        "right-answers",
        "warning",
        "A loss of one's own that right answers do not make least, that falls without an end, that "
        "takes the logarithm of targets, or is no number where an answer is exactly 0 or 1.",
        "Training makes the loss small, whatever that means.",
        "def loss(y_true, y_pred): in this order, small for right answers, and finite everywhere",
        "its values at answers made up from some targets",
        "the definition",
    ),
    cost="asks",
    needs=("one output", "one input", "targets", "copy"),
)
def right_answers(case: Case) -> Iterator[Finding]:
    loss, network = losses_of(case.model, case.train.y)[0], case.network
    if case.project.declared is not None or loss is None or is_of_keras(loss):
        return
    made = made_up(case)
    if made is None or network is None or case.contract.turned:
        return

    def value(answers: np.ndarray, y: np.ndarray = made.y) -> float:
        return network.loss(y, answers.astype("float32"))

    if not made.shares and (ends := falls_without_end(made, value)):
        right, far, farther = ends
        yield Finding(
            "right-answers",
            "warning",
            f"The loss is {right:.3g} for right answers, {far:.3g} for some that are far away, and "
            f"{farther:.3g} ten times as far: it falls without an end.",
            "Training makes it small, and so the answers wrong.",
            "take the absolute difference or its square; of a loss with a maximum, see its signs",
        )
        return
    best, wrong = value(made.softened(0.1)), [value(made.moved(seed)) for seed in range(3)]
    if max(wrong) < best - 1e-4 * abs(best):
        yield Finding(
            "right-answers",
            "warning",
            f"The loss is {best:.3g} for right answers, and {max(wrong):.3g} for wrong ones.",
            "Training makes it small, and so the answers wrong.",
            "see the sign of the loss, and the order of its arguments: def loss(y_true, y_pred)",
        )
        return
    if not made.shares:
        return
    unsure, y = made.softened(0.6), made.y.astype("float32")
    softer = y * 0.98 + 0.01
    codes = made.y.size != made.right.size
    before, after = value(unsure), np.nan if codes else value(unsure, softer)
    if not np.isfinite(before) or abs(before) > 3 * abs(after):
        shown = f"{before:.3g} for targets of 0 and 1, and {after:.3g} for targets of 0.01 and 0.99"
        yield Finding(
            "right-answers",
            "warning",
            f"The loss of the same answers is {shown}: it takes the logarithm of targets.",
            "It is the answers whose logarithm is meant: the arguments have changed places.",
            "def loss(y_true, y_pred): Keras gives the targets first, the answers second",
        )
        return
    hard = [value(made.right), value(np.roll(made.right, 1, axis=0))]
    if np.isfinite([best, *wrong]).all() and not np.isfinite(hard).all():
        yield Finding(
            "right-answers",
            "warning",
            f"The loss is {hard[0]:g} where answers are exactly 0 and 1 as the targets are, "
            f"{hard[1]:g} where they are others'.",
            "A network that is sure of itself answers so, and the next step makes its weights NaN.",
            "in the loss: y_pred = keras.ops.clip(y_pred, 1e-7, 1 - 1e-7), before the logarithm",
        )


def metrics_of_ones_own(model: keras.Model) -> list[Any]:
    """The compiled metrics that are functions or classes of somebody's own."""
    given = getattr(getattr(model, "_compile_metrics", None), "_user_metrics", None)
    found = [one for one in keras.tree.flatten(given or []) if one is not None]
    return [
        one
        for one in found
        if not isinstance(one, str)
        and str(getattr(getattr(one, "_fn", one), "__module__", "") or type(one).__module__).split(
            "."
        )[0]
        != "keras"
    ]


def measured(metric: Any, y: np.ndarray, answers: np.ndarray) -> float:
    """What a metric says, from its start. Raises whatever its code raises."""
    tensors = ops.convert_to_tensor(y), ops.convert_to_tensor(answers.astype("float32"))
    if isinstance(metric, keras.Metric):
        fresh = type(metric).from_config(metric.get_config())
        fresh.update_state(*tensors)
        return float(fresh.result())
    return float(np.mean(as_numpy(metric(*tensors))))


@check("loss-shape", cost="asks", needs=("one output", "targets", "copy"))
def metric_compares_all(case: Case) -> Iterator[Finding]:
    """A metric that stays the same when targets change places, and to which right answers are not
    right: Keras gives metrics the targets as they are, (N,) beside answers (N, 1)."""
    metrics = metrics_of_ones_own(case.model)
    made = made_up(case) if metrics and case.project.declared is None else None
    if made is None:
        return
    order = np.random.default_rng(0).permutation(len(made.y))
    mixed = made.softened(0.2).copy()
    mixed[::3] = made.softened(0.2)[order][::3]  # some are right, and others not
    if not made.shares:
        mixed = mixed + (made.moved(0) - made.right) / 9
    for metric in metrics:
        try:
            here, elsewhere, without = (
                measured(metric, one, mixed) for one in (made.y, made.y[order], made.y * 0 + 1)
            )
            best = measured(metric, made.y, made.right)
        except Exception:  # a metric may raise anything
            continue
        same = np.isclose(here, elsewhere, rtol=1e-5, atol=1e-7)
        if (
            same
            and not np.isclose(here, without, rtol=1e-4)
            and min(abs(best), abs(best - 1)) > 1e-3
        ):
            name = getattr(metric, "__name__", None) or getattr(metric, "name", "of your own")
            one_shape = (
                "y_true = keras.ops.reshape(y_true, keras.ops.shape(y_pred))"
                if made.y.size == made.right.size
                else "y_true = keras.ops.reshape(y_true, [-1]) beside argmax(y_pred)"
            )
            yield Finding(
                "loss-shape",
                "warning",
                f"Metric {name!r} stays the same when targets change places, and right answers "
                f"score {best:.3g}: y has the shape {case.train.y.shape}.",
                "Every answer is compared with every target: the number says nothing.",
                f"give both one shape in the metric: {one_shape}",
            )
