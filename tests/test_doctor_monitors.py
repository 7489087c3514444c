"""Monitors speak up while training goes on, once, and no fault of their own ends a training."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from doctor_healthy import Subclassed
from goodfit import doctor
from goodfit.doctor.case import Case
from goodfit.doctor.finding import Finding
from goodfit.doctor.monitors import Monitors, not_the_best
from goodfit.doctor.monitors.probe import Look, Probe
from goodfit.doctor.monitors.symptoms import Course, diverges, of_a_look, of_an_epoch
from goodfit.doctor.samples import Samples
from toy_trainings import NUMBERS, YES, X, compiled, network, regression, yes_no

pytestmark = pytest.mark.filterwarnings("default")  # as in a process of a script's own
Level = tuple[str, str]


def course(look: dict[str, Any] | None = None, **gone: Any) -> Course:
    """A training of 50 epochs that goes well, but for what is given."""
    sound = {"loss": 0.5, "spread": 0.2, "true_share": 0.5, "said_share": 0.6, "dead": {}}
    steps = [np.array([0.01, 0.02]) for _ in range(3)]
    well: dict[str, Any] = {
        "losses": [0.9, 0.8, 0.7, 0.6, 0.5],
        "watched": [0.9] * 5,
        "batches": 200,
    }
    return Course(
        50, ["first", "last"], Look(**sound | (look or {})), **well | {"steps": steps} | gone
    )


def said(course: Course) -> set[Level]:
    found: Iterable[Finding] = [*of_an_epoch(course), *of_a_look(course)]
    return {(one.check, one.level) for one in found}


@pytest.fixture(autouse=True)
def seeded() -> None:
    keras.utils.set_random_seed(0)


LATE = {"losses": [1.0] * 5, "watched": [1.0] * 5}
SYMPTOMS: dict[str, tuple[Course, set[Level]]] = {
    "all goes well": (course(), set()),
    "no better than guessing": (course(**LATE), {("no-progress", "warning")}),
    "no better than guessing, and one answer": (
        course({"spread": 0.0}, **LATE),
        {("no-progress", "error")},
    ),
    "no better than guessing, and nobody knows guessing": (course(judged=False, **LATE), set()),
    "too early to tell": (course(losses=[1.0] * 4, watched=[1.0] * 4), set()),
    "sixty steps": (course(**LATE, batches=60), set()),
    "learned by heart": (course(losses=[0.7] * 5, watched=[1.1] * 5), {("memorises", "warning")}),
    "validation was better once": (course(losses=[0.7] * 5, watched=[0.9] + [1.1] * 5), set()),
    "half of the units are zero": (course({"dead": {"a": 0.6}}), {("dead-units", "warning")}),
    "all units are zero, and one answer": (
        course({"dead": {"a": 1.0}, "spread": 0.0}),
        {("dead-units", "error")},
    ),
    "a third of the units is zero": (course({"dead": {"a": 0.3}}), set()),
    "steps as long as the weights": (
        course(steps=[np.array([0.9, 0.9])]),
        {("updates-too-large", "warning")},
    ),
    "steps of nothing": (
        course(steps=[np.array([1e-6, 1e-6])], losses=[0.99] * 4, watched=[0.98] * 4),
        {("updates-too-small", "warning")},
    ),
    "a rate that a callback has taken away": (
        course(rates=[1e-3, 1e-4, 1e-5, 1e-7]),
        {("learning-rate", "warning")},
    ),
    "a rate that falls": (course(rates=[1e-3, 1e-4, 1e-5]), set()),
    "steps of nothing at the end": (course(steps=[np.array([1e-6, 1e-6])]), set()),
    "one layer stands still": (
        course(steps=[np.array([1e-7, 0.01])], losses=[0.95], watched=[]),
        {("gradient-collapse", "warning")},
    ),
    "steps have grown": (
        course(steps=[np.array([0.01, 0.01]), np.array([0.2, 0.2])], losses=[0.95], watched=[]),
        {("gradient-explosion", "warning")},
    ),
    "one class is all that is said": (
        course({"said_share": 1.0}),
        {("stuck-at-majority", "warning")},
    ),
    "one class is nearly all that there is": (
        course({"said_share": 1.0, "true_share": 0.95}),
        set(),
    ),
}


@pytest.mark.parametrize("name", SYMPTOMS)
def test_a_symptom_is_told_and_what_is_none_is_not(name: str) -> None:
    gone, findings = SYMPTOMS[name]
    assert said(gone) == findings


def test_a_loss_far_above_the_start_is_told() -> None:
    assert [one.level for one in diverges(4.0, course())] == ["error"]
    assert [*diverges(2.0, course())] == [] == [*diverges(4.0, course(judged=False))]


def test_weights_of_another_epoch_than_the_best_are_told() -> None:
    assert [one.check for one in not_the_best([0.5, 0.2, 0.4], 0, "min", 0.0)] == ["monitor"]
    assert [*not_the_best([0.5, 0.2, 0.4], 1, "min", 0.0)] == []
    assert [*not_the_best([0.2001, 0.2, 0.4], 0, "min", 0.01)] == []


def watched(model: keras.Model, y: np.ndarray, epochs: int = 9, **case: Any) -> list[Finding]:
    """What the monitors tell in a short training, each twice if they do not know better."""
    told: list[Finding] = []
    made = Case(model, Samples(X, y), epochs=epochs, samples=400, **case)
    callback = Monitors(made, stop=False, told=told)
    model.fit(X, y, epochs=epochs, verbose=0, shuffle=False, callbacks=[callback])
    assert len({one.check for one in told}) == len(told)
    return told


FITS: dict[str, tuple[Callable[[], keras.Model], np.ndarray, str]] = {
    "weights that are not finite": (
        lambda: regression(optimizer=keras.optimizers.SGD(1e6)), NUMBERS, "blew-up"),
    "steps that are too long": (
        lambda: yes_no(optimizer=keras.optimizers.Adam(5.0)), YES, "updates-too-large"),
    "steps that are too short": (
        lambda: yes_no(optimizer=keras.optimizers.SGD(1e-9)), YES, "updates-too-small"),
    "a loss that stays where it is": (
        lambda: yes_no(optimizer=keras.optimizers.SGD(1e-9)), YES, "no-progress"),
}  # fmt: skip


@pytest.mark.parametrize("name", FITS)
def test_a_training_that_goes_wrong_is_told(name: str) -> None:
    model, y, check = FITS[name]
    assert check in [one.check for one in watched(model(), y)]


def test_of_a_training_that_goes_well_nothing_is_told() -> None:
    assert watched(yes_no(), YES) == []


def test_validation_of_other_samples_is_told() -> None:
    from goodfit.doctor.contract import Contract
    from goodfit.doctor.project import Project

    model, told = yes_no(), []
    y = YES[:, None].astype("float32")
    case = Case(
        model,
        Samples(X[:300], y[:300]),
        Samples(X[300:], y[300:]),
        epochs=3,
        project=Project(declared=Contract("yes-no", "sigmoid", 1, "binary_crossentropy")),
    )
    callback = Monitors(case, stop=False, told=told)
    held_out = (5 * X[300:], 1 - y[300:])
    model.fit(X[:300], y[:300], epochs=3, verbose=0, validation_data=held_out, callbacks=[callback])
    assert [one.check for one in told] == ["other-validation"]


class Forgotten(keras.Model):
    """A step of its own on layers that no call puts together, with a loss that is not compiled."""

    def __init__(self, loss: Callable[[Any], Any]) -> None:
        super().__init__()
        self.layer, self.own = keras.layers.Dense(6), loss

    def train_step(self, data: Any) -> dict[str, Any]:
        with tf.GradientTape() as tape:
            loss = self.own(self.layer(data) - data)
        pulled = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply(pulled, self.trainable_weights)
        return {"loss": loss}


@pytest.mark.parametrize(("rate", "right"), [(0.1, []), (1e20, ["blew-up"])])
def test_a_step_of_ones_own_is_watched_by_its_losses(rate: float, right: list[str]) -> None:
    model, told, notes = Forgotten(lambda off: tf.reduce_mean(off**2)), [], []
    model.compile(keras.optimizers.SGD(rate))
    callback = Monitors(Case(model, Samples(X), epochs=6), stop=False, told=told, notes=notes)
    model.fit(X, epochs=6, verbose=0, callbacks=[callback])
    assert [one.check for one in told][:1] == right and notes == []


@pytest.mark.parametrize("rare", [0, 20])
def test_units_that_few_samples_use_are_not_dead(rare: int) -> None:
    x = np.zeros((4_000, 2), "float32")
    x[:, 1], x[:rare, 0] = 1, 5
    model = compiled(network(inputs=2), "mean_squared_error")
    model.layers[0].set_weights([np.array([[1.0] * 15 + [0.0], [-1.0] * 15 + [1.0]]), np.zeros(16)])
    look = Probe(model, Case(model, Samples(x, x[:, :1]))).look()
    assert look.dead == {model.layers[0].name: 0.0 if rare else 15 / 16}


def test_a_subclassed_model_with_metrics_is_watched() -> None:
    model = compiled(Subclassed(), optimizer=keras.optimizers.SGD(1e-9), metrics=["accuracy"])
    assert {"no-progress", "updates-too-small"} <= {one.check for one in watched(model, YES)}


def test_an_error_ends_the_training_where_that_is_wanted() -> None:
    model = regression(optimizer=keras.optimizers.SGD(1e6))
    callback = Monitors(Case(model, Samples(X, NUMBERS), epochs=6), stop=True)
    with pytest.raises(SystemExit):
        model.fit(X, NUMBERS, epochs=6, verbose=0, callbacks=[callback])


def test_monitors_that_fail_end_no_training(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(self: object) -> None:
        raise RuntimeError("out of order")

    model = yes_no()
    callback = Monitors(Case(model, Samples(X, YES), epochs=6), stop=False)
    monkeypatch.setattr("goodfit.doctor.monitors.symptoms.of_a_look", fails)
    history = model.fit(X, YES, epochs=6, verbose=0, callbacks=[callback]).history
    printed = capsys.readouterr()
    assert len(history["loss"]) == 6 and printed.out == ""
    assert printed.err.count("RuntimeError: out of order") == 1


def test_every_symptom_has_an_entry() -> None:
    from goodfit.doctor.explain import ids

    told = {check for _, findings in SYMPTOMS.values() for check, _ in findings}
    assert told | {check for *_, check in FITS.values()} <= {*ids()}
    assert doctor.Monitors is Monitors
