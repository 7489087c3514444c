"""Inputs on the scale on which the first layer that learns sees them."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np
from keras import layers

from ..case import Case
from ..finding import Finding
from ..layer_graph import bends, graph_of, is_one_of, multiplies
from ..network import Network, layers_of
from ..registry import Entry, check
from ..samples import at_random
from .columns import reads_codes, steps_of
from .images import axes
from .initial_weights import network

SCALING = (layers.Normalization, layers.BatchNormalization, layers.LayerNormalization)


def first_layer(inner: Network, x: np.ndarray) -> tuple[keras.Layer | None, np.ndarray]:
    """The first layer that learns, and what samples `x` are as it sees them; in a model inside the
    model, the first of that. None for the layer, and what comes out of the last `Normalization`,
    where there is one. What only prepares samples, such as augmentation, is passed over."""
    model, graph = inner.model, inner.graph
    scaling = [one for one in model.layers if isinstance(one, layers.Normalization)]
    if scaling:
        return None, inner.inside({"seen": scaling[-1].output}, x)["seen"]
    for layer in model.layers:
        parts = layers_of(layer) if isinstance(layer, keras.Model) else [layer]
        if all(isinstance(one, SCALING) or not one.weights for one in parts):
            continue
        source = graph.operations[graph.sources[layer.name][0]] if graph is not None else layer
        seen = inner.inside({"seen": keras.tree.flatten(source.output)[0]}, x)["seen"]
        if isinstance(layer, keras.Model) and graph_of(layer) is not None:
            return first_layer(Network(layer, seen), seen)
        return layer, seen
    return None, x


def first_layer_sees(case: Case, x: np.ndarray) -> np.ndarray:
    """What samples `x` are where the first layer that learns sees them, once they are scaled; `x`
    itself where the layers do not tell their order."""
    return x if network(case).graph is None else first_layer(network(case), x)[1]


def normalised_at_once(case: Case, x: np.ndarray) -> bool:
    """Whether batch statistics scale what the first layer makes of inputs before anything bends it:
    BN(W(ax)) is BN(Wx) for every a that is not tiny, and so are its gradients."""
    if network(case).graph is None:
        return False
    first = first_layer(network(case), x)[0]
    if first is None or not multiplies(first) or bends(first):
        return False
    readers = [node.operation for node in first._outbound_nodes]
    return bool(readers) and all(is_one_of(one, ("BatchNormalization",)) for one in readers)


def out_of_scale(
    case: Case, name: str, seen: np.ndarray, standardized: bool | None, fix: str
) -> Iterator[Finding]:
    """Numbers that are large where the first layer sees them, (samples, ..., columns). Where
    nothing is declared (`standardized` is None) only what is far off; of standardised ones, half of
    the columns at least have a mean within 0.5 and a deviation from 0.3 to 3: else they were scaled
    twice, or by the numbers of other samples."""
    columns = seen.reshape(-1, seen.shape[-1]).astype("float64")
    mean, deviation = columns.mean(axis=0), columns.std(axis=0)
    largest, moving = np.abs(columns).max(), deviation > 0
    wild = largest > 100 or deviation.max() > 10 or np.abs(mean).max() > 10 or 0 < largest < 0.02
    if standardized is None:
        wild = (
            (largest > 100 and deviation.max() > 10) or deviation.max() > 20 or 0 < largest < 0.02
        )
        wild = wild and not (largest > 1 and normalised_at_once(case, case.known.x[:2]))
    odd = (np.abs(mean) > 0.5) | (deviation < 0.3) | (deviation > 3)
    twice = bool(standardized) and moving.any() and odd[moving].mean() > 0.5
    if wild or twice:
        place = int(np.maximum(deviation, np.abs(mean)).argmax())
        if twice:
            fix = f"scale once, in {case.words.inputs}, by the training samples"
        yield Finding(
            name,
            "warning",
            f"Where they reach the first layer, inputs are up to {largest:.3g} large; input "
            f"{place + 1} has the mean {mean[place]:.3g} and the deviation {deviation[place]:.3g}.",
            fix=fix,
        )


def squeezed(case: Case, x: np.ndarray, names: list[str]) -> Iterator[Finding]:
    """Columns of x, (rows, columns), of which 98 % of the cells lie within 0.05 deviations (ours;
    a normal column has 4.7): a slip of a few cells squeezes all the others together."""
    if not names or len(x) < 50:
        return
    low, high = np.quantile(x.astype("float64"), [0.01, 0.99], axis=0)
    found = (high > low) & (high - low < 0.05 * x.std(axis=0, dtype="float64"))
    for name in np.array(names)[found][:5]:
        yield Finding(
            "feature-scale",
            "warning",
            f"A few cells of column {str(name)!r} are so far off that all others look alike.",
            "Scaled by their deviation, ordinary values differ by less than a hundredth.",
            "mend the cells if they are slips; else give the logarithm of the column",
        )


SCALE = Entry(
    "feature-scale",
    "warning",
    "Columns on a wild scale where the first layer sees them, scaled twice, or squeezed together "
    "by a few cells.",
    "The learning rate is made for a mean near 0 and a deviation near 1.",
    "put a Normalization layer first and adapt it on the training samples: see {inputs}",
    "above 100, a deviation above 10, a mean beyond 10, or none above 0.02 (without a project that "
    "declares its scaling: above 100 with a deviation above 10, or a deviation above 20)",
    "ours: published limits such as -1 to 1 (UMLAUT) alarm on every standardised table; "
    "TheDeepChecker has the 0.02",
)


def fix_of(case: Case) -> str:
    """What to change: a setting that scales is only proposed where it is off."""
    if case.project.standardized:
        return (
            "columns are scaled already: look for cells that are slips, and for what is done to "
            f"them in {case.words.inputs} and {case.words.model}"
        )
    return case.words.settings.get("scaling_fix", "")


def scales_inside(case: Case) -> bool:
    """Whether a network whose layers do not tell their order has one that scales."""
    inner, kinds = network(case), (*SCALING, layers.Rescaling, layers.Embedding)
    return inner.graph is None and any(isinstance(one, kinds) for one in layers_of(inner.model))


@check(SCALE, cost="asks", needs=("one input", "copy"), sound=True)
def feature_scale(case: Case) -> Iterator[Finding]:
    x = case.known.x
    if scales_inside(case):
        return
    if x.dtype.kind not in "fiu" or x.ndim not in (2, 3) or reads_codes(case):
        return
    if x.dtype.kind in "iu" and case.project.declared is not None:
        return  # codes of words
    some, project = x[at_random(len(x))], case.project
    standardized = project.standardized
    fix = fix_of(case)
    if x.ndim == 2:
        numeric = (
            project.numeric
            if project.sources is not None
            else [case.words.column(place) for place in range(x.shape[1])]
        )
        count = len(numeric)
        slips = list(squeezed(case, some[:, :count], list(numeric))) if project.declared else []
        seen = first_layer_sees(case, some)
        seen = seen[:, : max(1, count)] if seen.ndim == 2 else seen
        if project.sources is not None and not numeric:
            standardized = False
    else:
        names = list(case.words.columns) or [f"channel {place + 1}" for place in range(x.shape[2])]
        steps = steps_of(case, some)
        names = names if len(names) == steps.shape[1] else []
        slips = list(squeezed(case, steps, names)) if project.declared else []
        few = x[at_random(len(x), 200)]
        seen = first_layer_sees(case, few)
        padding = project.feature_padding
        if padding is not None and seen.shape[:2] == few.shape[:2]:
            seen = seen[few[:, :, 0] > padding / 2]
    yield from slips
    if not slips and np.isfinite(seen).all():
        yield from out_of_scale(case, "feature-scale", seen, standardized, fix)


@check(
    Entry(
        "image-scale",
        "warning",
        "Pixels on a wild scale where the first convolution sees them, or scaled twice.",
        "The learning rate is made for a mean near 0 and a deviation near 1.",
        "divide by 255 once: keras.layers.Rescaling(1 / 255) first in {model}, and nowhere else",
        "as for feature-scale, in at most 100 images",
        "ours; TheDeepChecker has a rule for what is scaled twice",
    ),
    cost="asks",
    needs=("one input", "copy"),
    sound=True,
)
def image_scale(case: Case) -> Iterator[Finding]:
    x = case.known.x
    if scales_inside(case) or x.ndim != 4 or case.project.scales_itself or list(axes(case)):
        return
    if case.project.standardized is None and any(
        isinstance(one, keras.Model) and not one.trainable for one in case.model.layers
    ):
        return  # a trained backbone brings its own idea of a pixel
    seen = first_layer_sees(case, x[at_random(len(x), 100)])
    fix = fix_of(case)
    if np.isfinite(seen).all():
        yield from out_of_scale(case, "image-scale", seen, case.project.standardized, fix)
