"""What only a project knows of its training: all of it is optional."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import keras
import numpy as np

from .contract import Contract
from .samples import Samples


class Batched(NamedTuple):
    """Some samples, and two epochs of the batches that are made of them, one after another.

    `x`, `y`: training samples, y with -1 where there is no target; `batches`: x and y of all
    batches; `weights`: those of the samples; `padding`: places without a target. `x_val`, `y_val`
    and `validation`: the same of validation, before and after."""

    x: np.ndarray
    y: np.ndarray
    batches: tuple[np.ndarray, np.ndarray]
    weights: np.ndarray | None
    padding: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    validation: tuple[np.ndarray, np.ndarray]


Answers = dict[str, np.ndarray]
"""Columns of answers by their names, each (samples,)."""


class RoundTrip(NamedTuple):
    """What a project makes of test samples at its end. `answers`: predict.py's, to some of them as
    raw input; `alone`: to a few of these, each alone, by its place; `scored`: what evaluate.py
    scores for them. `decoded`: that of all test samples, and `truth`, the cells of the data, whose
    `score` evaluate.py reports under the name `measure`."""

    answers: Answers
    alone: dict[int, Answers]
    scored: Answers
    decoded: Answers
    truth: Answers
    measure: str
    score: float


class InTime(NamedTuple):
    """The rows of a table in time that windows are cut from: for each part the values, (rows,
    columns), targets first, and the first and last time."""

    values: dict[str, np.ndarray]
    times: dict[str, tuple[Any, Any]]
    names: list[str]
    targets: int
    horizon: int


class TextFacts(NamedTuple):
    """Codes of texts: those of padding and of unknown words, how many words are known, and what
    the training texts in some places are when they are cut one word later; the texts themselves;
    and for each view of a word, such as its ending, those that have a code of their own, in the
    order of the codes after that of unknown words."""

    padding: int
    unknown: int
    vocabulary: int
    longer: Callable[[np.ndarray], np.ndarray]
    texts: Sequence[str] = ()
    known: Sequence[Sequence[str]] = ()


class Handed(NamedTuple):
    """What a project's training function hands to `fit` where it is given only some samples: the
    arguments by name, the validation samples as they were prepared (x, y and perhaps weights), and
    how many samples and epochs it was asked for."""

    arguments: dict[str, Any]
    validation: tuple[Any, ...]
    samples: int
    epochs: int


@dataclass(frozen=True)
class Project:
    """What only a project knows. None means: not known, and checks that need it are not asked.

    test: encoded samples of the test part. keys: for each part a number for each sample, equal
    where its features are. groups: for each part, what must stay in one part. order: for each part
    the places of its samples in the file. declared: what the project says that it is. in_order:
    parts follow one another in time. given_parts: the data says which part a sample belongs to.
    classes: names of classes or labels. sources: columns of the data, each with its columns of x.
    encode_again(): the validation samples encoded anew by what the training part alone gives, and
    whether encoders are equal. shuffled(random): training and validation samples whose targets
    changed places before they were encoded. decoded(): names of targets that do not come back from
    a perfect answer. reloaded(): a function that answers, from what was saved and read again, and
    what differs. round_trip(): what predict.py and evaluate.py make of test samples. rebuild(x):
    the same network for longer samples. handed(): what train.py hands to `fit`, None where it calls
    none. file_sizes(): width and height of some training images as they were before they were read.
    group: the column that keeps samples together. target_values: targets that are numbers, as they
    stand in the data, by name. lists: the folder for lists that are too long to print. names: for
    each part the names of its samples, such as files.
    """

    test: Samples | None = None
    test_is_whole: bool = True
    keys: dict[str, np.ndarray] | None = None
    groups: dict[str, np.ndarray] | None = None
    order: dict[str, np.ndarray] | None = None
    row_of: Callable[[str, int], int] | None = None
    declared: Contract | None = None
    known_y: Samples | None = None
    in_order: bool = False
    given_parts: bool = False
    anomalies: bool = False
    classes: tuple[str, ...] = ()
    sources: dict[str, list[int]] | None = None
    balanced: bool = False
    trained_before: bool = False
    output_scale: float | None = None
    standardized: bool | None = None
    warmup_epochs: int = 0
    decay_epochs: int = 0
    known_y_val: Samples | None = None
    feature_padding: float | None = None
    device_name: str = ""
    encode_again: Callable[[], tuple[bool, Samples]] | None = None
    shuffled: Callable[[np.random.Generator], tuple[Samples, Samples]] | None = None
    decoded: Callable[[], list[str]] | None = None
    reloaded: Callable[[], tuple[Callable[[Any], np.ndarray], str]] | None = None
    round_trip: Callable[[], RoundTrip] | None = None
    rebuild: Callable[[Any], keras.Model] | None = None
    target_names: tuple[str, ...] = ()
    numeric: tuple[str, ...] = ()
    text_identifiers: tuple[str, ...] = ()
    equal_columns: tuple[tuple[str, str], ...] = ()
    image_shape: tuple[int, ...] | None = None
    scales_itself: bool = False
    named_sample: Callable[[int], str] | None = None
    batched: Callable[[], Batched] | None = None
    in_time: InTime | None = None
    texts: TextFacts | None = None
    target_values: dict[str, np.ndarray] | None = None
    lists: Path | None = None
    handed: Callable[[], Handed | None] | None = None
    file_sizes: Callable[[], np.ndarray] | None = None
    group: str = ""
    names: dict[str, Sequence[str]] | None = None
