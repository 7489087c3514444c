"""What the answers of an untrained network must be like, whatever it will learn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

from ..case import Case
from ..contract import CLOSING
from ..finding import Finding
from ..layer_graph import graph_of, last_layers
from ..network import Network, awake, clone, layers_of, with_inner_layers
from ..registry import Entry, check
from ..samples import taken, vary
from .initial_weights import network

LONGER = 9  # steps of padding more


def spread(answers: np.ndarray) -> float:
    """How far the answers to different samples lie apart, at most over all units. In float64: the
    mean of equal numbers is not always that number in float32."""
    return float(answers.std(axis=0, dtype="float64").max())


def first_answers(case: Case) -> np.ndarray:
    """What the untrained network answers to the probes; of several outputs the first."""
    return np.asarray(keras.tree.flatten(network(case).answers(case.probes.x))[0])


@check(
    Entry(
        "output-range",
        "error",
        "Probabilities outside 0 to 1, a softmax whose row is not 1 in all, a negative error.",
        "The loss and the scores take these numbers for probabilities.",
        "see the last layer in {model}: its activation must be what the loss reads",
        "0.001 beyond, or a row that is 0.01 away from 1",
        "the definition",
    ),
    cost="asks",
    needs=("copy", "one output", "targets", "known loss"),
    sound=True,
)
def output_range(case: Case) -> Iterator[Finding]:
    contract, answers = case.contract, first_answers(case)
    said, declared = "", case.project.declared
    if case.project.anomalies:
        if answers.min() < 0:
            said = f"an error of {answers.min():.3g}"
    elif declared is None and (contract.from_logits or not contract.classes):
        return
    else:
        activation = contract.activation
        if declared is None:
            shares = contract.answer == "one-of"
            if activation in CLOSING and not (shares and activation == "softmax"):
                return  # what is written down is judged by head-agreement
            activation = "softmax" if shares else "sigmoid"
        if activation != "linear" and not -1e-3 <= answers.min() <= answers.max() <= 1 + 1e-3:
            said = f"probabilities from {answers.min():.3g} to {answers.max():.3g}"
        elif activation == "softmax" and abs(away := (answers.sum(axis=-1) - 1)).max() > 1e-2:
            said = f"probabilities that add up to {1 + away.flat[abs(away).argmax()]:.3g}"
    if said:
        why = f"The loss and the scores take these numbers for what {case.words.head} declares."
        if declared is None:
            why = f"{contract.loss} reads them as probabilities."
        fix = ""
        if contract.activation == "softmax" and declared is None:
            fix = "softmax over the classes, the last axis: leave out `axis` in {model}"
        yield Finding("output-range", "error", f"The network answers with {said}.", why, fix)


@check(
    Entry(
        "ignores-input",
        "error or warning",
        "One answer to all samples: nothing of a sample reaches it.",
        "Nothing of the sample reaches the answer, so there is nothing to learn from.",
        "follow the input through {model}: where do all samples become one? A long row of sigmoid "
        "layers does that, too",
        "answers that differ by less than 1e-6, with random weights in place of those that start "
        "at one value, in inference and in training mode",
        "Karpathy's recipe, TheDeepChecker",
    ),
    cost="asks",
    needs=("copy",),
    sound=True,
)
def ignores_input(case: Case) -> Iterator[Finding]:
    x, inner = case.probes.x, network(case)
    first = keras.tree.flatten(x)[0]
    if len(first) < 2 or not any(vary(one) for one in keras.tree.flatten(x)):
        return
    with awake(inner.model):
        if max(spread(one) for one in keras.tree.flatten(inner.answers(x))) > 1e-7:
            return
    quiet = clone(inner.model, x, quiet=True)
    without_closing(quiet)
    few = keras.tree.map_structure(lambda one: one[:32], x)
    with awake(quiet):
        answers = keras.tree.flatten(quiet(few, training=True))
    if max(spread(keras.ops.convert_to_numpy(one)) for one in answers) < 1e-6:
        fact = f"All of {len(first)} different samples get the same answer."
        yield Finding("ignores-input", "error", fact)


@check("ignores-input", cost="asks", needs=("copy",), sound=True)
def ignored_input(case: Case) -> Iterator[Finding]:
    """Of several inputs, one whose samples may change places without any answer changing."""
    x, inner = case.probes.x, network(case)
    flat = keras.tree.flatten(x)
    if len(flat) < 2 or len(flat[0]) < 4:
        return
    names = [getattr(tensor, "name", "") for tensor in getattr(inner.model, "inputs", None) or []]
    with awake(inner.model):
        here = keras.tree.flatten(inner.answers(x))
        if not any(np.ptp(one, axis=0).any() for one in here):
            return  # nothing changes any answer
        for place, array in enumerate(flat):
            if not np.ptp(array, axis=0).any() or makes_a_loss(inner, place):
                continue
            others = [*flat]
            others[place] = np.roll(array, len(array) // 2, axis=0)
            there = keras.tree.flatten(inner.answers(keras.tree.pack_sequence_as(x, others)))
            if all(np.allclose(*pair, atol=1e-7) for pair in zip(here, there, strict=True)):
                name = names[place] if place < len(names) else str(place + 1)
                yield Finding(
                    "ignores-input",
                    "warning",
                    f"Input {name!r} can be anything, and no answer changes.",
                    "What it holds is never used.",
                    f"see where it goes in {case.words.model}",
                )


def makes_a_loss(inner: Network, place: int) -> bool:
    """Whether a layer that an input leads to adds to the loss itself, as those of CTC do; where the
    layers do not tell, whether any does."""

    def adds(layer: Any) -> bool:
        return any(getattr(one, "_losses", None) for one in with_inner_layers(layer))

    graph = inner.graph
    if graph is None:
        return any(adds(one) for one in inner.model.layers)
    ahead = [inner.model.inputs[place]._keras_history.operation.name]
    seen = {*ahead}
    while ahead:
        name = ahead.pop()
        if adds(graph.operations[name]):
            return True
        ahead += [one for one in graph.readers[name] if one not in seen]
        seen |= {*graph.readers[name]}
    return False


def without_closing(model: keras.Model) -> None:
    """Take away the last activation: a softmax of large numbers gives one answer to all samples,
    though they differ before it."""
    graph = graph_of(model)
    ends = layers_of(model)[-1:] if graph is None else [*last_layers(graph)]
    for layer in ends:
        if getattr(layer, "activation", None) is not None and not hasattr(layer, "cell"):
            layer.activation = keras.activations.linear


@check(
    Entry(
        "mixes-samples",
        "error",
        "An answer that changes with the other samples of the batch, in inference mode.",
        "In use, what is asked together would change the answers, and alone they are others.",
        "see which mean, reshape or attention in {model} goes over the first axis, and what is "
        "called with training=True",
        "a twentieth of what tells answers apart: rounding is far below that",
        "TheDeepChecker, Karpathy's recipe",
    ),
    cost="asks",
    needs=("copy",),
    sound=True,
)
def mixes_samples(case: Case) -> Iterator[Finding]:
    x, inner = case.probes.x, network(case)
    half = case.probes.size // 2
    if half < 1 or not np.isfinite(first_answers(case)).all():
        return
    if not inner.steady(x):
        return  # then answers differ in any case
    rows = np.arange(case.probes.size)
    others = taken(x, np.where(rows < half, rows, 0))
    with awake(inner.model):
        together, again, apart = (
            np.asarray(keras.tree.flatten(inner.answers(one))[0])[:half] for one in (x, x, others)
        )
        fewer = np.asarray(keras.tree.flatten(inner.answers(taken(x, rows < half)))[0])
    if together.shape[:1] != (half,) or not np.allclose(together, again, atol=1e-5):
        return  # what is random differs anyway
    away = [np.abs(together - one).max() for one in (apart, fewer) if one.shape == together.shape]
    if max(away) > 0.05 * spread(together) + 1e-6:
        yield Finding(
            "mixes-samples",
            "error",
            "The answer to a sample changes with the other samples of its batch.",
        )


@check(
    Entry(
        "dropout-at-evaluation",
        "error or warning",
        "Answers that differ when the same is asked twice: a layer is random outside training too.",
        "Dropout and noise belong to training; here they blur validation and every prediction.",
        "call the layer without training=True, in {model}",
        "1e-5; a warning where no single layer of a script's model is seen to vary",
        "the definition of inference",
    ),
    cost="asks",
    needs=("copy", "plain step"),
)
def dropout_at_evaluation(case: Case) -> Iterator[Finding]:
    x, inner = case.probes.x, network(case)
    if inner.steady(x):
        return
    random = [one for one in inner.model.layers if hasattr(one, "seed_generator")]
    pairs = {one.name: twice(one, inner, x) for one in random} if inner.graph is not None else {}
    named = [name for name, pair in pairs.items() if not np.allclose(*pair)]
    of_keras = {one.name for one in random if type(one).__module__.startswith("keras.")}
    sure = any(name in of_keras or drops(*pairs[name]) for name in named)
    meant = case.project.declared is None and not sure
    if meant and not Network(clone(inner.model, x, quiet=True), x).steady(x):
        return  # it draws its answers, as a variational autoencoder does
    yield Finding(
        "dropout-at-evaluation",
        "warning" if meant else "error",
        "Asked twice, samples get two different answers: see "
        f"{', '.join(named) or case.words.model}.",
    )


def twice(layer: keras.Layer, inner: Network, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What comes out of a layer when the same is asked twice."""
    first, second = (inner.inside({"out": layer.output}, x)["out"] for _ in range(2))
    return first, second


def drops(first: np.ndarray, second: np.ndarray) -> bool:
    """Whether numbers that differ are mostly nothing in one of two answers."""
    apart = ~np.isclose(first, second)
    return bool(((first == 0) | (second == 0))[apart].mean() > 0.5) if apart.any() else False


@check(
    Entry(
        "padding-changes-answer",
        "error or warning",
        "More padding at the end of a sample, and another answer.",
        "Padding is read as if it were part of the sample, and its length becomes a signal.",
        "give the mask to every layer in {model} that looks at several steps, and to the mean",
        "a fiftieth of what tells answers apart; in a script, a warning where half of all places "
        "lie behind the words and no mask hides them from a recurrent layer",
        "ours",
    ),
    cost="asks",
    needs=("copy", "rebuild", "one input", "one output"),
    sound=True,
)
def padding_changes_answer(case: Case) -> Iterator[Finding]:
    padding, rebuild = case.project.feature_padding, case.project.rebuild
    inner = network(case)
    if padding is None or rebuild is None or case.project.anomalies:
        return
    x = case.probes.x.copy()
    x[::2, x.shape[1] // 2 :] = padding  # so that there are ends to pad
    with awake(inner.model):
        answers = np.asarray(inner.answers(x))
        longer = rebuild(padded(case.train.x, padding))
        for old, new in zip(inner.model.weights, longer.weights, strict=True):
            kept = np.zeros(new.shape)  # a longer network knows more positions
            kept[tuple(slice(size) for size in old.shape)] = keras.ops.convert_to_numpy(old)
            new.assign(kept)
        others = keras.ops.convert_to_numpy(longer(padded(x, padding), training=False))
    away = np.abs(answers - others[:, : x.shape[1]] if answers.ndim == 3 else answers - others)
    if answers.ndim == 3:
        away = away[x.reshape(*x.shape[:2], -1)[:, :, 0] != padding]
    if away.max() > 0.02 * spread(answers) + 1e-5:
        yield Finding(
            "padding-changes-answer",
            "error",
            f"With {LONGER} more steps of padding after its end, a sample gets another answer.",
        )


def padded(x: np.ndarray, padding: float) -> np.ndarray:
    """Samples (samples, steps, ...) with more padding after their ends."""
    more = ((0, 0), (0, LONGER), *((0, 0),) * (x.ndim - 2))
    return np.pad(x, more, constant_values=padding)
