"""What of a network may learn at all: weights that are frozen, or that Keras knows nothing of."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np
from keras import layers

from ..case import Case
from ..finding import Finding
from ..network import layers_of
from ..registry import Entry, check

WIDE = 4  # times as many random features as inputs
ENOUGH = 50  # weights, to tell how widely they are spread


@check(
    Entry(
        "nothing-trains",
        "error",
        "A network without any weight that may change; Keras only warns.",
        "Training would change nothing.",
        "set trainable = True, in {model}, before compile()",
        source="Keras warns, and goes on (measured)",
    )
)
def nothing_trains(case: Case) -> Iterator[Finding]:
    if case.model.built and case.model.weights and not case.model.trainable_weights:
        yield Finding("nothing-trains", "error", "No weight of the network is trainable.")


UNCHANGED = Entry(
    "weights-do-not-change",
    "error or warning",
    "Weights that are as before after the first steps of training.",
    "Training would change nothing.",
    "see `trainable` in {model}, {learning_rate}, and what the optimizer is given",
    "exactly as before, after up to 100 steps",
    "mltest, TrainCheck",
)


@check(UNCHANGED)
def untracked_variables(case: Case) -> Iterator[Finding]:
    """A `tf.Variable` that somebody's layer keeps: Keras 3 knows nothing of it, so that it is
    neither trained nor saved. Single numbers are counters."""
    for layer in [case.model, *layers_of(case.model)]:
        for name, value in vars(layer).items():
            kinds = {one.__name__ for one in type(value).__mro__}
            plain = "BaseResourceVariable" in kinds or "Parameter" in kinds
            if plain and getattr(value, "trainable", True) and np.prod(value.shape) > 1:
                yield Finding(
                    "weights-do-not-change",
                    "error",
                    f"{type(layer).__name__}.{name} is a variable of the backend, which Keras does "
                    "not track.",
                    "It is no weight of the model: it is never trained, nor saved.",
                    "make it with self.add_weight(...)",
                )


@check(
    Entry(
        "frozen-layers",
        "warning",
        "Layers that are kept from learning though nothing has trained them before.",
        "They stay at their random start: only a network trained before is worth freezing.",
        "remove trainable = False, in {model}",
        "weights that are still as an initializer leaves them; one layer of random features, four "
        "times as many as it reads, or a recurrent one, before a single layer that learns is meant",
        "ours",
    )
)
def frozen_layers(case: Case) -> Iterator[Finding]:
    frozen = [
        one for one in case.model.layers if one.weights and not one.trainable and has_kernels(one)
    ]
    if case.project.declared is None:
        frozen = [one for one in frozen if looks_untrained(one)]
    elif case.project.trained_before:
        return
    if drawn_on_purpose(case, frozen):
        return
    if frozen and case.model.trainable_weights and not case.fits_before:
        named = ", ".join(one.name for one in frozen[:8])
        fact = f"{len(frozen)} layer{'s are' if len(frozen) > 1 else ' is'} frozen: {named}."
        yield Finding("frozen-layers", "warning", fact)


def drawn_on_purpose(case: Case, frozen: list[keras.Layer]) -> bool:
    """Whether a frozen layer makes random features, more than it reads, for one trained layer that
    weighs them: random kitchen sinks, a reservoir, an extreme learning machine."""
    learning = [one for one in layers_of(case.shown) if one.trainable and has_kernels(one)]
    if len(frozen) != 1 or len(learning) != 1 or isinstance(frozen[0], keras.Model):
        return False
    kernel = max(frozen[0].weights, key=lambda one: int(np.prod(one.shape)))
    wide = int(kernel.shape[-1]) >= WIDE * int(np.prod(kernel.shape[:-1]))
    recurrent = isinstance(frozen[0], layers.RNN)
    ordered = case.shown.layers.index(frozen[0]) < case.shown.layers.index(learning[0])
    return ordered and (wide or recurrent)


def has_kernels(layer: keras.Layer) -> bool:
    """Whether there is something in it that could be learned: no Normalization, no vocabulary."""
    return any(len(one.shape) > 1 for one in layer.weights) and not isinstance(
        layer, layers.Normalization
    )


def looks_untrained(layer: keras.Layer) -> bool:
    """Whether all biases of a layer, and all that normalization learns, are one value, and every
    kernel of it is as symmetrical as initializers draw them; embeddings, which are often given, are
    left out."""
    parts = layers_of(layer) if isinstance(layer, keras.Model) else [layer]
    kernels = [w for one in parts for w in one.weights if "kernel" in w.name and len(w.shape) > 1]
    names = ("bias", "beta", "moving_mean")
    biases = [w for one in parts for w in one.weights if w.name in names]
    if not kernels or not biases:
        return False
    if any(np.ptp(keras.ops.convert_to_numpy(one)) > 0 for one in biases):
        return False
    if any(drawn_otherwise(one) for one in parts):
        return False
    return all(
        abs(np.mean(values)) < 4 * np.std(values) / values.size**0.5
        for values in (keras.ops.convert_to_numpy(one) for one in kernels)
    )


def drawn_otherwise(layer: keras.Layer) -> bool:
    """Whether a kernel of a layer is much larger or smaller than its initializer draws them: then
    somebody gave it its weights, such as those of a reservoir."""
    for name, value in vars(getattr(layer, "cell", layer)).items():
        if not name.endswith("_initializer") or not isinstance(value, keras.Initializer):
            continue
        stem, again = name.removesuffix("_initializer"), type(value).from_config(value.get_config())
        for weight in layer.weights:
            if weight.name in (stem, f"{stem}_kernel") and np.prod(weight.shape) >= ENOUGH:
                drawn = float(np.std(keras.ops.convert_to_numpy(again(weight.shape))))
                there = float(np.std(keras.ops.convert_to_numpy(weight)))
                if drawn and not 0.7 < there / drawn < 1.4:
                    return True
    return False
