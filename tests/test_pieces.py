"""What a network of a table is given beside each number: `templates/partials/pieces`."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest

PARTIAL = Path(__file__).parents[1] / "templates" / "partials" / "pieces" / "any.py"
ROWS = 200


@pytest.fixture
def with_pieces(monkeypatch: pytest.MonkeyPatch) -> Any:
    for name, needed in (("config", "ModelConfig"), ("features", "Encoder")):
        module = ModuleType(name)
        setattr(module, needed, object)
        monkeypatch.setitem(sys.modules, name, module)
    return runpy.run_path(str(PARTIAL))["with_pieces"]


def answers(with_pieces: Any, x: np.ndarray, numbers: int, pieces: int) -> np.ndarray:
    """What comes out for `x` itself, (rows, columns and pieces)."""
    inputs = keras.Input(shape=x.shape[1:])
    encoder = SimpleNamespace(numeric=dict.fromkeys(map(str, range(numbers)), 0.0))
    outputs = with_pieces(inputs, inputs, encoder, x, SimpleNamespace(pieces=pieces))
    return np.asarray(keras.Model(inputs, outputs)(x))


def test_each_piece_holds_as_many_rows_and_all_of_them_add_up(with_pieces: Any) -> None:
    column = np.sort(np.random.default_rng(0).lognormal(size=ROWS)).astype("float32")
    found = answers(with_pieces, column[:, None], 1, 4)[:, 1:]
    assert found.shape == (ROWS, 4) and found.min() == 0 and found.max() == 1
    inside = ((found > 0) & (found < 1)).sum(axis=0)
    assert inside.min() >= ROWS // 4 - 2
    assert (np.diff(found.sum(axis=1)) >= 0).all()  # a larger number has come further


def test_two_values_categories_and_no_numbers_stay_as_they_are(with_pieces: Any) -> None:
    random = np.random.default_rng(1)
    number, truth = random.normal(size=ROWS), random.integers(0, 2, ROWS)
    x = np.column_stack([number, truth, np.zeros(ROWS), truth == 0]).astype("float32")
    assert answers(with_pieces, x, 3, 8).shape == (ROWS, 4 + 8)  # the first alone is cut
    assert answers(with_pieces, x, 3, 0).shape == x.shape
    assert answers(with_pieces, x[:, 3:], 0, 8).shape == (ROWS, 1)


def test_beyond_the_training_rows_a_piece_says_no_more(with_pieces: Any) -> None:
    x = np.linspace(-1, 1, ROWS, dtype="float32")[:, None]
    inputs = keras.Input(shape=(1,))
    encoder, config = SimpleNamespace(numeric={"number": 0.0}), SimpleNamespace(pieces=8)
    model = keras.Model(inputs, with_pieces(inputs, inputs, encoder, x, config))
    far = np.asarray(model(np.array([[-100.0], [100.0]], "float32")))[:, 1:]
    assert (far[0] == 0).all() and (far[1] == 1).all()
