"""The callback that follows one `fit`. What each symptom means stands in `symptoms.py`, what it is
measured by in `probe.py`."""

from __future__ import annotations

import math
import sys
import time
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np

from .. import checks  # noqa: F401  their entries are looked up
from ..backends import as_numpy
from ..case import Case
from ..checks.optimizer import inner
from ..finding import Finding, tell
from ..network import layers_of
from ..registry import REGISTRY, Entry
from ..words import in_one_line
from . import symptoms
from .probe import Probe, guessing_loss
from .underfits import End, in_a_note, underfits

WORTH = 0.015  # of the time of training that looks may take
EARLY = (5, 10, 20)  # epochs that are looked at in any case, so that short trainings are too
KEPT = 10**7  # weights that are kept to see whether the first epoch moves any
RECENT = 200  # steps over which a loss must be far too high

BLEW_UP = REGISTRY.entry(
    Entry(
        "blew-up",
        "error",
        "A loss or a weight that is not finite.",
        "Steps too long let weights grow without bound, or a sample is not a number.",
        "look at the samples again, and at logarithms, roots and divisions in a loss of your own; "
        "then divide {learning_rate} by 10",
        "one is one too many; weights are looked at too, since a fused ReLU on CPU turns NaN into "
        "0 and the loss looks healthy",
        "measured; SageMaker Debugger's ExplodingTensor",
    )
)
OTHER_VALIDATION = REGISTRY.entry(
    Entry(
        "other-validation",
        "warning",
        "A validation loss that training says and the validation samples have not.",
        "Early stopping keeps the epoch that suits other samples than those of the project.",
        "see validation_data in {pipeline}: all that the validation part gives, unchanged",
        "1 %: with the same weights they are equal but for rounding",
        "ours",
    )
)


def blew_up(model: keras.Model, losses: Iterable[float], epoch: int) -> list[Finding]:
    """A loss or a weight that is not finite, at the end of an epoch (from 1)."""
    found = [] if np.isfinite([*losses]).all() else ["the loss"]
    found += [one.path for one in model.weights if not np.isfinite(floats(one)).all()]
    if not found:
        return []
    fact = f"Training blew up in epoch {epoch}: {found[0]} is not finite."
    return [Finding("blew-up", "error", fact, BLEW_UP.why, BLEW_UP.fix)]


def is_dropout(layer: keras.Layer) -> bool:
    """Whether a layer turns units off at random."""
    return "Dropout" in type(layer).__name__


def floats(variable: keras.Variable) -> np.ndarray:
    """The numbers of a variable; none of one that holds no fractions."""
    values: np.ndarray = as_numpy(variable.value)
    return values if values.dtype.kind == "f" else np.zeros(0)


def not_the_best(watched: list[float], kept: int, mode: str, min_delta: float) -> Iterator[Finding]:
    """The weights that were kept are of an epoch, `kept` from 0, that another one beats by more
    than `min_delta`, which early stopping does not count as a gain."""
    sign = 1 if mode == "min" else -1
    best = min(range(len(watched)), key=lambda epoch: sign * watched[epoch])
    if sign * (watched[kept] - watched[best]) > min_delta + 1e-6:
        fact = (
            f"The weights of epoch {kept + 1} were kept, at {watched[kept]:.4g}; epoch {best + 1} "
            f"had {watched[best]:.4g}."
        )
        why = "The value that is watched is judged the wrong way round, or by something else."
        fix = "see EarlyStopping in train.py: mode and monitor are those of [early_stopping]"
        yield Finding("monitor", "warning", fact, why, fix)


class Monitors(keras.callbacks.Callback):
    """Follows one `fit`, and tells each warning once.

    case: what is trained. stop: raise SystemExit(1) at an error; otherwise only tell it, and go on.
    told, notes: lists to which all that is found is added, and what could not be looked at.
    """

    def __init__(
        self,
        case: Case,
        stop: bool = True,
        told: list[Finding] | None = None,
        notes: list[str] | None = None,
    ) -> None:
        super().__init__()
        self.case, self.stop = case, stop
        self.findings: list[Finding] = told if told is not None else []
        self.notes: list[str] = notes if notes is not None else []
        self.names: set[str] = set()
        self.ready = False

    def begin(self) -> None:
        """What is measured before the first step; the model is built by now."""
        case, model = self.case, self.model
        self.probe = Probe(model, case)
        start = self.probe.look()
        self.cost, self.looked = 0.0, time.perf_counter()
        parts = case.train, case.validation
        guessing = [guessing_loss(case, part, self.probe.shape) for part in parts]
        known = start.loss if math.isfinite(start.loss) else 1.0
        self.scales = [loss or known for loss in guessing]
        self.bound = max(known, self.scales[0])
        kernels = [one for one in model.trainable_weights if len(one.shape) > 1]
        self.kernels = [one for one in kernels if np.any(as_numpy(one.value))]
        few = sum(int(np.prod(one.shape)) for one in self.kernels) <= KEPT
        self.at_start = [as_numpy(one.value).copy() for one in self.kernels] if few else []
        self.lengths = np.array([np.linalg.norm(as_numpy(one.value)) for one in self.kernels])
        layers = [one.path for one in self.kernels]
        judged = guessing[0] is not None
        self.course = symptoms.Course(case.epochs, layers, start, case.words, judged)
        course, kind = self.course, keras.layers.BatchNormalization
        kept = [one.momentum for one in layers_of(model) if isinstance(one, kind)]
        course.settled = max(
            [course.settled, *(math.log(0.02, one) for one in kept if 0 < one < 1)]
        )
        rates = [float(getattr(one, "rate", 0) or 0) for one in layers_of(model) if is_dropout(one)]
        course.dropout = max(rates, default=0.0)
        course.weighed = case.train.weights is not None
        optimizer = inner(model.optimizer)
        clips = ("global_clipnorm", "clipnorm", "clipvalue")
        course.clipped = any(getattr(optimizer, one, None) is not None for one in clips)
        self.recent: deque[float] = deque()
        self.ready = True

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
        with self.harmless(), warnings.catch_warnings(action="ignore"):
            self.begin()

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        if self.ready and self.course.losses:
            with self.harmless():
                self.look_at_the_end()

    def look_at_the_end(self) -> None:
        """Whether so little was learnt that it is not a matter of learning by heart."""
        course = self.course
        with warnings.catch_warnings(action="ignore"):
            look = self.probe.look()
        end = End(look.loss / (self.scales[0] or 1.0), look.right, course.dropout)
        findings = [*underfits(course, end)]
        self.tell(findings)
        note = "" if findings or self.names else in_a_note(course, end)
        if note:
            self.notes.append(note)
            print(f"\nnote: {note}", file=sys.stderr, flush=True)

    @contextmanager
    def harmless(self) -> Iterator[None]:
        """For a while, what goes wrong in looking is told, and training goes on unwatched. With
        `stop` it is raised: then somebody relies on it."""
        try:
            yield
        except Exception as error:
            if self.stop:
                raise
            self.ready = False
            self.notes.append(f"the monitors cannot look at this model: {in_one_line(error)}")
            print(f"note: {self.notes[-1]}", file=sys.stderr)

    def tell(self, findings: Iterable[Finding]) -> None:
        """Print what was not yet told. Raises SystemExit(1) at an error where that is wanted."""
        fresh = [one for one in findings if one.check not in self.names]
        fresh = [one._replace(fix=self.case.words.fill(one.fix)) for one in fresh]
        self.names.update(one.check for one in fresh)
        self.findings += fresh
        if fresh:
            print(file=sys.stderr, flush=True)  # below Keras' line of progress
        if tell(fresh) and self.stop:
            raise SystemExit(1)

    def validation_loss(self) -> float:
        """The loss of the validation samples as they were prepared, with the weights of now."""
        part = self.case.validation
        assert part is not None
        total, rows = 0.0, int(self.case.words.settings.get("prediction_rows", "1024"))
        for start in range(0, part.size, rows):  # layer by layer: nothing is compiled for it
            x, y, *weights = part.take(slice(start, start + rows)).arrays
            outputs = self.model(x, training=False)
            loss = self.model.compute_loss(x, y, outputs, *weights, training=False)
            total += len(x) * float(loss)
        return total / part.size

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if self.ready:
            with self.harmless():
                self.begin_epoch(epoch)

    def begin_epoch(self, epoch: int) -> None:
        """Whether this epoch is looked at, and the weights before it."""
        self.steps, self.total = 0, 0.0
        passed = time.perf_counter() - self.looked
        self.due = epoch + 1 in EARLY or (epoch >= EARLY[0] and self.cost < WORTH * passed)
        self.before = [as_numpy(one.value).copy() for one in self.kernels] if self.due else []

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        if self.ready and "loss" in (logs or {}):
            with self.harmless():
                self.look_at_steps(batch, logs or {})

    def look_at_steps(self, batch: int, logs: dict[str, Any]) -> None:
        """After each execution, a group of steps: how long they were, and their own mean loss."""
        if self.due and not self.steps and self.kernels:
            assert self.model is not None  # asking for it brings JAX's state back to its weights
            pairs = zip(self.kernels, self.before, strict=True)
            moved = [as_numpy(one.value) - was for one, was in pairs]
            lengths = np.array([np.linalg.norm(one) for one in moved]) / self.lengths
            # Steps that turn at random get as far as their number's root in a straight line.
            self.course.steps.append(lengths / math.sqrt(batch + 1))
        total = (batch + 1) * float(logs["loss"])  # the mean since the epoch began
        steps, loss = batch + 1 - self.steps, (total - self.total) / (batch + 1 - self.steps)
        self.steps, self.total = batch + 1, total
        self.course.batches += steps
        if self.bound > 0:
            self.recent.append(loss / self.bound)
            if len(self.recent) * steps > RECENT:
                self.tell(symptoms.diverges(float(np.median(self.recent)), self.course))
                self.recent.popleft()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        if self.ready and "loss" in (logs or {}):  # a step of one's own may call it otherwise
            with self.harmless():
                self.look_at_epoch(epoch, logs or {})

    def look_at_epoch(self, epoch: int, losses: dict[str, Any]) -> None:
        """How the losses went and, where it is time, what the network answers by now."""
        course = self.course
        if epoch == 0 and self.at_start:
            self.tell(self.unmoved())
        known = [losses.get(name) for name in ("loss", "val_loss")]  # not what others log
        numbers = [float(one) for one in known if isinstance(one, int | float | np.number)]
        course.losses.append(float(losses["loss"]) / (self.scales[0] or 1.0))
        weighed = self.case.train.weights is not None and self.case.project.declared is None
        if "val_loss" in losses and not weighed:  # then the two losses measure something else
            course.watched.append(float(losses["val_loss"]) / (self.scales[1] or 1.0))
            if epoch == 1 and self.case.project.declared is not None:  # once: it takes as long as
                self.tell(self.other_validation(float(losses["val_loss"])))  # validation does
        if self.due or not np.isfinite(numbers).all():
            began = time.perf_counter()
            self.tell(blew_up(self.model, numbers, epoch + 1))
            with warnings.catch_warnings(action="ignore"):
                course.look = self.probe.look()
            self.tell(symptoms.of_a_look(course))
            self.looked = time.perf_counter()
            self.cost = self.looked - began
        course.rates += self.rate()
        self.tell(symptoms.of_an_epoch(course))

    def rate(self) -> list[float]:
        """The learning rate, unless a schedule has settled it beforehand or a plateau lowers it."""
        known = [getattr(self.model.optimizer, "_learning_rate", None), *self.case.callbacks]
        by_itself = (
            keras.optimizers.schedules.LearningRateSchedule,
            keras.callbacks.ReduceLROnPlateau,
        )
        if known[0] is None or any(isinstance(one, by_itself) for one in known):
            return []
        return [float(as_numpy(self.model.optimizer.learning_rate))]

    def unmoved(self) -> Iterator[Finding]:
        """Every kernel is after the first epoch what it was before."""
        now = [as_numpy(one.value) for one in self.kernels]
        if all(np.array_equal(one, was) for one, was in zip(now, self.at_start, strict=True)):
            fact = f"After the first epoch all {len(now)} kernels are exactly as before."
            entry = REGISTRY.entries["weights-do-not-change"]
            yield Finding("weights-do-not-change", "error", fact, entry.why, entry.fix)
        self.at_start = []

    def other_validation(self, said: float) -> Iterator[Finding]:
        """The validation loss that training `said` is not that of the prepared samples."""
        own = self.validation_loss()
        if abs(said - own) > 0.01 * max(abs(own), 1e-3):
            fact = (
                f"In training the validation loss is {said:.4g}; that of the samples is {own:.4g}."
            )
            entry = OTHER_VALIDATION
            yield Finding("other-validation", "warning", fact, entry.why, entry.fix)
