"""The case that one call of `fit` is, made from its arguments."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from .case import Case, EarlierFit
from .given import Given
from .mapped import draws_anew, turns_inputs_alone
from .run_state import unchanged
from .streams import open_source
from .words import Words

DEFAULT_BATCH = 32


def arguments_of(
    fit: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> dict[str, Any]:
    """What `fit` is called with, by name, defaults included. Raises TypeError where it is wrong."""
    bound = inspect.signature(fit).bind(None, *args, **kwargs)
    bound.apply_defaults()
    return {name: value for name, value in bound.arguments.items() if name != "self"}


def split_off(given: dict[str, Any]) -> None:
    """What `validation_split` does, done beforehand as Keras does it: so both parts are seen."""
    from keras.src.trainers.data_adapters import array_slicing

    share = given["validation_split"]
    if not share or given["validation_data"] is not None:
        return
    train, validation = array_slicing.train_validation_split(
        (given["x"], given["y"], given["sample_weight"]), validation_split=share
    )
    given["split_train"], given["split_validation"] = train, validation


def case_of_fit(
    model: keras.Model, given: dict[str, Any], earlier: list[EarlierFit]
) -> tuple[Case | None, str]:
    """The case of a call of `fit`, or why there is none. Streams in `given` are replaced by what
    is to be read in their place; what reading them draws is put back."""
    with warnings.catch_warnings(action="ignore"), unchanged():
        return opened_case(model, given, earlier)


def opened_case(
    model: keras.Model, given: dict[str, Any], earlier: list[EarlierFit]
) -> tuple[Case | None, str]:
    """`case_of_fit`, which draws and warns as the data does."""
    try:
        split_off(given)
    except Exception:  # `fit` itself will say what is wrong
        return None, "validation_split cannot be taken from this data"
    x, y, weights = given.get("split_train") or (given["x"], given["y"], given["sample_weight"])
    source = open_source(x, y, weights)
    if source.source is not x:
        given["x"] = source.source
    if source.samples is None or source.samples.size == 0:
        return (
            None,
            "the samples cannot be read: words, sparse tensors, batches of different lengths, ...",
        )
    random_validation = draws_anew(given["validation_data"])
    turned_alone = turns_inputs_alone(x)
    validation = watched(given)
    batch = given["batch_size"] or source.batch_size or DEFAULT_BATCH
    asked = given["steps_per_epoch"]
    steps = asked or source.batches
    if steps is None and source.in_all is not None:
        steps = -(-source.in_all // batch)
    train = source.samples
    if given["class_weight"] and train.weights is None:
        train = train._replace(weights=weigh(train.y, given["class_weight"]))
    callbacks = given["callbacks"] or ()
    listed = (
        callbacks
        if isinstance(callbacks, list | tuple)
        else getattr(callbacks, "callbacks", [callbacks])
    )
    arrays = source.batch_size is None
    return Case(
        model,
        train,
        validation.samples if validation else None,
        batch_size=int(batch),
        epochs=max(1, int(given["epochs"]) - int(given["initial_epoch"])),
        steps_per_epoch=int(steps) if steps else None,
        samples=source.in_all,
        shuffles=bool(given["shuffle"]) if arrays else source.shuffles,
        callbacks=tuple(listed),
        validation_split=float(given["validation_split"] or 0),
        whole=source.whole,
        fair=source.fair and (validation is None or validation.fair),
        words=Words(columns=source.names),
        fits_before=earlier,
        batches_there=source.batches if not arrays else None,
        steps_asked=int(asked) if asked else None,
        class_weight=given["class_weight"],
        in_fit_order=not arrays,
        no_epochs=int(given["epochs"]) <= int(given["initial_epoch"]),
        random_validation=random_validation,
        turned_alone=turned_alone,
        validation_columns=validation.names if validation else (),
        reopens=source.reopens,
        held=source.held,
        next_epoch=source.next_epoch,
    ), ""


def watched(given: dict[str, Any]) -> Given | None:
    """The validation samples, wherever they come from."""
    data = given.get("split_validation") or given["validation_data"]
    if data is None:
        return None
    if isinstance(data, tuple | list):
        return open_source(*keras.utils.unpack_x_y_sample_weight(tuple(data)))
    found = open_source(data)
    given["validation_data"] = found.source
    return found


def weigh(y: Any, weights: dict[int, float]) -> np.ndarray | None:
    """float32 (samples,): the weight of each sample's class."""
    flat = keras.tree.flatten(y)
    if len(flat) != 1:
        return None
    codes = (
        flat[0].argmax(axis=-1) if flat[0].ndim > 1 and flat[0].shape[-1] > 1 else flat[0].ravel()
    )
    if len(codes) != len(flat[0]):
        return None
    return np.array([weights.get(int(code), 1.0) for code in codes], "float32")
