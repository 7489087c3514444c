"""A training step of somebody's own: what it does not tell of training, and what it compares. A
copy takes one step, and what that has changed is looked at."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import keras
import numpy as np

from ..backends import as_numpy, backend
from ..case import Case
from ..finding import Finding
from ..layer_graph import DROPPING
from ..needs import own_step
from ..network import clone, compile_like, layers_of, name_of
from ..registry import Entry, check
from ..run_state import unchanged
from ..samples import Samples, places, vary
from ..training_steps import optimizer_again
from .optimizer import rates_of
from .trainable import looks_untrained

ROWS = 16  # samples of the one step
SECONDS = 2.0  # of the first step, at most, for others to be taken
STEPS = 6  # for what learns only in some of them
SCALES = (1, 2, 4, 8, 16)  # of all weights
WHOLE = ("loss", "total_loss", "kl", "kl_loss", "kld")  # as steps call it, or a divergence in it


def stepping_copy(case: Case, x: Any) -> keras.Model:
    """A copy that trains as the model does, with plain gradients at a rate of 1: so what a step
    changes is the gradient. What was put on the model after it was made is lent to the copy. Raises
    whatever the class raises."""
    model = case.model
    called = type(model).call is not keras.Model.call  # some only hold networks, and call those
    copy = clone(model, x if called else None)
    if not isinstance(copy, type(model)):  # Keras copies the graph of some classes alone
        copy.__class__ = type(model)
    compile_like(copy, model)
    copy.optimizer.learning_rate = 1.0
    for name, value in vars(model).items():
        if isinstance(value, keras.Optimizer) and name != "optimizer":
            vars(copy)[name] = optimizer_again(value, max(rates_of(value, case.steps or 1)))
        elif name not in vars(copy) and not isinstance(value, keras.Layer):
            vars(copy)[name] = value
    return copy


def changed_by(model: keras.Model, act: Callable[[], Any]) -> list[np.ndarray]:
    """By how much each variable of `model` is changed when it acts; then all is as it was."""
    before = [as_numpy(one.value).astype("float64") for one in model.variables]
    with unchanged(model):
        act()
        after = [as_numpy(one.value).astype("float64") for one in model.variables]
    return [new - old for old, new in zip(before, after, strict=False)]


def a_batch(case: Case) -> Samples:
    """A few training samples at random, as tensors."""
    most = min(ROWS, max(2, case.batch_size))  # no more at once than training takes
    rows = case.train.take(places(case.train.x, most, case.seed))
    convert = keras.ops.convert_to_tensor
    return Samples(
        *(None if one is None else keras.tree.map_structure(convert, one) for one in rows)
    )


@check(
    Entry(
        "training-mode",
        "warning",
        "Layers that work in training alone, such as Dropout or BatchNormalization, in a step that "
        "calls the model without training=True, or in a model whose call() takes no `training`.",
        "Nothing is dropped, and statistics stay those of the start: the layers have no effect, or "
        "a wrong one in use.",
        "call the model with training=True in train_step: self(x, training=True)",
        "what changes in such a layer when the copy is called with training=True, and not in a "
        "step of it",
        "Keras' guide to train_step",
    ),
    cost="asks",
    needs=("copy",),
)
def training_mode(case: Case) -> Iterator[Finding]:
    """Statistics and the states of random generators tell who was told of training."""
    model, batch = case.model, a_batch(case)
    deaf = "training" not in inspect.signature(type(model).call).parameters
    own = own_step(model) or deaf
    random = [one for one in model.layers if type(one).__name__ in DROPPING]
    if backend() == "jax" or not (own or random) or case.project.declared is not None:
        return
    copy = stepping_copy(case, case.train.x)
    told = changed_by(copy, lambda: copy(batch.x, training=True))
    pairs = list(zip(layers_of(model), layers_of(copy), strict=False))
    if own:
        step = changed_by(copy, lambda: copy.train_step(packed(batch)))
        asleep = [
            layer
            for layer, its in pairs
            if layer.trainable and states(its, copy, told) and not states(its, copy, step)
        ]
        if asleep:
            names = ", ".join(name_of(one) for one in asleep[:3])
            fix = ""
            if deaf and type(model).train_step is keras.Model.train_step:
                fact = f"call() takes no argument training, so that fit calls {names} as in use."
                fix = "def call(self, inputs, training=False): the layers are told by themselves"
            else:
                fact = f"train_step calls {names} without telling it that this is training."
            yield Finding("training-mode", "warning", fact, "", fix)
        return
    for layer, its in pairs:
        idle = layer in random and getattr(layer, "rate", None) and not states(its, copy, told)
        if idle and layer._inbound_nodes:
            yield Finding(
                "training-mode",
                "warning",
                f"Layer {name_of(layer)} drops nothing in training: it is called with "
                "training=False.",
                "It has no effect at all.",
                "call it without the argument training: Keras passes it on by itself",
            )


def states(layer: keras.Layer, model: keras.Model, changes: list[np.ndarray]) -> bool:
    """Whether something that is not trained has changed in a layer, such as its statistics."""
    own = {id(one) for one in layer.variables if not one.trainable}
    pairs = zip(model.variables, changes, strict=False)
    return any(id(one) in own and change.any() for one, change in pairs)


def packed(batch: Samples) -> Any:
    """A batch as `train_step` gets it."""
    return keras.utils.pack_x_y_sample_weight(*batch)


@check("loss-shape", cost="asks", needs=("targets", "copy"))
def step_compares_all(case: Case) -> Iterator[Finding]:
    """Where a step is one's own, its loss is not known, but its gradient: one that stays the same
    when targets change places is that of all answers against all targets."""
    if not own_step(case.model) or backend() == "jax" or not isinstance(case.train.y, np.ndarray):
        return
    batch = a_batch(case)
    y = as_numpy(batch.y)
    single = y.ndim == 1 or (y.ndim == 2 and y.shape[1] == 1)
    if not single or len(y) < 4 or not vary(y):
        return
    copy = stepping_copy(case, case.train.x)

    def gradient(targets: np.ndarray) -> np.ndarray:
        data = packed(batch._replace(y=keras.ops.convert_to_tensor(targets)))
        changes = changed_by(copy, lambda: copy.train_step(data))
        trained = zip(copy.variables, changes, strict=False)
        return np.concatenate([change.ravel() for one, change in trained if one.trainable])

    order = np.random.default_rng(0).permutation(len(y))
    gradient(y)  # which makes what the optimizer needs
    here, elsewhere, without = (gradient(one) for one in (y, y[order], y * 0 + 1))
    size = float(np.linalg.norm(here))
    same = float(np.linalg.norm(here - elsewhere)) < 1e-4 * size
    if same and float(np.linalg.norm(here - without)) > 1e-2 * size:
        yield Finding(
            "loss-shape",
            "error",
            "A step of training is the same when targets change places: y has the shape "
            f"{case.train.y.shape}.",
            "Every answer is compared with every target, and the least such loss is their mean.",
            "give both one shape where their difference is taken: y = keras.ops.reshape(y, "
            "keras.ops.shape(y_pred))",
        )


@check("weights-do-not-change", cost="asks")
def part_never_learns(case: Case) -> Iterator[Finding]:
    """A part of a model that a step of one's own leaves as it started, while others learn: such as
    a generator whose gradients go to the discriminator. One that was trained before may stay."""
    parts = [one for one in case.model.layers if one.trainable_weights and looks_untrained(one)]
    if not own_step(case.model) or backend() == "jax" or case.fits_before or not parts:
        return
    if case.project.declared is not None or len(case.model.layers) < 2:
        return
    try:
        still = left_alone(case, parts)
    except Exception:  # it cannot be copied, or takes no such batch: both are said elsewhere
        return
    if still:
        yield Finding(
            "weights-do-not-change",
            "warning",
            f"train_step leaves {', '.join(map(name_of, still))} as it started.",
            "Its weights are random, and no step changes them.",
            "see whose trainable_weights the gradients are taken of, and given to",
        )


def left_alone(case: Case, parts: list[keras.Layer]) -> list[keras.Layer]:
    """Those of `parts` that a few steps of a copy do not change, where they change anything; []
    where that takes long: some parts learn only now and then. Raises whatever a step raises."""
    copy, batch = stepping_copy(case, case.train.x), a_batch(case)
    its = dict(zip(case.model.layers, copy.layers, strict=True))
    still, began, moved = parts, time.perf_counter(), False
    for _ in range(STEPS):
        changes = changed_by(copy, lambda: copy.train_step(packed(batch)))
        changed = {id(one) for one, by in zip(copy.variables, changes, strict=False) if np.any(by)}
        moved = moved or any(id(one) in changed for one in copy.trainable_variables)
        still = [
            part
            for part in still
            if not any(id(one) in changed for one in its[part].trainable_weights)
        ]
        if not still or time.perf_counter() - began > SECONDS:
            return []
    return still if moved else []


@check("right-answers", cost="asks")
def falls_without_end(case: Case) -> Iterator[Finding]:
    """A loss that a model's own code makes, in its step or by `add_loss`, and that larger and
    larger weights make as small as one likes."""
    if backend() == "jax" or case.project.declared is not None:
        return
    own, layers = own_step(case.model), [case.model, *layers_of(case.model)]
    if not own and all(type(one).__module__.startswith("keras.") for one in layers):
        return
    try:
        copy, batch = stepping_copy(case, case.train.x), a_batch(case)
    except Exception:  # it cannot be copied, or is called with something else: both are said
        return
    weights = [one for one in copy.trainable_variables if one.dtype.startswith("float")]

    def losses(scale: float) -> dict[str, float]:
        with unchanged(copy):
            for one in weights:
                one.assign(one.value * scale)
            if own:
                said = copy.train_step(packed(batch))
                named = {name: float(np.mean(as_numpy(one))) for name, one in said.items()}
                return {name: one for name, one in named.items() if name in WHOLE}
            copy(batch.x, training=True)
            return {"add_loss()": float(sum(float(one) for one in copy.losses))}

    with suppress(Exception):  # whatever a step may raise that is taken out of its place
        began = time.perf_counter()
        losses(1.0)  # which makes what the optimizer needs
        if time.perf_counter() - began > SECONDS:
            case.note("a step takes long: whether its loss falls without end is not judged")
            return
        yield from without_end([losses(scale) for scale in SCALES])


def without_end(courses: list[dict[str, float]]) -> Iterator[Finding]:
    """What is to be said of losses at each of the `SCALES`: the first that only falls."""
    for name in courses[0]:
        values = [one[name] for one in courses]
        start = values[0]
        ends = [place for place, one in enumerate(values) if not np.isfinite(one)]
        seen = [one for one in values[: ends[0] + 1 if ends else None] if not np.isnan(one)]
        falling = len(seen) > 2 and seen[-1] < seen[-2] < seen[-3]
        if falling and seen[-1] < -10 * (1 + abs(start)):
            yield Finding(
                "right-answers",
                "warning",
                f"The loss {name!r} falls without an end: from {start:.3g} to {seen[-1]:.3g} where "
                f"all weights are {SCALES[len(seen) - 1]} times as large.",
                "Training follows it there, whatever the answers are.",
                "see the sign of each part of it; the divergence of a variational autoencoder is "
                "-0.5 * mean(1 + log_variance - mean ** 2 - exp(log_variance))",
            )
            return
