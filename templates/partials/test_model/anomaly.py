"""Anomalies are kept out of training; the network starts where theory says, and can learn."""

from collections.abc import Callable
from typing import NamedTuple

import keras
import numpy as np
import pandas as pd
import pytest

import data
from config import Config
from evaluate import simple_answers
from features import Encoder
from model import build_model
from run import Run
from task import Target, objective, output_bias, score
from train import require_one_answer_a_target, training_batches


class Built(NamedTuple):
    model: keras.Model
    x: np.ndarray
    y: np.ndarray
    config: Config


def build(config: Config, table: pd.DataFrame) -> Built:
    keras.utils.set_random_seed(0)
    samples = data.split(table, config)["train"]
    encoder, target = Encoder.fit(samples, config.data), Target.fit(samples, config)
    x, y = encoder.encode(samples, "refuse"), target.encode(samples)
    model = build_model(config.model, config.head, encoder, x, output_bias(y, config.head))
    model.compile(keras.optimizers.Adam(0.003), **objective(config.head))
    return Built(model, x, y, config)


def test_known_anomalies_are_in_the_test_part_alone(
    small: Callable[..., Config], table: pd.DataFrame
) -> None:
    parts = data.split(table, small())
    target = Target.fit(parts["train"], small())
    marks = {name: set(target.encode(part).ravel()) for name, part in parts.items()}
    assert marks == {"train": {0}, "validation": {0}, "test": {0, 1}}
    encoded = target.encode(parts["test"]), target.encode(table)
    assert (encoded[0] == 1).sum() == (encoded[1] == 1).sum()


def test_labels_that_name_nothing_normal_are_refused(
    small: Callable[..., Config], table: pd.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        data.split(table, small('head.normal=["something else"]'))
    assert stopped.value.code == 2
    assert "head.normal" in capsys.readouterr().err


def test_without_labels_nothing_is_known_and_scores_stay_finite(
    small: Callable[..., Config], table: pd.DataFrame, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = data.split(table, small("data.targets=[]"))
    assert sum(map(len, parts.values())) == len(table)
    blind = run._replace(target=Target.fit(parts["train"], small("data.targets=[]")))
    y = blind.target.encode(parts["test"])
    assert set(y.ravel()) == {-1}
    for errors in simple_answers(parts["train"], parts["test"], blind).values():
        scores = score(y, errors, blind.target)
        assert scores["roc_auc"] == 0.5 and np.isfinite([*scores.values()]).all()
    assert "nothing can be scored" in capsys.readouterr().out


def test_the_threshold_is_the_quantile_of_the_errors_seen(
    small: Callable[..., Config], table: pd.DataFrame
) -> None:
    errors = np.linspace(0, 2, 101, dtype="float32")[:, None]
    target = Target.fit(table, small("head.threshold_quantile=0.75")).calibrated(errors, errors)
    assert target.threshold == 1.5
    answers = target.decode(np.array([[0.75], [3.0]]), table.head(2))
    assert answers.to_numpy().tolist() == [["normal", 0.5], ["anomaly", 2.0]]


@pytest.fixture(scope="module")
def built(small: Callable[..., Config], table: pd.DataFrame) -> Built:
    return build(small(), table)


def test_output_is_one_float32_error_for_each_sample(built: Built) -> None:
    require_one_answer_a_target(built.model, built.y)
    errors = built.model.predict(built.x[:64], verbose=0)
    assert errors.shape == (len(built.x[:64]), 1) and errors.dtype == np.float32
    assert errors.min() >= 0


def test_output_stays_float32_in_mixed_precision(
    small: Callable[..., Config], table: pd.DataFrame
) -> None:
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        mixed = build(small(), table)
    finally:
        keras.config.set_dtype_policy("float32")
    assert "bfloat16" in {layer.compute_dtype for layer in mixed.model.layers if layer.weights}
    assert mixed.model.output.dtype == "float32"


def test_error_starts_near_that_of_the_mean_sample(built: Built) -> None:
    started = built.model.predict(built.x[:64], verbose=0).mean()
    output = built.model.get_layer("output")
    kernel = output.kernel.numpy()
    output.kernel.assign(kernel * 0)
    constant = built.model.predict(built.x[:64], verbose=0).mean()
    output.kernel.assign(kernel)
    assert constant * 0.8 < started < constant * 1.3


def test_errors_do_not_change_from_one_call_to_the_next(built: Built) -> None:
    first, second = (built.model.predict(built.x[:64], verbose=0) for _ in range(2))
    assert np.array_equal(first, second)


def test_errors_depend_on_the_sample_and_on_no_other(built: Built) -> None:
    together = built.model.predict(built.x[:64], verbose=0)
    alone = np.concatenate([built.model(built.x[[place]]).numpy() for place in range(4)])
    assert together.std(axis=0).max() > 1e-6
    assert np.allclose(together[:4], alone, rtol=1e-3, atol=1e-5)


def test_the_marks_have_no_part_in_training(built: Built) -> None:
    losses = [
        built.model.evaluate(built.x[:64], marks, verbose=0, return_dict=True)["loss"]
        for marks in (built.y[:64], 1 - built.y[:64])
    ]
    assert losses[0] == losses[1]


def test_one_batch_can_be_learned_by_heart(
    small: Callable[..., Config], table: pd.DataFrame
) -> None:
    built = build(small("model.dropout=0.0"), table)
    x, y = built.x[:4], built.y[:4]  # few enough for any code
    started = built.model(x, training=True).numpy().mean()
    built.model.fit(np.concatenate([x] * 300), np.concatenate([y] * 300), 4, verbose=0)
    assert built.model(x, training=True).numpy().mean() < 0.3 * started


def test_every_epoch_sees_every_row_in_a_new_order(small: Callable[..., Config]) -> None:
    config = small("training.batch_size=8", "training.steps_per_execution=4").training
    rows = np.arange(60, dtype="float32")[:, None]
    batches = training_batches((rows, rows), config)
    assert batches.steps_per_epoch % batches.steps_per_execution == 0
    stream = iter(batches.dataset)
    epochs = []
    for _ in range(2):
        seen = [next(stream)[0].numpy().ravel() for _ in range(batches.steps_per_epoch)]
        epochs.append(np.concatenate(seen))
    assert set(epochs[0]) == set(epochs[1]) == set(range(60))
    assert not np.array_equal(epochs[0], epochs[1])
