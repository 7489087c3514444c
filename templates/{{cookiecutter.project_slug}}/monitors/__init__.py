"""Watch training: look at losses, weights and answers as it goes, and speak up once.

What each symptom means stands in `symptoms.py`, what it is measured by in `probe.py`.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from findings import Finding, tell
from monitors import symptoms
from monitors.probe import Probe, guessing_loss
from task import training_arrays, watched_arrays

if TYPE_CHECKING:
    from config import Config
    from train import Parts

WORTH = 0.015  # of the time of training that looks may take
EARLY = (5, 10, 20)  # epochs that are looked at in any case, so that short trainings are too
RECENT = 200  # steps over which a loss must be far too high


def blew_up(model: keras.Model, losses: Iterable[float], epoch: int) -> list[Finding]:
    """A loss or a weight that is not finite. The weights count too: on some devices a fused ReLU
    turns NaN into zero, and the loss alone looks healthy."""
    found = [] if np.isfinite([*losses]).all() else ["the loss"]
    found += [weight.path for weight in model.weights if not np.isfinite(weight.numpy()).all()]
    if not found:
        return []
    fact = f"Training blew up in epoch {epoch}: {found[0]} is not finite."
    why = "Steps too long let weights grow without bound, or a sample is not a number."
    fix = "divide optimizer.learning_rate by 10, and run check.py; nothing was saved"
    return [Finding("blew-up", "error", fact, why, fix)]


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


def other_validation(said: float, own: float) -> Iterator[Finding]:
    """The validation loss that training `said` is not that of the prepared samples, `own`: with the
    same weights they are equal but for rounding."""
    if abs(said - own) > 0.01 * max(abs(own), 1e-3):
        fact = f"In training the validation loss is {said:.4g}; that of the samples is {own:.4g}."
        why = "Early stopping keeps the epoch that suits other samples than those of the project."
        fix = "see validation_data in train.py: all that watched_arrays gives, unchanged"
        yield Finding("other-validation", "warning", fact, why, fix)


class Monitors(keras.callbacks.Callback):
    """Follows one `fit`: tells each warning once, and stops with exit code 1 at an error."""

    def __init__(self, model: keras.Model, parts: Parts, config: Config) -> None:
        super().__init__()
        arrays = training_arrays(parts.x, parts.y, config.head)
        self.watched = watched_arrays(parts.x_val, parts.y_val, config.head)
        self.batch_size = config.training.prediction_batch_size
        self.probe = Probe(model, arrays, config)
        start = self.probe.look()
        self.cost, self.looked = 0.0, time.perf_counter()
        guessing = [guessing_loss(model, one, config.head) for one in (arrays, self.watched)]
        self.scales = [loss or start.loss for loss in guessing]
        self.bound = max(start.loss, self.scales[0])
        kernels = [one for one in model.trainable_weights if len(one.shape) > 1]
        self.kernels = [one for one in kernels if np.any(one.numpy())]
        self.lengths = np.array([np.linalg.norm(one.numpy()) for one in self.kernels])
        layers = [one.path for one in self.kernels]
        self.course = symptoms.Course(config.training.epochs, layers, start)
        self.recent: deque[float] = deque()
        self.told: set[str] = set()

    def tell(self, findings: Iterable[Finding]) -> None:
        """Print what was not yet told; raise SystemExit(1) at an error."""
        fresh = [one for one in findings if one.check not in self.told]
        self.told.update(one.check for one in fresh)
        if fresh:
            print(flush=True)  # below Keras' line of progress
        tell(fresh)

    def validation_loss(self) -> float:
        """The loss of the validation samples as they were prepared, with the weights of now."""
        total, count = 0.0, len(self.watched[0])
        for start in range(0, count, self.batch_size):  # layer by layer: nothing is compiled for it
            x, y, *weights = (one[start : start + self.batch_size] for one in self.watched)
            outputs = self.model(x, training=False)
            loss = self.model.compute_loss(x, y, outputs, *weights, training=False)
            total += len(x) * float(loss)
        return total / count

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self.steps, self.total = 0, 0.0
        passed = time.perf_counter() - self.looked
        self.due = epoch + 1 in EARLY or (epoch >= EARLY[0] and self.cost < WORTH * passed)
        self.before = [one.numpy() for one in self.kernels] if self.due else []

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """After each execution, a group of steps: how long they were, and their own mean loss."""
        if self.due and not self.steps:
            moved = [one.numpy() - was for one, was in zip(self.kernels, self.before, strict=True)]
            lengths = np.array([np.linalg.norm(one) for one in moved]) / self.lengths
            # Steps that turn at random get as far as their number's root in a straight line.
            self.course.steps.append(lengths / math.sqrt(batch + 1))
        total = (batch + 1) * (logs or {})["loss"]  # Keras gives the mean since the epoch began
        steps, loss = batch + 1 - self.steps, (total - self.total) / (batch + 1 - self.steps)
        self.steps, self.total = batch + 1, total
        self.recent.append(loss / self.bound)
        if len(self.recent) * steps > RECENT:
            self.tell(symptoms.diverges(float(np.median(self.recent))))
            self.recent.popleft()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        losses, course = logs or {}, self.course
        course.losses.append(losses["loss"] / self.scales[0])
        course.watched.append(losses["val_loss"] / self.scales[1])
        if epoch == 1:  # once: it takes as long as validation does
            self.tell(other_validation(losses["val_loss"], self.validation_loss()))
        if self.due or not np.isfinite([*losses.values()]).all():
            began = time.perf_counter()
            self.tell(blew_up(self.model, losses.values(), epoch + 1))
            course.look = self.probe.look()
            self.tell(symptoms.of_a_look(course))
            self.looked = time.perf_counter()
            self.cost = self.looked - began
        self.tell(symptoms.of_an_epoch(course))
