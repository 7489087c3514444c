"""Faults that only a project can show: cases made by hand, with what the check must find."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
from goodfit.doctor.case import Case, EarlierFit
from goodfit.doctor.checks.data import keys_of
from goodfit.doctor.contract import Contract
from goodfit.doctor.project import Batched, InTime, Project, TextFacts
from goodfit.doctor.samples import Samples
from goodfit.doctor.words import Words
from toy_trainings import (
    FRIENDLY,
    NUMBERS,
    TEXTS,
    YES,
    Fires,
    X,
    compiled,
    embedding,
    network,
    one_of_three,
    regression,
    yes_no,
)

SIGMOID = Contract("yes-no", "sigmoid", 1, "binary_crossentropy")
Y = YES[:, None].astype("float32")
TRAIN, VALIDATION, TEST = (
    Samples(X[rows], Y[rows]) for rows in (slice(240), slice(240, 320), slice(320, 400))
)
PARTS = {"train": TRAIN, "validation": VALIDATION, "test": TEST}


def case(model: keras.Model | None = None, words: Words | None = None, **known: Any) -> Case:
    """A project's case: its three parts, and what else it knows."""
    return Case(
        model or yes_no(),
        TRAIN,
        VALIDATION,
        epochs=50,
        steps_per_epoch=8,
        samples=240,
        words=words or Words(),
        project=Project(**{"test": TEST} | known),
    )


def batched(**changes: Any) -> Case:
    """Two epochs of batches, shuffled and whole, but for the changes."""
    random = np.random.default_rng(0)
    order = np.concatenate([random.permutation(240), random.permutation(240)])
    sound: dict[str, Any] = {
        "x": TRAIN.x,
        "y": TRAIN.y,
        "batches": (TRAIN.x[order], TRAIN.y[order]),
        "weights": None,
        "padding": np.zeros(240, bool),
        "x_val": VALIDATION.x,
        "y_val": VALIDATION.y,
        "validation": (VALIDATION.x, VALIDATION.y),
    }
    found = Batched(**sound | changes)
    return case(declared=SIGMOID, batched=lambda: found)


def in_their_order() -> Case:
    order = np.tile(np.arange(240), 2)
    return batched(batches=(TRAIN.x[order], TRAIN.y[order]))


def texts(longer: int = 0, unknown: float = 0.0, tags: bool = False) -> Case:
    """Texts as codes: 0 is padding, 1 an unknown word; the first `longer` of them are cut off."""
    x = TEXTS + 1
    x[:, 6:] = 0
    x[np.random.default_rng(0).random(x.shape) < unknown] = 1

    def cut(places: np.ndarray) -> np.ndarray:
        more = np.zeros((len(places), 13), x.dtype)
        more[places < longer, -1] = 7
        return more

    y = np.where(x[:, ::-1] == 0, -1, 1).astype("int32") if tags else FRIENDLY[:, None]
    known = TextFacts(0, 1, 60, cut)
    train, validation = Samples(x[:200], y[:200]), Samples(x[200:], y[200:])
    return Case(embedding(60), train, validation, project=Project(texts=known))


TIMES = np.arange(400)
VALUES = np.stack([np.sin(TIMES / 1.7), np.cos(TIMES / 1.1)], axis=1)


def windows(values: np.ndarray = VALUES, overlap: int = 0, shift: int = 0) -> Case:
    """Windows of 12 steps of a table in time, and the next step of the first column."""
    parts = {"train": (0, 240), "validation": (240 - overlap, 320), "test": (320, 400)}
    rows = {name: values[slice(*ends)] for name, ends in parts.items()}
    times = {name: (begin, end - 1) for name, (begin, end) in parts.items()}
    starts = np.arange(shift, 228 + shift)
    x = np.stack([values[one : one + 12] for one in starts]).astype("float32")
    y = values[starts + 12, :1].astype("float32")
    known = InTime(rows, times, ["load", "other"], 1, 1)
    model = regression(keras.layers.Flatten(), inputs=(12, 2))
    return Case(model, Samples(x, y), project=Project(in_time=known, in_order=True))


def told_ahead() -> np.ndarray:
    """A second column that holds the first one of three steps later, nearly."""
    random = np.random.default_rng(0)
    load = random.normal(size=400).cumsum()
    return np.stack([load, np.append(load[3:], [0, 0, 0]) + 0.05 * random.normal(size=400)], axis=1)


def swinging() -> np.ndarray:
    """Two columns that swing alike, one behind the other."""
    noise = np.random.default_rng(0).normal(size=(400, 2))
    swing = TIMES * np.pi / 4
    return np.stack([np.sin(swing), np.sin(swing - 1)], axis=1) + 0.05 * noise


def jumped() -> np.ndarray:
    return VALUES + np.where(TIMES >= 320, 50, 0)[:, None] * [0, 1]


def trained_before() -> Case:
    """Validation samples that an earlier call of fit learned from."""
    learned = EarlierFit(keys_of(VALIDATION.x), np.zeros(0, int))
    return Case(yes_no(), TRAIN, VALIDATION, fits_before=[learned])


def slow_batches() -> Iterator[tuple[Any, ...]]:
    while True:
        time.sleep(0.5)
        yield TRAIN.x[:8], TRAIN.y[:8]


def slow() -> Case:
    known = Project(declared=SIGMOID)
    return Case(
        yes_no(), TRAIN, VALIDATION, samples=240, steps_per_epoch=8, epochs=50,
        batches=slow_batches, project=known,
    )  # fmt: skip


def summing(steps: int) -> keras.Model:
    """A network that takes the mean over all steps, those of padding too."""
    middle = (keras.layers.Embedding(51, 8), keras.layers.GlobalAveragePooling1D())
    return yes_no(*middle, inputs=(steps,))


def averaged() -> Case:
    known = Project(feature_padding=0.0, rebuild=lambda x: summing(x.shape[1]))
    return Case(summing(12), Samples(TEXTS, FRIENDLY[:, None]), project=known)


def shuffled(random: np.random.Generator) -> tuple[Samples, Samples]:
    """Targets change places, and a column still holds them."""
    parts = []
    for part in (TRAIN, VALIDATION):
        y = random.permutation(part.y)
        x = part.x.copy()
        x[:, :1] = y
        parts.append(Samples(x, y))
    return parts[0], parts[1]


def anomalies(train: int, test: int) -> Project:
    marks = Samples(TEST.x, np.full((80, 1), test))
    known = Samples(TRAIN.x, np.full((240, 1), train))
    return Project(test=marks, anomalies=True, known_y=known)


def keys(copies: int) -> dict[str, np.ndarray]:
    found = {name: keys_of(part.x) for name, part in PARTS.items()}
    found["test"][:copies] = found["train"][:copies]
    return found


GROUPS = {name: np.array([f"{name} {row % 9}" for row in range(part.size)])
          for name, part in PARTS.items()}  # fmt: skip
NUMBER = Samples(X[:240], 500 * NUMBERS[:240, None])

PROJECT_FAULTS = [
    Fires("the head is not the declared one", "head-agreement", "error",
          lambda: case(one_of_three(), declared=SIGMOID)),
    Fires("batches in the order of the file", "batches-differ-from-samples", "error",
          in_their_order),
    Fires("a sample of the test part stands in training", "shared-rows", "error",
          lambda: case(keys=keys(1))),
    Fires("a customer in two parts", "shared-groups", "error",
          lambda: case(groups=GROUPS | {"test": GROUPS["train"][:80]})),
    Fires("an encoder that knows the validation part", "fitted-on-held-out", "error",
          lambda: case(encode_again=lambda: (False, VALIDATION))),
    Fires("other validation samples than encoded", "fitted-on-held-out", "error",
          lambda: case(encode_again=lambda: (True, VALIDATION._replace(x=VALIDATION.x + 1)))),
    Fires("a test part of another kind", "shifted-test", "warning",
          lambda: case(test=TEST._replace(x=TEST.x + 2))),
    Fires("a known anomaly is trained on", "class-counts", "error",
          lambda: Case(yes_no(), TRAIN, project=anomalies(1, 0))),
    Fires("no anomaly in the test part", "class-counts", "warning",
          lambda: Case(yes_no(), TRAIN, project=anomalies(0, 0))),
    Fires("nine texts in ten are cut", "truncated-texts", "warning", lambda: texts(longer=180)),
    Fires("most words are unknown", "unknown-words", "warning", lambda: texts(unknown=0.9)),
    Fires("tags at other places than words", "batches-differ-from-samples", "error",
          lambda: texts(tags=True)),
    Fires("parts overlap in time", "overlapping-windows", "error", lambda: windows(overlap=5)),
    Fires("windows end a step late", "overlapping-windows", "error", lambda: windows(shift=1)),
    Fires("a column tells the target ahead", "leaking-feature", "warning",
          lambda: windows(told_ahead())),
    Fires("a column jumps in the test rows", "shifted-test", "warning", lambda: windows(jumped())),
    Fires("folds on the same weights", "folds-share-weights", "warning", trained_before),
    Fires("batches that take half a second", "input-bound", "warning", slow, "trains"),
    Fires("padding counts in a mean", "padding-changes-answer", "error", averaged, "asks"),
    Fires("what is saved comes back as another", "reload-differs", "error",
          lambda: case(reloaded=lambda: (lambda x: np.zeros((len(x), 1)), "")), "trains"),
    Fires("shuffled targets are known", "shuffled-labels-score", "error",
          lambda: case(shuffled=shuffled), "trains"),
    Fires("prices come back in another unit", "answers-differ-from-targets", "error",
          lambda: case(decoded=lambda: ["price"])),
    Fires("targets are not standardised", "target-scale", "warning",
          lambda: Case(compiled(network(activation=None), "mean_squared_error"), NUMBER,
                       project=Project(declared=Contract("numbers", "linear", 1,
                                                         "mean_squared_error")))),
]  # fmt: skip
SOUND_PROJECTS = {
    "a project": case,
    "shuffled batches": batched,
    "texts of six words": texts,
    "windows one after another": windows,
    "columns that swing alike": lambda: windows(swinging()),
    "keys of different samples": lambda: case(keys=keys(0)),
    "customers in one part each": lambda: case(groups=GROUPS),
    "encoders of the training part": lambda: case(encode_again=lambda: (True, VALIDATION)),
    "an answer that comes back": lambda: case(decoded=list),
}
