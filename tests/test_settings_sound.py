"""What is sound though it looks like a fault of settings; trainings that end with little learnt."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
from doctor_project_faults import SIGMOID, case
from goodfit import doctor
from goodfit.doctor.case import Case
from goodfit.doctor.checks import (
    data,
    first_loss,
    head,
    hidden_units,
    layers,
    losses,
    optimizer,
    scale,
    targets,
    trainable,
)
from goodfit.doctor.monitors.probe import Look as Look_
from goodfit.doctor.monitors.symptoms import Course, of_a_look
from goodfit.doctor.monitors.underfits import End, in_a_note, underfits
from goodfit.doctor.project import Project
from goodfit.doctor.samples import Samples
from goodfit.doctor.words import Words
from keras import ops
from settings_cases import fixes, numbers, said, script
from toy_trainings import (
    CODES,
    NUMBERS,
    SERIES,
    YES,
    X,
    compiled,
    network,
    one_of_three,
    yes_no,
)

pytestmark = pytest.mark.filterwarnings("default")  # as in a process of a script's own

# --- what is sound ------------------------------------------------------------------------------


def test_a_sigmoid_for_shares_is_meant() -> None:
    shares = (1 / (1 + np.exp(-NUMBERS[:, None]))).astype("float32")
    model = compiled(network(activation="sigmoid"), "mean_squared_error")
    assert said(head.declared_head, numbers(model, shares)) == []
    assert said(head.declared_head, numbers(model)) != []


def test_few_categories_do_not_contradict_each_other() -> None:
    random = np.random.default_rng(0)
    x, y = random.integers(0, 3, (400, 2)).astype("float32"), random.integers(0, 2, 400)
    assert said(data.conflicting_labels, script(yes_no(inputs=2), x, y)) == []
    twice = np.concatenate([X[:200], X[:200]])
    opposite = np.concatenate([YES[:200], 1 - YES[:200]])
    found = said(data.conflicting_labels, Case(yes_no(), Samples(twice, opposite)))
    assert "contradict an equal one" in found[0]


def test_all_samples_in_one_batch_are_meant_where_there_are_many_epochs() -> None:
    for epochs, found in ((800, 0), (150, 1)):
        whole = Case(yes_no(), Samples(X, YES), samples=400, batch_size=400, epochs=epochs,
                     steps_per_epoch=1, project=Project(declared=SIGMOID))  # fmt: skip
        assert len(said(optimizer.update_budget, whole)) == found


def test_two_units_to_draw_are_meant() -> None:
    dense = keras.layers.Dense
    for between, found in (
        ([dense(2)], 0),
        ([dense(2, "relu", name="embedding")], 0),
        ([dense(2, "relu")], 1),
        ([dense(2), keras.layers.BatchNormalization(), keras.layers.ReLU()], 1),
        ([dense(1)], 1),
    ):
        model = one_of_three(dense(16, "relu"), *between)
        assert len(said(layers.bottleneck, script(model, y=CODES))) == found, between


def test_random_features_before_a_trained_line_are_meant() -> None:
    dense = keras.layers.Dense
    assert said(trainable.frozen_layers, script(yes_no(dense(300, "relu", trainable=False)))) == []
    reservoir = keras.layers.SimpleRNN(50, trainable=False)
    of_series = script(yes_no(reservoir, inputs=(12, 3)), SERIES, YES[:200])
    assert said(trainable.frozen_layers, of_series) == []
    narrow = yes_no(dense(8, "relu", trainable=False))
    deep = yes_no(dense(300, "relu", trainable=False), dense(16, "relu"))
    for model in (narrow, deep):
        assert len(said(trainable.frozen_layers, script(model))) == 1


def test_units_that_few_samples_need_are_not_dead() -> None:
    bias = keras.initializers.Constant(-3.0)
    seldom = keras.layers.Dense(16, "relu", bias_initializer=bias, kernel_initializer="identity")
    x = np.random.default_rng(0).normal(size=(4_000, 16)).astype("float32")
    y = (x[:, 0] > 0).astype("int32")
    assert said(hidden_units.dead_units, script(yes_no(seldom, inputs=16), x, y)) == []
    dead = keras.layers.Dense(16, "relu", bias_initializer=keras.initializers.Constant(-90.0))
    assert len(said(hidden_units.dead_units, script(yes_no(dead, inputs=16), x, y))) == 1


def test_what_is_set_already_is_not_proposed() -> None:
    wild = {"scaling_fix": 'set model.feature_scaling = "standardize"'}
    for standardized, fix in ((False, wild["scaling_fix"]), (True, "columns are scaled already")):
        given = case(words=Words(settings=wild), declared=SIGMOID, standardized=standardized)
        assert fix in scale.fix_of(given)


def pinball(share: float) -> Any:
    def loss(true: Any, answers: Any) -> Any:
        away = true - answers
        return ops.mean(ops.maximum(share * away, (share - 1) * away), axis=-1)

    return loss


def test_a_quantile_is_no_other_loss_by_mistake() -> None:
    asked = numbers(compiled(network(activation=None), pinball(0.9)))
    assert said(losses.own_loss, asked) == [] and "quantile 0.9" in asked.notes[0]
    assert said(first_loss.first_loss, asked) == []
    squared = compiled(network(activation=None), lambda y, said: ops.mean((y - said) ** 4, axis=-1))
    assert len(said(losses.own_loss, numbers(squared))) == 1


def test_a_part_that_groups_left_empty_needs_no_more_samples() -> None:
    marks = {"train": np.repeat(["a", "b"], 150), "validation": np.repeat(["c"], 10)}
    few = Samples(X[300:310], YES[300:310, None])
    project = Project(declared=SIGMOID, groups=marks, group="clinic")
    given = Case(yes_no(), Samples(X[:300], YES[:300, None]), few, project=project)
    assert "it is 'clinic' that leaves so few" in fixes(data.few_samples, given)[0]
    alone = np.array(["d"] * 300, object)
    alone[YES[:300] == 1] = "e"
    project = Project(declared=SIGMOID, groups={"train": alone}, group="clinic")
    given = Case(yes_no(), Samples(X[:300], YES[:300, None]), project=project)
    assert "1 group(s) of 'clinic'" in targets.not_by_group(given, SIGMOID, np.array([1]))


def test_of_a_whole_examination_nothing_is_left_over() -> None:
    report = doctor.examine(yes_no(), X, YES, cost="free", epochs=20, validation_split=0.2)
    assert report.findings == [] == report.stumbled


# --- a training that has ended ------------------------------------------------------------------


def ended(loss: float, dropout: float, **gone: Any) -> list[str]:
    """What is said where training ends with these losses, relative to guessing."""
    look = Look_(0.9, 0.2, 0.4, 0.5, {}, 0.45)
    usual: dict[str, Any] = {"losses": [0.95] * 20, "watched": [0.95] * 20, "batches": 400}
    course = Course(20, ["first"], look, **usual | gone)
    end = End(loss, 0.45, dropout)
    assert bool(in_a_note(course, end)) == (course.losses[-1] > 0.8)
    return [one.fact for one in underfits(course, end)]


def test_a_network_that_does_not_fit_its_own_samples() -> None:
    assert "without dropout it is 0.80" in ended(0.80, 0.5)[0]
    assert ended(0.94, 0.5) == [] == ended(0.80, 0.2)  # dropout is not what holds it back
    falling = [1 - 0.009 * epoch for epoch in range(20)]
    assert "still falling" in ended(0.9, 0.0, losses=falling)[0]
    assert ended(0.6, 0.5, losses=[0.7] * 20, watched=[0.75] * 20) == []


def test_what_frees_a_network_that_always_says_one_class() -> None:
    def freed(**known: Any) -> str:
        look = Look_(0.9, 0.2, known.pop("share", 0.8), 1.0, {}, 0.8)
        usual: dict[str, Any] = {"losses": [0.9] * 9, "watched": [0.9] * 9, "batches": 400}
        course = Course(20, ["first"], look, **usual | known)
        return next(one.fix for one in of_a_look(course) if one.check == "stuck-at-majority")

    assert "weigh the classes" in freed() and "lower {dropout} to 0.25" in freed(dropout=0.5)
    assert "weigh" not in freed(weighed=True) and "weigh" not in freed(share=0.35)


def test_what_others_log_is_no_loss() -> None:
    """A value that a callback logs now and then, or that is no number, ends no training."""
    note = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: logs.update({"f1": float("nan"), "rate_now": 0.1})
    )
    model, found = yes_no(), []
    watcher = doctor.Monitors(Case(model, Samples(X, YES), epochs=6), stop=True, told=found)
    model.fit(X, YES, epochs=6, verbose=0, callbacks=[note, watcher])
    assert found == []
