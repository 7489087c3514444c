"""What the doctor looks at: one call of `fit`, before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import keras
import numpy as np

from .contract import Contract
from .network import Network, network_of
from .project import Project
from .samples import Samples, places, taken
from .words import Words, in_one_line

PROBES = 256  # training samples, at most, that the network is asked about before training
FEWEST_PROBES, SECONDS = 16, 3.0  # at least; that asking all of them once may take


class EarlierFit(NamedTuple):
    """What an earlier call of `fit` on the same model learned from, and was watched on: a key for
    each sample that was looked at. `rows`: what it learned from, where that is a small table."""

    keys: np.ndarray
    validation_keys: np.ndarray
    start: int = 0  # a number for the weights that it began with
    rows: np.ndarray | None = None


@dataclass(frozen=True)
class Case:
    """One call of `fit`, before it.

    `model` is compiled and is never called nor changed by a check. `train` and `validation` are in
    memory, perhaps some of the samples only: `samples` is how many an epoch has, None where that
    is not known. `fair`: whether those of both parts are like the rest, and not the beginning of
    what comes in an order of its own. `batches` opens what `fit` would be fed, from its start;
    `steps_per_epoch` counts it. `losses`: one for each output. `shuffles`: whether the order
    changes between epochs. `held`: how many samples a `PyDataset` has, of which it takes the same
    in every epoch; `next_epoch`: its samples after `on_epoch_end`. `random_validation`,
    `turned_alone`: whether validation samples are drawn anew, and training inputs turned without
    their targets, in a function that a dataset maps. `validation_columns`: the names of the columns
    of validation inputs, where these have names.
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
    fair: bool = True
    words: Words = field(default_factory=Words)
    project: Project = field(default_factory=Project)
    seed: int = 0
    fits_before: Sequence[EarlierFit] = ()
    class_weight: dict[int, float] | None = None
    in_fit_order: bool = False
    no_epochs: bool = False
    random_validation: bool = False
    turned_alone: bool = False
    validation_columns: tuple[str, ...] = ()
    batches_there: int | None = None
    steps_asked: int | None = None
    reopens: bool = True
    held: int | None = None
    next_epoch: Samples | None = None
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.validation is not None:
            object.__setattr__(self, "validation", self.validation.shaped_like(self.train))

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
        """At most 256 training samples, drawn at random; fewer where answers take long."""
        most = PROBES
        if self.network is not None and not self.unanswered:
            pace = self.network.pace(taken(self.train.x, slice(2)))
            most = min(PROBES, max(FEWEST_PROBES, int(SECONDS / pace)))
        return self.train.take(places(self.train.x, most, self.seed))

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
