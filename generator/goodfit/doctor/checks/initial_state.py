"""How a network starts: its weights, its answers to some samples, and its first loss."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from ..backends import as_numpy
from ..case import Case, Samples, vary
from ..contract import Contract
from ..finding import Finding
from ..layer_graph import Graph, bends, graph_of, is_a_correction, last_layers
from ..network import Network, awake, clone, is_constant, kernels, layers_of, name_of
from ..predictions import constant_loss
from ..registry import Entry, check

LONGER = 9  # steps of padding more


def network(case: Case) -> Network:
    assert case.network is not None
    return case.network


def spread(answers: np.ndarray) -> float:
    """How far the answers to different samples lie apart, at most over all units. In float64: the
    mean of equal numbers is not always that number in float32."""
    return float(answers.std(axis=0, dtype="float64").max())


def first_answers(case: Case) -> np.ndarray:
    """What the untrained network answers to the probes; of several outputs the first."""
    return np.asarray(keras.tree.flatten(network(case).answers(case.probes.x))[0])


@check(
    Entry(
        "initial-weights",
        "error or warning",
        "Kernels that start at one value, or with a spread that makes signals fade or grow.",
        "Units that start alike get the same gradient, and stay alike for ever.",
        "see kernel_initializer of that layer in {model}; he_normal suits ReLU",
        "one value throughout, unless it is 0 and added to something else; a spread outside Glorot "
        "/ 10 and 5 x He",
        "ours, well away from what any initializer gives; TheDeepChecker tests the same",
    ),
    needs=("copy",),
    sound=True,
)
def initial_weights(case: Case) -> Iterator[Finding]:
    if case.fits_before:
        return  # these have been trained
    graph = network(case).graph or Graph({}, {}, {}, [])
    for layer, kernel in kernels(case.model if case.model.built else network(case).model):
        values = keras.ops.convert_to_numpy(kernel)
        if is_constant(kernel):
            yield from constant_kernel(layer, kernel, graph, case.project.declared is not None)
            continue
        nested = isinstance(layer, keras.Model)
        if values.size < 16 or "embedding" in kernel.name or nested:
            continue
        if case.project.declared is None and not judged_kernel(layer, kernel):
            continue
        fan_in, fan_out = values.size / values.shape[-1], values.shape[-1]
        least = 0.1 * (2 / (fan_in + fan_out)) ** 0.5
        scale = case.project.output_scale
        if layer.name == "output" and scale is not None:
            least = min(least, 0.5 * (scale / fan_in) ** 0.5)
        most = 5 * max(2 / fan_in, 1 / fan_out) ** 0.5
        if case.project.declared is None:
            least = 0.0 if layer.name in graph.ends else least / 3
        if not least <= values.std() <= most:
            where = f"The weights '{kernel.name}' of layer {name_of(layer)}"
            yield Finding(
                "initial-weights",
                "warning",
                f"{where} start with a spread of {values.std():.2g}.",
                f"Between {least:.1g} and {most:.1g} signals keep their size from layer to "
                "layer; outside they fade or grow with each one.",
            )


def judged_kernel(layer: keras.Layer, kernel: keras.Variable) -> bool:
    """In a foreign network: plain dense and convolutional layers alone; attention's and
    recurrent kernels have shapes of their own."""
    kinds = (keras.layers.Dense, keras.layers.Conv1D, keras.layers.Conv2D)
    return isinstance(layer, kinds) and kernel.name == "kernel" and layer.trainable


def constant_kernel(
    layer: keras.Layer, kernel: keras.Variable, graph: Graph, declared: bool
) -> Iterator[Finding]:
    """A kernel of one value throughout. One of zeros may be meant where it is added to something
    else; in a script also in the last layer, whose own gradient is not nothing, and where nobody can
    tell which is which."""
    value = float(keras.ops.convert_to_numpy(kernel).flat[0])
    last = not declared and (layer.name in graph.ends or not graph.ends)
    if value or not (last or is_a_correction(graph, layer.name)):
        yield Finding(
            "initial-weights",
            "error",
            f"The weights '{kernel.name}' of layer {name_of(layer)} all start at {value:g}.",
        )
    elif last and not is_a_correction(graph, layer.name) and layer_before_learns(graph, layer):
        return  # the last layer alone may start at nothing: its own gradient is not nothing


def layer_before_learns(graph: Graph, layer: keras.Layer) -> bool:
    return bool(graph.sources.get(layer.name))


FIRST_LOSS = Entry(
    "first-loss",
    "error or warning",
    "A first loss far from what theory expects: negative, nothing, or far above what knowing the "
    "class shares or the means alone gives.",
    "A network that starts far from there unlearns first, or its loss is on a scale that the "
    "learning rate is not made for.",
    "see the loss in {compile}, the last layer in {model}, and how {targets} are scaled",
    "an error below 1e-6 or not finite; a warning above 2 x and 0.5 for classes, 10 x for numbers",
    "Karpathy's recipe; TheDeepChecker is stricter",
)


SCALED = ("mean_squared_error", "mean_absolute_error", "huber")


@check(
    FIRST_LOSS,
    cost="asks",
    needs=("copy", "one output", "targets", "known loss", "plain step"),
    sound=True,
)
def first_loss(case: Case) -> Iterator[Finding]:
    contract, known, probes = case.contract, case.known, case.probes
    outputs = network(case).answers(probes.x)
    loss = network(case).loss(probes.y, outputs, probes.weights)
    penalty = float(sum(float(one) for one in network(case).model.losses))
    loss = loss - penalty if case.project.declared is None else loss
    shown = f"The loss before training is {loss:.4g}"
    start_is_known = case.project.declared is not None
    if not np.isfinite(loss) or loss < (1e-6 if start_is_known else -1e-6):
        if np.isfinite(loss) and contract.loss in ("poisson",):
            return  # it has no lower bound at 0
        yield Finding(
            "first-loss",
            "error",
            f"{shown}, and {contract.loss} of an untrained network is a number above 0.",
            "What is made small is then not the error, and training it teaches nothing.",
            f"see the loss in {case.words.compile}, the last layer in {case.words.model}, and "
            "that no sample is empty",
        )
        return
    rows = known.take(probe_rows(case))
    if case.project.anomalies:
        expected = restored_nothing(network(case).model, probes.x)
    elif contract.classes or contract.loss in SCALED:
        expected = expected_loss(case, contract, rows, known)
    else:
        return
    if case.project.declared is not None and probes.weights is not None:
        yield from counted_padding(rows.y, probes.weights)
    if expected is None or case.fits_before:
        return
    if case.project.declared is None:
        if penalty > 10 * max(loss, 0.1):
            yield Finding(
                "penalty",
                "warning",
                f"Before training, penalties on weights are {penalty:.4g}, the loss {loss:.4g}.",
            )
        if not contract.classes or contract.activation not in ("softmax", "sigmoid", "linear"):
            return  # how targets are scaled says more: see target-scale
    most = 2 * expected + 0.5 if contract.classes else 10 * expected
    if case.project.declared is None:
        most = 4 * expected + 1
        if loss > most and normalises_batches(network(case).model):
            loss = loss_in_training(case)
            shown = f"The loss before training is {loss:.4g}"
    if not (expected / 2 if start_is_known else 0) <= loss <= most:
        told = "class shares" if contract.classes else "means"
        told = "mean sample" if case.project.anomalies else told
        yield Finding(
            "first-loss", "warning", f"{shown}; knowing the {told} alone gives {expected:.4g}."
        )


def normalises_batches(model: keras.Model) -> bool:
    """Whether it has statistics that say nothing before training."""
    return any(isinstance(one, keras.layers.BatchNormalization) for one in layers_of(model))


def loss_in_training(case: Case) -> float:
    """The loss of some probes as the first step will find it, by their own statistics, without
    dropout."""
    few = case.probes.take(slice(32))
    quiet = clone(network(case).model, few.x, quiet=True)
    return network(case).loss(few.y, as_numpy(quiet(few.x, training=True)), few.weights)


def probe_rows(case: Case) -> np.ndarray:
    """The places of the probes among the training samples."""
    from ..case import PROBES, places

    return places(case.train.x, PROBES, case.seed)


def expected_loss(case: Case, contract: Contract, rows: Samples, known: Samples) -> float | None:
    """What theory expects of the loss before training, on these rows."""
    weights = case.probes.weights if case.probes.weights is not None else np.ones(len(rows.y))
    if not isinstance(weights, np.ndarray):
        return None
    declared = case.project.declared
    if declared is not None:
        return constant_loss(rows.y, known.y, weights, contract, contract.prior == "shares")
    if not contract.units:
        return None
    return constant_loss(rows.y, known.y, weights, contract, informed=False)


def restored_nothing(model: keras.Model, x: np.ndarray) -> float | None:
    """The mean error of a network that answers with its error, if its "output" layer gave nothing;
    None where no layer is called so. The weights are put back."""
    found = [layer for layer in model.layers if layer.name == "output"]
    if not found:
        return None
    kernel = found[0].get_weights()
    found[0].set_weights([np.zeros_like(weight) for weight in kernel])
    error = float(keras.ops.mean(model(x, training=False)))
    found[0].set_weights(kernel)
    return error


def counted_padding(y: np.ndarray, weights: np.ndarray) -> Iterator[Finding]:
    """Places after the end of a sample, whose target is -1, that weigh something in the loss."""
    if y.shape == weights.shape and weights[y < 0].any():
        yield Finding(
            "first-loss",
            "error",
            f"{np.mean(weights[y < 0] != 0):.0%} of the places without a target count in the loss.",
            "The network learns what to answer to padding, and the loss flatters it.",
            "see `training_arrays` in task.py: the weight of padding is 0",
        )


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
            if activation not in ("",):
                return  # what is written down is judged by head-agreement
            activation = "softmax" if contract.answer == "one-of" else "sigmoid"
        if activation != "linear" and not -1e-3 <= answers.min() <= answers.max() <= 1 + 1e-3:
            said = f"probabilities from {answers.min():.3g} to {answers.max():.3g}"
        elif activation == "softmax" and abs(away := (answers.sum(axis=-1) - 1)).max() > 1e-2:
            said = f"probabilities that are {1 + away.flat[abs(away).argmax()]:.3g} in all"
    if said:
        why = f"The loss and the scores take these numbers for what {case.words.head} declares."
        if declared is None:
            why = f"{contract.loss} reads them as probabilities."
        yield Finding("output-range", "error", f"The network answers with {said}.", why)


def activated(graph: Graph) -> list[keras.Layer]:
    """The hidden layers whose units can be dead or saturated: ReLU, sigmoid and tanh."""
    functions = (keras.activations.relu, keras.activations.sigmoid, keras.activations.tanh)
    return [
        layer
        for layer in graph.operations.values()
        if isinstance(layer, keras.Layer) and bends(layer)
        if layer.name not in ("output", *graph.ends)
        if isinstance(layer, keras.layers.ReLU) or getattr(layer, "activation", None) in functions
    ]


DEAD = Entry(
    "dead-units",
    "error or warning",
    "ReLU units that answer 0 to every sample.",
    "A ReLU that is 0 for every sample has no gradient, so these units will hardly learn.",
    "a smaller learning rate, he_normal and scaled inputs help; or leaky_relu in {model}",
    "over half of a layer's units; over nine tenths is an error before training",
    "SageMaker Debugger",
)
SATURATED = Entry(
    "saturated-units",
    "warning",
    "Sigmoid or tanh units at their limit for most samples.",
    "There the curve is flat, and gradients are next to nothing.",
    "scale the inputs, start with smaller weights, or use relu",
    "over half of a layer's units are as if their input were beyond -5 or 5, for over half of the "
    "samples",
    "DeepDiagnosis",
)


@check(DEAD, cost="asks", needs=("layers", "one input"), sound=True)
def dead_units(case: Case) -> Iterator[Finding]:
    for layer, value in hidden_values(case):
        function = getattr(layer, "activation", keras.activations.relu)
        if function is not keras.activations.relu:
            continue
        units = np.abs(value.reshape(-1, value.shape[-1]))
        if (share := float((units.max(axis=0) == 0).mean())) > 0.5:
            yield Finding(
                "dead-units",
                "error" if share > 0.9 else "warning",
                f"{share:.0%} of the units of layer {name_of(layer)} are silent before training.",
            )


@check(SATURATED, cost="asks", needs=("layers", "one input"), sound=True)
def saturated_units(case: Case) -> Iterator[Finding]:
    for layer, value in hidden_values(case):
        function = getattr(layer, "activation", keras.activations.relu)
        if function is keras.activations.relu:
            continue
        units = np.abs(value.reshape(-1, value.shape[-1]))
        middle = 0.5 if function is keras.activations.sigmoid else 0.0
        limit = 0.4933 if middle else 0.99991
        share = float(((np.abs(units - middle) > limit).mean(axis=0) > 0.5).mean())
        if share > 0.5:
            yield Finding(
                "saturated-units",
                "warning",
                f"{share:.0%} of the units of layer {name_of(layer)} are at their limit before "
                "training.",
            )


def hidden_values(case: Case) -> list[tuple[keras.Layer, np.ndarray]]:
    """The layers that may be dead or saturated, with what they make of the probes."""
    inner = network(case)
    assert inner.graph is not None
    found = activated(inner.graph)
    if not found:
        return []
    key = "hidden values"
    if key not in inner.kept:
        tensors = {layer.name: layer.output for layer in found}
        inner.kept[key] = inner.inside(tensors, case.probes.x)
    return [(layer, inner.kept[key][layer.name]) for layer in found]


@check(
    Entry(
        "ignores-input",
        "error",
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
        for place, array in enumerate(flat):
            if not np.ptp(array, axis=0).any():
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
    needs=("copy", "one input"),
    sound=True,
)
def mixes_samples(case: Case) -> Iterator[Finding]:
    x, inner = case.probes.x, network(case)
    half = len(x) // 2
    if half < 1 or not np.isfinite(first_answers(case)).all():
        return
    others = x.copy()
    others[half:] = x[0]
    with awake(inner.model):
        found = [
            np.asarray(keras.tree.flatten(inner.answers(one))[0])[:half] for one in (x, others)
        ]
    together, apart = found
    if together.shape[:1] != (half,):
        return
    if np.abs(together - apart).max() > 0.05 * spread(together) + 1e-6:
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
    first, second = (keras.tree.flatten(inner.answers(x)) for _ in range(2))
    if all(
        np.allclose(*pair, atol=1e-5, equal_nan=True) for pair in zip(first, second, strict=True)
    ):
        return
    random = [one for one in inner.model.layers if hasattr(one, "seed_generator")]
    named = [layer.name for layer in random if inner.graph is not None and varies(layer, inner, x)]
    meant = case.project.declared is None and not named
    yield Finding(
        "dropout-at-evaluation",
        "warning" if meant else "error",
        "Asked twice, samples get two different answers: see "
        f"{', '.join(named) or case.words.model}.",
    )


def varies(layer: keras.Layer, inner: Network, x: np.ndarray) -> bool:
    """Whether what comes out of a layer differs when the same is asked twice."""
    first, second = (inner.inside({"out": layer.output}, x)["out"] for _ in range(2))
    return not np.allclose(first, second)


@check(
    Entry(
        "padding-changes-answer",
        "error",
        "More padding at the end of a sample, and another answer.",
        "Padding is read as if it were part of the sample, and its length becomes a signal.",
        "give the mask to every layer in {model} that looks at several steps, and to the mean",
        "a fiftieth of what tells answers apart",
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
