"""The network has the right shape, starts where theory says, and can learn."""

from collections.abc import Callable
from typing import NamedTuple

import keras
import numpy as np
import pandas as pd
import pytest

import data
from config import Config
from device import training_batches
from features import Encoder
from model import build_model
from targets import Target
from task import HEADLINE, HIGHER_IS_BETTER, output_bias, score


class Built(NamedTuple):
    model: keras.Model
    x: np.ndarray
    y: np.ndarray
    target: Target
    config: Config


def build(config: Config, table: pd.DataFrame) -> Built:
    keras.utils.set_random_seed(0)
    rows = data.split(table, config)["train"]
    encoder = Encoder.fit(rows, config.data)
    target = Target.fit(rows, config.data.targets, config.head)
    x, y = encoder.encode(rows, "refuse"), target.encode(rows)
    bias = output_bias(y, config.head)
    model = build_model(config.model, config.head, *encoder.statistics(x), bias)
    model.compile("adam", config.head.loss)
    return Built(model, x, y, target, config)


@pytest.fixture(scope="module")
def built(small: Callable[..., Config], table: pd.DataFrame) -> Built:
    return build(small(), table)


def test_output_is_float32_and_one_number_for_each_unit(built: Built) -> None:
    assert built.model.output_shape == (None, built.config.head.output_units)
    assert built.model.output.dtype == "float32"


def test_output_stays_float32_in_mixed_precision(
    small: Callable[..., Config], table: pd.DataFrame
) -> None:
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        mixed = build(small(), table)
    finally:
        keras.config.set_dtype_policy("float32")
    hidden = [layer.compute_dtype for layer in mixed.model.layers if "dense" in layer.name]
    assert set(hidden) == {"bfloat16"}
    assert mixed.model.output.dtype == "float32"


def test_loss_starts_near_that_of_knowing_only_the_shares(built: Built) -> None:
    started = built.model.evaluate(built.x, built.y, verbose=0)
    weights = built.model.get_weights()
    built.model.get_layer("output").kernel.assign(built.model.get_layer("output").kernel * 0)
    constant = built.model.evaluate(built.x, built.y, verbose=0)
    built.model.set_weights(weights)
    assert constant * 0.8 < started < constant * 1.3


def test_answers_do_not_change_from_one_call_to_the_next(built: Built) -> None:
    first, second = (built.model.predict(built.x, verbose=0) for _ in range(2))
    assert np.array_equal(first, second)


def test_answers_depend_on_the_row_and_on_no_other(built: Built) -> None:
    together = built.model.predict(built.x, verbose=0)
    alone = np.concatenate([built.model(built.x[[row]]).numpy() for row in range(4)])
    assert together.std(axis=0).min() > 1e-6
    assert np.allclose(together[:4], alone, atol=1e-5)


def test_one_batch_can_be_learned_by_heart(
    small: Callable[..., Config], table: pd.DataFrame
) -> None:
    built = build(small("model.dropout=0.0"), table)
    x, y = built.x[:32], built.y[:32]
    built.model.compile(keras.optimizers.Adam(0.01), built.config.head.loss)
    again = [np.tile(array, (300, 1)) for array in (x, y)]
    built.model.fit(*again, batch_size=32, shuffle=False, verbose=0)
    learned = score(y, built.model(x, training=True).numpy(), built.target)[HEADLINE]
    if HIGHER_IS_BETTER:
        assert learned >= 0.95
    else:
        assert learned <= 0.3 * score(y, np.zeros_like(y), built.target)[HEADLINE]


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
