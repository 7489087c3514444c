"""What an examination must not leave behind: random generators, names, weights, what is traced."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np

ATTRIBUTES = (  # of a model, that asking it or copying it may set
    *("train_function", "test_function", "predict_function", "compiled", "stop_training"),
    *("built", "history"),
)


@contextmanager
def unchanged(model: keras.Model | None = None) -> Iterator[None]:
    """For a while, anything may be drawn, named, asked or trained; then all is as it was, bit for
    bit: Python's, NumPy's, Keras' and the backend's random state, the numbers in automatic names,
    and the model's variables, its optimizer's among them."""
    restore = [python_random(), numpy_random(), names(), *backend_random()]
    if model is not None:
        restore += [variables(model), attributes(model)]
    try:
        yield
    finally:
        for put_back in restore:
            put_back()


def python_random() -> Callable[[], None]:
    state = random.getstate()
    return lambda: random.setstate(state)


def numpy_random() -> Callable[[], None]:
    state = np.random.get_state()
    return lambda: np.random.set_state(state)


def names() -> Callable[[], None]:
    """Keras counts layers and variables to name them, and keeps the generator of all that draw
    without a seed of their own."""
    from keras.src.backend.common import global_state

    tracker = global_state.GLOBAL_STATE_TRACKER
    before = dict(vars(tracker))
    counts = dict(before.get("object_name_uids") or {})
    seeds = before.get("global_seed_generator")
    state = None if seeds is None else keras.ops.convert_to_numpy(seeds.state).copy()

    def put_back() -> None:
        now = global_state.get_global_attribute("object_name_uids")
        if now is not None:
            now.clear()
            now.update(counts)
        if seeds is not None:
            seeds.state.assign(state)
        elif hasattr(tracker, "global_seed_generator"):
            del tracker.global_seed_generator

    return put_back


def backend_random() -> list[Callable[[], None]]:
    """TensorFlow's eager generator of operations' seeds, PyTorch's generator. JAX has none."""
    found: list[Callable[[], None]] = []
    if "tensorflow" in sys.modules and keras.backend.backend() == "tensorflow":
        from tensorflow.python.eager import context

        here = context.context()
        generator = getattr(here, "_rng", None)
        if generator is not None:
            state = generator.getstate()
            found.append(lambda: generator.setstate(state))
    if "torch" in sys.modules and keras.backend.backend() == "torch":
        import torch

        torch_state = torch.get_rng_state()
        found.append(lambda: torch.set_rng_state(torch_state))
    return found


def variables(model: keras.Model) -> Callable[[], None]:
    """All numbers that belong to a model: weights, seeds, metrics, what the optimizer remembers."""
    kept = [*model.variables]
    kept += [one for one in getattr(model, "metrics_variables", [])]
    optimizer = getattr(model, "optimizer", None)
    kept += list(getattr(optimizer, "variables", []))
    kept = list({id(one): one for one in kept}.values())
    values = [keras.ops.convert_to_numpy(one).copy() for one in kept]

    def put_back() -> None:
        for variable, value in zip(kept, values, strict=True):
            now = keras.ops.convert_to_numpy(variable)
            if not np.array_equal(now, value, equal_nan=value.dtype.kind == "f"):
                variable.assign(value)

    return put_back


def attributes(model: keras.Model) -> Callable[[], None]:
    """What Keras remembers on a model between calls."""
    missing = object()
    before: dict[str, Any] = {name: model.__dict__.get(name, missing) for name in ATTRIBUTES}

    def put_back() -> None:
        for name, value in before.items():
            if value is not missing and model.__dict__.get(name, missing) is not value:
                model.__dict__[name] = value

    return put_back
