"""The network has the right shape, starts where theory says, and can learn."""

from collections.abc import Callable
from typing import NamedTuple

import keras
import numpy as np
import pandas as pd
import pytest

import data
from config import Config
from features import Encoder
from model import build_model
from task import (
    HIGHER_IS_BETTER,
    Target,
    objective,
    output_bias,
    score,
    training_arrays,
)
from train import require_one_answer_a_target, training_batches


class Built(NamedTuple):
    model: keras.Model
    x: np.ndarray
    y: np.ndarray
    target: Target
    config: Config


def build(config: Config, table: pd.DataFrame) -> Built:
    keras.utils.set_random_seed(0)
    samples = data.split(table, config)["train"]
    encoder, target = Encoder.fit(samples, config.data), Target.fit(samples, config)
    x, y = encoder.encode(samples, "refuse"), target.encode(samples)
    model = build_model(config.model, config.head, encoder, x, output_bias(y, config.head))
    model.compile("adam", **objective(config.head))
    return Built(model, x, y, target, config)


@pytest.fixture(scope="module")
def built(small: Callable[..., Config], table: pd.DataFrame) -> Built:
    return build(small(), table)


def test_output_is_float32_and_one_answer_for_each_target(built: Built) -> None:
    require_one_answer_a_target(built.model, built.y)
    assert built.model.output_shape[-1] == built.config.head.output_units
    assert built.model.output.dtype == "float32"
    with pytest.raises(SystemExit):
        require_one_answer_a_target(built.model, np.zeros((len(built.y), 3, 3, 3, 3)))


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


def first_loss(built: Built) -> float:
    arrays = training_arrays(built.x[:64], built.y[:64], built.config.head)
    return float(built.model.test_on_batch(*arrays, return_dict=True)["loss"])


def test_loss_starts_near_that_of_knowing_only_the_shares(built: Built) -> None:
    started = first_loss(built)
    output = built.model.get_layer("output")
    kernel = output.kernel.numpy()
    output.kernel.assign(kernel * 0)
    constant = first_loss(built)
    output.kernel.assign(kernel)
    assert constant * 0.8 < started < constant * 1.3


def test_answers_do_not_change_from_one_call_to_the_next(built: Built) -> None:
    first, second = (built.model.predict(built.x[:64], verbose=0) for _ in range(2))
    assert np.array_equal(first, second)


def test_answers_depend_on_the_sample_and_on_no_other(built: Built) -> None:
    together = built.model.predict(built.x[:64], verbose=0)
    alone = np.concatenate([built.model(built.x[[place]]).numpy() for place in range(4)])
    assert together.std(axis=0).max() > 1e-6
    assert np.allclose(together[:4], alone, atol=1e-5)


def test_one_batch_can_be_learned_by_heart(
    small: Callable[..., Config], table: pd.DataFrame
) -> None:
    built = build(small("model.dropout=0.0"), table)
    x, y = built.x[:16], built.y[:16]
    arrays = training_arrays(x, y, built.config.head)
    built.model.compile(keras.optimizers.Adam(0.003), **objective(built.config.head))
    again = [np.concatenate([array] * 300) for array in arrays]
    again_x, again_y, *weights = again
    built.model.fit(
        again_x,
        again_y,
        16,
        sample_weight=weights[0] if weights else None,
        shuffle=False,
        verbose=0,
    )
    learned = score(y, built.model(x, training=True).numpy(), built.target)[
        built.config.head.headline
    ]
    if HIGHER_IS_BETTER:
        assert learned >= 0.95
    else:
        assert learned <= 0.3 * score(y, np.zeros_like(y), built.target)[built.config.head.headline]


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
