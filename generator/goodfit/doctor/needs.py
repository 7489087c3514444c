"""What a check may need of a case, and what is said where it is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import keras
import numpy as np

from .case import Case


class Need(NamedTuple):
    """What a check may need, and what is said where it is missing. `project`: only a project can
    have it."""

    there: Callable[[Case], bool]
    missing: str
    project: bool = False


def of_project(name: str, words: str) -> Need:
    """The need of what `Project` calls `name`."""
    return Need(lambda case: getattr(case.project, name) is not None, words, project=True)


def one_array(tree: Any) -> bool:
    return isinstance(tree, np.ndarray)


def own_step(model: keras.Model) -> bool:
    """Whether the model trains by a step or a loss computation of its own."""
    return any(
        getattr(type(model), name, None) is not getattr(keras.Model, name)
        for name in ("train_step", "compute_loss")
    )


NEEDS = {
    "targets": Need(lambda case: case.train.y is not None, "targets"),
    "one output": Need(
        lambda case: len(case.contracts) == 1 and one_array(case.train.y),
        "a single output with a compiled loss",
    ),
    "one input": Need(lambda case: one_array(case.train.x), "a single input"),
    "known loss": Need(
        lambda case: (
            (bool(case.contracts) and case.contracts[0].answer != "own-loss")
            or case.project.anomalies
        ),
        "a loss of Keras' own",
    ),
    "classes": Need(
        lambda case: bool(case.contracts) and case.contracts[0].classes, "targets that are classes"
    ),
    "plain step": Need(lambda case: not own_step(case.model), "the training step of Keras"),
    "validation": Need(lambda case: case.validation is not None, "validation samples in memory"),
    "copy": Need(lambda case: case.network is not None, "a model that can be copied"),
    "layers": Need(
        lambda case: case.network is not None and case.network.graph is not None,
        "a functional or sequential model",
    ),
    "optimizer": Need(
        lambda case: isinstance(case.model.optimizer, keras.optimizers.Optimizer),
        "an optimizer of Keras",
    ),
    "steps": Need(lambda case: case.steps is not None, "the number of steps"),
    "batches": Need(
        lambda case: case.batches is not None, "the batches that fit is given", project=True
    ),
    "test": of_project("test", "a test part"),
    "keys": of_project("keys", "keys of all samples"),
    "groups": of_project("groups", "groups"),
    "order": of_project("order", "the order of the file"),
    "encode_again": of_project("encode_again", "a way to encode samples anew"),
    "shuffled": of_project("shuffled", "a way to encode samples anew"),
    "decoded": of_project("decoded", "a way to decode answers"),
    "rows in time": of_project("in_time", "a table in time"),
    "texts": of_project("texts", "what encodes texts"),
    "reloaded": of_project("reloaded", "a way to save and load"),
    "round trip": of_project("round_trip", "a way to predict and to evaluate"),
    "handed": of_project("handed", "a training function of its own"),
    "file sizes": of_project("file_sizes", "sizes of image files"),
    "rebuild": of_project("rebuild", "a way to build it again"),
    "declared": of_project("declared", "what the project declares"),
    "tensorflow": Need(lambda case: keras.backend.backend() == "tensorflow", "TensorFlow"),
}


def missing(case: Case, need: str) -> str:
    """ "" where the case has what a check needs, or what is missing, in words."""
    wanted = NEEDS[need]
    return "" if wanted.there(case) else wanted.missing
