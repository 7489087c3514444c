"""What the doctor looks at: one call of `fit`, before it, and what only a project knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import keras
import numpy as np

from .contract import Contract
from .network import Network, network_of

ENOUGH = 5_000  # samples that are looked at where all of them would take too long
NUMBERS = 100_000  # in all probes together, at most: 256 rows, or 32 images of 32 x 32 pixels
PROBES = 256  # training samples, at most, that the network is asked about before training


class Samples(NamedTuple):
    """Samples of one part, in memory. `x`, `y`, `weights` are arrays (samples, ...) or lists,
    tuples or dictionaries of them; `y` and `weights` may be missing."""

    x: Any
    y: Any = None
    weights: Any = None

    @property
    def size(self) -> int:
        return len(keras.tree.flatten(self.x)[0])

    def take(self, rows: np.ndarray | slice) -> Samples:
        """The samples in these places."""
        return Samples(*(None if one is None else taken(one, rows) for one in self))

    @property
    def arrays(self) -> tuple[Any, ...]:
        """What `fit` is given: (x, y) or (x, y, weights)."""
        return tuple(self) if self.weights is not None else (self.x, self.y)


def taken(tree: Any, rows: np.ndarray | slice) -> Any:
    """The rows of every array in `tree`."""
    return keras.tree.map_structure(lambda array: array[rows], tree)


def joined_rows(trees: list[Any]) -> Any:
    """The samples of several trees, one after another; None where the first is None."""
    if trees[0] is None:
        return None
    return keras.tree.map_structure(lambda *parts: np.concatenate(parts), *trees)


def at_random(count: int, most: int = ENOUGH) -> np.ndarray:
    """int (up to `most`,): places in 0 ... count - 1, in order, always the same. Never the first
    ones: a file may be sorted."""
    return np.sort(np.random.default_rng(0).permutation(count)[:most])


def vary(array: np.ndarray) -> bool:
    """Whether not all samples of `array`, (samples, ...), are equal; of booleans too, which cannot
    be subtracted."""
    return bool((array != array[:1]).any())


def size_of(x: Any) -> int:
    """How many numbers one sample has."""
    return sum(int(np.prod(array.shape[1:])) for array in keras.tree.flatten(x))


def places(x: Any, most: int, seed: int, numbers: int = NUMBERS) -> np.ndarray:
    """int (up to `most`,): random places of samples in `x`; fewer of large ones, so that they are
    `numbers` in all, or eight samples."""
    count = len(keras.tree.flatten(x)[0])
    wanted = min(count, most, max(8, numbers // max(1, size_of(x))))
    return np.sort(np.random.default_rng(seed).choice(count, wanted, replace=False))


def in_one_line(error: Exception) -> str:
    """The kind of an error and what it says first; Keras' own first line only says where."""
    lines = [re.sub(r"\x1b\[\d*m", "", one).strip() for one in str(error).splitlines()]
    lines = [one for one in lines if one] or [""]
    most = 2 if lines[0].startswith("Exception encountered") else 1
    return f"{type(error).__name__}: {' '.join(lines[:most])}"[:400]


@dataclass(frozen=True)
class Words:
    """How things are called where they are to be mended: in a script, or in a project whose files
    and settings have names. `settings` renames arguments such as "learning_rate"."""

    samples: str = "samples"
    model: str = "the model"
    compile: str = "compile()"
    targets: str = "the targets"
    inputs: str = "the inputs"
    pipeline: str = "the data given to fit()"
    split: str = "the split"
    head: str = "the compiled loss"
    find_rate: str = "try 10 times less and 10 times more"
    columns: tuple[str, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)

    def setting(self, name: str) -> str:
        """What an argument is called where it is set."""
        return self.settings.get(name, name)

    def column(self, place: int) -> str:
        """The name of an input column, in quotes; its number where it has no name."""
        return repr(self.columns[place]) if place < len(self.columns) else str(place + 1)

    def fill(self, text: str) -> str:
        """`text` with `{model}`, `{learning_rate}`, ... replaced by what these are called here."""
        for name in FILLED:
            text = text.replace("{" + name + "}", getattr(self, name, None) or self.setting(name))
        return text


FILLED = (
    *("samples", "model", "compile", "targets", "inputs", "pipeline", "split", "head", "find_rate"),
    *("learning_rate", "batch_size", "epochs", "clipnorm", "early_stopping", "metrics", "loss"),
)

PARTS = {"train": "training", "validation": "validation", "test": "test"}


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
    the training texts in some places are when they are cut one word later."""

    padding: int
    unknown: int
    vocabulary: int
    longer: Callable[[np.ndarray], np.ndarray]


class EarlierFit(NamedTuple):
    """What an earlier call of `fit` on the same model learned from, and was watched on: a key for
    each sample that was looked at."""

    keys: np.ndarray
    validation_keys: np.ndarray


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
    what differs. rebuild(x): the same network for longer samples.
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


@dataclass(frozen=True)
class Case:
    """One call of `fit`, before it.

    `model` is compiled and is never called nor changed by a check. `train` and `validation` are in
    memory, perhaps some of the samples only: `samples` is how many an epoch has, None where that
    is not known. `batches` opens what `fit` would be fed, from its start; `steps_per_epoch` counts
    it. `losses`: one for each output. `shuffles`: whether the order changes between epochs.
    """

    model: keras.Model
    train: Samples
    validation: Samples | None = None
    batch_size: int = 32
    epochs: int = 1
    steps_per_epoch: int | None = None
    samples: int | None = None
    batches: Callable[[], Iterator[tuple[Any, ...]]] | None = None
    shuffles: bool = True
    callbacks: tuple[keras.callbacks.Callback, ...] = ()
    validation_split: float = 0.0
    whole: bool = True
    words: Words = field(default_factory=Words)
    project: Project = field(default_factory=Project)
    seed: int = 0
    fits_before: Sequence[EarlierFit] = ()
    class_weight: dict[int, float] | None = None
    in_fit_order: bool = False
    no_epochs: bool = False
    random_validation: bool = False
    batches_there: int | None = None
    steps_asked: int | None = None
    reopens: bool = True
    notes: list[str] = field(default_factory=list)

    @cached_property
    def contracts(self) -> list[Contract]:
        """What each output promises; of a single one, what the project declares, if it does."""
        if self.project.declared is not None:
            return [self.project.declared]
        losses, targets = losses_of(self.shown, self.train.y), keras.tree.flatten(self.train.y)
        targets = targets if len(targets) == len(losses) else [None] * len(losses)
        return [
            Contract.of(self.shown, loss, y, place)
            for place, (loss, y) in enumerate(zip(losses, targets, strict=True))
            if loss is not None
        ]

    @cached_property
    def shown(self) -> keras.Model:
        """The model to read layers and shapes of: itself, or the copy where it is not yet built."""
        if self.model.built and getattr(self.model, "outputs", None):
            return self.model
        return self.network.model if self.network is not None else self.model

    @property
    def contract(self) -> Contract:
        """What the only output promises."""
        return self.contracts[0]

    @property
    def known(self) -> Samples:
        """Training samples whose targets are -1 where there is none, unlike those for `fit`."""
        return self.project.known_y or self.train

    @cached_property
    def network(self) -> Network | None:
        """A copy of the model, to be asked and changed; None where it cannot be copied."""
        return network_of(self.model, self.train.x)

    @cached_property
    def unanswered(self) -> str:
        """Why the copy cannot be asked: what its own code raises, which `fit` will say, too; ""
        where it answers."""
        if self.network is None:
            return ""
        try:
            self.network.answers(taken(self.train.x, slice(2)))
        except Exception as error:  # whatever the code of a layer may raise
            said = in_one_line(error)
            self.note(f"the model cannot be called on these samples: {said}")
            return said
        return ""

    @cached_property
    def probes(self) -> Samples:
        """At most 256 training samples, drawn at random."""
        return self.train.take(places(self.train.x, PROBES, self.seed))

    @property
    def steps(self) -> int | None:
        """How many steps training has in all; None where that is not known."""
        return None if self.steps_per_epoch is None else self.steps_per_epoch * self.epochs

    def note(self, text: str) -> None:
        """Remember something that could not be judged."""
        self.notes.append(text)


def losses_of(model: keras.Model, y: Any = None) -> list[Any]:
    """The compiled loss of each output, in the order of the outputs; None where there is none."""
    loss = getattr(model, "loss", None)
    if isinstance(loss, dict):
        names = list(getattr(model, "output_names", None) or loss)
        return [loss.get(name) for name in names]
    if isinstance(loss, list | tuple):
        return list(loss)
    outputs = len(keras.tree.flatten(y)) if y is not None else 1
    return [loss] * max(1, outputs)
