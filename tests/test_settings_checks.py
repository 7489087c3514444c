"""Settings and code that pass unseen: what callbacks watch, weights of classes, arguments of losses
and metrics, sizes of parts, windows and images."""

from __future__ import annotations

import sys
from typing import Any

import keras
import numpy as np
import pytest
from doctor_project_faults import SIGMOID, case
from goodfit.doctor.case import Case
from goodfit.doctor.checks import (
    callbacks,
    class_weights,
    fit_arguments,
    image_detail,
    loss_arguments,
    part_sizes,
    sample_weights,
    window_length,
)
from goodfit.doctor.checks.motion import Motion, seconds, too_slow
from goodfit.doctor.contract import Contract
from goodfit.doctor.handed import handed_to_fit
from goodfit.doctor.project import Handed, InTime, Project
from goodfit.doctor.samples import Samples
from settings_cases import NUMBER, Look, fixes, said, script
from toy_trainings import (
    CODES,
    IMAGES,
    NUMBERS,
    YES,
    X,
    compiled,
    convolution,
    network,
    one_of_three,
    regression,
    yes_no,
)

pytestmark = pytest.mark.filterwarnings("default")  # as in a process of a script's own
# --- what callbacks watch -----------------------------------------------------------------------


def stopping(**settings: Any) -> keras.callbacks.EarlyStopping:
    return keras.callbacks.EarlyStopping(**{"restore_best_weights": True} | settings)


def watching(*given: keras.callbacks.Callback, **known: Any) -> list[str]:
    return said(callbacks.monitor, script(yes_no(), callbacks=given, **known))


def test_what_is_learnt_from_is_not_watched_where_there_is_validation() -> None:
    assert "of the samples that are learnt from" in watching(stopping(monitor="loss"))[0]
    plateau = keras.callbacks.ReduceLROnPlateau(monitor="accuracy")
    assert "ReduceLROnPlateau.monitor = 'accuracy'" in watching(plateau)[0]
    assert watching(stopping(monitor="loss"), validation=None) == []
    assert watching(stopping(monitor="val_loss")) == []
    assert watching(keras.callbacks.ModelCheckpoint("a.keras", monitor="loss")) == []


def test_other_metrics_have_a_direction_too() -> None:
    wrong = stopping(monitor="val_mae", mode="max")
    model = compiled(network(activation=None), "mean_squared_error", metrics=["mae"])
    found = said(callbacks.monitor, script(model, y=NUMBERS, callbacks=(wrong,)))
    assert found == ["EarlyStopping.mode = 'max', and val_mae has a minimum."]


def test_weights_that_are_not_put_back() -> None:
    last = keras.callbacks.EarlyStopping(patience=10)
    assert "does not put the best weights back" in watching(last)[0]
    best = keras.callbacks.ModelCheckpoint("a.keras", save_best_only=True)
    assert watching(last, best) == [] == watching(keras.callbacks.EarlyStopping(patience=3))
    assert watching(last, epochs=8) == []  # it never fires


def handed(**arguments: Any) -> Handed:
    usual = {"callbacks": None, "validation_data": (X, YES), "class_weight": None}
    return Handed(usual | arguments, (X, YES), 240, 50)


def test_what_train_py_really_hands_to_fit_is_looked_at() -> None:
    train = [stopping(monitor="loss")]
    given = case(declared=SIGMOID, handed=lambda: handed(callbacks=train))
    assert "EarlyStopping in" in said(callbacks.handed_monitors, given)[0]
    nothing = keras.callbacks.EarlyStopping(patience=2)
    given = case(declared=SIGMOID, handed=lambda: handed(callbacks=[nothing]))
    assert "best weights" in said(callbacks.handed_monitors, given)[0]
    given = case(declared=SIGMOID, handed=lambda: handed(callbacks=[stopping(patience=9)]))
    assert said(callbacks.handed_monitors, given) == []


def test_fit_is_stopped_before_it_trains() -> None:
    model = yes_no()
    before = model.get_weights()

    def train(copy: keras.Model) -> None:
        copy.compile("sgd", "binary_crossentropy")
        copy.fit(X, YES, epochs=7, class_weight={0: 1.0, 1: 2.0})

    fit = keras.Model.fit
    given = handed_to_fit(model, X, train)
    assert given is not None and given["epochs"] == 7 and given["class_weight"][1] == 2.0
    assert keras.Model.fit is fit and handed_to_fit(model, X, lambda copy: None) is None
    assert handed_to_fit(model, X, lambda copy: sys.exit(2)) is None
    assert all(np.array_equal(*pair) for pair in zip(before, model.get_weights(), strict=True))


def test_what_fit_is_given_beside_the_settings() -> None:
    def found(look: Look, **arguments: Any) -> list[str]:
        usual = {"epochs": 50, "initial_epoch": 0, "steps_per_epoch": 8}
        given = lambda: handed(**usual | arguments)  # noqa: E731
        return said(look, case(declared=SIGMOID, handed=given))

    length, validation = fit_arguments.handed_length, fit_arguments.handed_validation
    assert found(length) == [] == found(validation)
    assert "fit trains 5 epochs" in found(length, epochs=5)[0]
    assert "An epoch is 2 batches" in found(length, steps_per_epoch=2)[0]
    assert "The inputs for validation" in found(validation, validation_data=(X * 2, YES))[0]
    assert "The targets for validation" in found(validation, validation_data=(X, YES[::-1]))[0]


# --- weights of classes -------------------------------------------------------------------------

THREE = np.repeat([0, 1, 2], [240, 100, 60]).astype("int32")
FAIR = {0: 400 / 720, 1: 400 / 300, 2: 400 / 180}


def weighed(weights: dict[int, float]) -> list[str]:
    model = one_of_three()
    whole = Case(model, Samples(X, THREE), samples=400, class_weight=weights)
    return said(class_weights.class_weights, whole)


def test_class_weights_belong_to_their_classes() -> None:
    assert weighed(FAIR) == [] == weighed({0: 1.0, 1: 3.0, 2: 3.0})
    assert "in another order" in weighed({0: FAIR[0], 1: FAIR[2], 2: FAIR[1]})[0]
    assert "has 240 samples and the weight 2.2" in weighed({0: FAIR[2], 1: FAIR[1], 2: FAIR[0]})[0]
    assert "no sample" in weighed({1: FAIR[0], 2: FAIR[1], 3: FAIR[2]})[0]
    assert weighed({1: 2.0, 2: 3.0}) == []  # the first counts 1


def of_a_project(weights: np.ndarray | None, **known: Any) -> Case:
    declared = Contract("one-of", "softmax", 3, "sparse_categorical_crossentropy")
    train = Samples(X, THREE[:, None], weights)
    project = Project(declared=declared, known_y=Samples(X, THREE[:, None]), **known)
    return Case(one_of_three(), train, samples=400, project=project)


def test_a_project_has_the_weights_that_it_asks_for() -> None:
    look, fair = class_weights.class_weights, np.array([FAIR[code] for code in THREE], "float32")
    assert said(look, of_a_project(None)) == [] == said(look, of_a_project(fair, balanced=True))
    assert "asks for no weights" in said(look, of_a_project(fair))[0]
    assert "every sample the same" in said(look, of_a_project(fair * 0 + 1, balanced=True))[0]
    inverted = of_a_project(1 / fair, balanced=True)
    assert "has 240 samples and the weight" in said(look, inverted)[0]
    given = of_a_project(None, handed=lambda: handed(class_weight=FAIR))
    assert "asks for no weights" in said(class_weights.handed_weights, given)[0]


def test_a_class_without_weight_is_told_in_a_project_too() -> None:
    none = of_a_project((THREE != 1).astype("float32"))
    assert said(sample_weights.sample_weights, none) == [
        "All samples of class 1 have the weight 0."
    ]


# --- arguments of losses and metrics ------------------------------------------------------------


def told(loss: Any, model: Any = network, y: np.ndarray = YES, **settings: Any) -> list[str]:
    made = compiled(model(**settings), loss)
    return said(loss_arguments.loss_arguments, script(made, y=y))


def of_metric(metric: Any) -> list[str]:
    model = compiled(network(), metrics=[metric])
    return said(loss_arguments.metric_arguments, script(model, y=YES))


def test_arguments_of_losses_that_take_the_targets_away() -> None:
    binary, huber = keras.losses.BinaryCrossentropy, keras.losses.Huber
    assert told(binary(label_smoothing=0.1)) == [] == told(binary())
    assert "leaves 20%" in told(binary(label_smoothing=0.8))[0]
    three = {"units": 3, "activation": "softmax"}
    ignoring = keras.losses.SparseCategoricalCrossentropy(ignore_class=1)
    assert "ignore_class = 1" in told(ignoring, y=CODES, **three)[0]
    assert told(keras.losses.SparseCategoricalCrossentropy(ignore_class=9), y=CODES, **three) == []
    assert told(huber(), y=NUMBERS, activation=None) == []
    assert "delta = 0.001" in told(huber(delta=0.001), y=NUMBERS, activation=None)[0]
    focal = keras.losses.BinaryFocalCrossentropy
    assert told(focal(gamma=2)) == [] == told(focal(apply_class_balancing=True, alpha=0.25))
    assert "gamma = -2" in told(focal(gamma=-2))[0] and "gamma = 20" in told(focal(gamma=20))[0]
    assert "alpha = 1" in told(focal(apply_class_balancing=True, alpha=1.0))[0]
    rows = np.eye(3, dtype="float32")[CODES]
    first = keras.losses.CategoricalCrossentropy(axis=0)
    assert "axis = 0" in told(first, y=rows, **three)[0]


def test_a_class_of_the_declared_ones_is_not_ignored() -> None:
    declared = Contract("one-of", "softmax", 3, "sparse_categorical_crossentropy")
    y = np.random.default_rng(0).integers(0, 3, (8, 4, 4, 1))
    for ignored, found in ((0, 1), (9, 0)):
        loss = keras.losses.SparseCategoricalCrossentropy(ignore_class=ignored)
        model = keras.Sequential([keras.Input((4, 4, 3)), keras.layers.Dense(3, "softmax")])
        project = Project(declared=declared)
        masks = Case(compiled(model, loss), Samples(IMAGES[:8, :4, :4], y), project=project)
        assert len(said(loss_arguments.loss_arguments, masks)) == found


def test_a_sum_in_place_of_the_declared_mean() -> None:
    summed = compiled(network(), keras.losses.BinaryCrossentropy(reduction="sum"))
    given = case(summed, declared=SIGMOID)
    assert "reduction = 'sum'" in said(loss_arguments.loss_arguments, given)[0]
    smoothed = compiled(network(), keras.losses.BinaryCrossentropy(label_smoothing=0.1))
    given = case(smoothed, declared=SIGMOID)
    assert said(loss_arguments.loss_arguments, given) == []
    assert "label_smoothing = 0.1" in given.notes[0]


def test_metrics_that_say_the_same_whatever_is_answered() -> None:
    metrics = keras.metrics
    assert of_metric(metrics.BinaryAccuracy(threshold=0.3)) == [] == of_metric("accuracy")
    assert "never pass" in of_metric(metrics.BinaryAccuracy(threshold=1))[0]
    assert "always pass" in of_metric(metrics.Precision(thresholds=0))[0]
    assert of_metric(metrics.AUC()) == [] == of_metric(metrics.Recall(name="recall_of_yes"))
    assert "from_logits = True" in of_metric(metrics.AUC(from_logits=True))[0]
    assert "no threshold" in of_metric(metrics.F1Score())[0]
    assert of_metric(metrics.F1Score(threshold=0.5)) == []
    assert "under the name 'accuracy'" in of_metric(metrics.Recall(name="accuracy"))[0]
    among = compiled(network(units=3, activation="softmax"), "sparse_categorical_crossentropy",
                     metrics=[metrics.SparseTopKCategoricalAccuracy(k=5)])  # fmt: skip
    assert "k = 5 of 3" in said(loss_arguments.metric_arguments, script(among, y=CODES))[0]


# --- parts, windows, images ---------------------------------------------------------------------


def test_more_to_be_scored_on_than_to_learn_from() -> None:
    few = Samples(X[:100], YES[:100, None])
    project = Project(declared=SIGMOID, test=Samples(X, YES))
    large = Case(yes_no(), few, few, samples=100, project=project)
    assert said(part_sizes.part_sizes, large) == [
        "The test part has 400 samples, and there are 100 to learn from."
    ]
    assert "split.test = 0.2" in fixes(part_sizes.part_sizes, large)[0]
    given = Case(
        yes_no(),
        few,
        few,
        samples=100,
        project=Project(declared=SIGMOID, test=Samples(X, YES), given_parts=True),
    )
    swapped = Case(yes_no(), few, Samples(X, YES), samples=100)
    near = Case(yes_no(), few, Samples(X[:150], YES[:150]), samples=100)
    assert said(part_sizes.part_sizes, given) == [] == said(part_sizes.part_sizes, near)
    assert "validation part has 400" in said(part_sizes.part_sizes, swapped)[0]  # fmt: skip


STEPS = np.arange(600)
DAY = np.sin(STEPS * 2 * np.pi / 24)


def series(values: np.ndarray, window: int, horizon: int = 1) -> Case:
    values = values.reshape(len(values), -1)
    starts = np.arange(len(values) - window - horizon)
    x = np.stack([values[one : one + window] for one in starts])
    names = [f"column {place}" for place in range(values.shape[1])]
    rows = InTime({"train": values}, {"train": (0, 1)}, names, 1, horizon)
    y = np.stack([values[one + window : one + window + horizon, 0] for one in starts])
    return Case(
        regression(inputs=(window, values.shape[1])),
        Samples(x, y),
        project=Project(in_time=rows, declared=NUMBER),
    )


def test_a_window_shorter_than_the_season() -> None:
    look, noise = window_length.window_length, np.random.default_rng(0).normal(size=600)
    assert "comes round after 24" in said(look, series(DAY + 0.3 * noise, 12))[0]
    assert fixes(look, series(DAY + 0.3 * noise, 12)) == ["set data.window = 24"]
    hour = np.stack([DAY + 0.3 * noise, DAY], axis=1)  # a column says where in the day it is
    assert said(look, series(DAY + 0.3 * noise, 24)) == [] == said(look, series(hour, 12))
    assert said(look, series(noise.cumsum(), 12)) == [] == said(look, series(noise, 12))
    week = DAY + 0.5 * np.sin(STEPS * 2 * np.pi / 84)
    assert said(look, series(week, 24)) == []  # the day says most of it


def test_a_horizon_longer_than_the_window() -> None:
    noise = np.random.default_rng(0).normal(size=600)
    found = said(window_length.window_length, series(noise, 6, 12))
    assert found == ["12 steps are forecast from 6."]
    plain = series(noise, 6, 12)
    of_a_script = Case(plain.model, plain.train)
    assert said(window_length.window_of_a_script, of_a_script) == found
    assert said(window_length.window_length, series(noise, 12, 12)) == []


def pictures(sizes: list[tuple[int, int]], side: int) -> list[str]:
    x = np.zeros((8, side, side, 3), "uint8")
    project = Project(declared=SIGMOID, file_sizes=lambda: np.array(sizes, float))
    model = convolution(inputs=(side, side, 3))
    return said(image_detail.image_detail, Case(model, Samples(x, YES[:8]), project=project))


def test_images_that_keep_too_little_or_are_blown_up() -> None:
    assert "2000 x 1500 pixels are scaled to 32 x 32" in pictures([(2000, 1500)] * 5, 32)[0]
    assert "8 x 8 pixels are scaled to 224 x 224" in pictures([(8, 8)] * 5, 224)[0]
    assert "change by 4.0" in pictures([(400, 100)] * 5, 64)[0]
    for sound in ([(28, 28)], [(640, 480)], [(200, 150)]):
        assert pictures(sound * 5, 64) == []
    assert pictures([(28, 28)] * 5, 224) == []


def test_layers_that_scale_images() -> None:
    blown = keras.layers.Resizing(96, 96)
    model = yes_no(blown, keras.layers.Conv2D(4, 3), keras.layers.GlobalMaxPooling2D(),
                   inputs=(8, 8, 3))  # fmt: skip
    given = Case(model, Samples(IMAGES, YES[:120]))
    assert "8 x 8 pixels are scaled to 96 x 96" in said(image_detail.resizing_layers, given)[0]


# --- slow networks ------------------------------------------------------------------------------


def test_a_slow_network_of_a_project_has_more_time(capsys: pytest.CaptureFixture[str]) -> None:
    class Learner:
        pace = 0.1

    motion: Any = Motion(Learner(), *(None,) * 8)  # type: ignore[arg-type]
    foreign, own = script(yes_no()), case(declared=SIGMOID)
    assert seconds(foreign, motion, 2.0, 200, 0.4) == 2.0 and too_slow(foreign, motion)
    assert seconds(own, motion, 2.0, 200, 0.4) == pytest.approx(22.0)
    assert seconds(own, motion, 2.0, 800, 0.4) == 24.0 and not too_slow(own, motion)
    assert "steps take 0.10 s" in capsys.readouterr().out
