"""Inputs as the network gets them: columns, channels and pixels that say nothing, say too much, or
are on a wild scale; codes that no embedding has. What a sample looks like follows from its shape.
"""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np
from keras import layers

from ..case import ENOUGH, Case, at_random
from ..finding import Finding
from ..layer_graph import Graph, bends, graph_of, is_one_of, multiplies
from ..network import Network, layers_of
from ..registry import Entry, check
from .initial_state import network

SCALING = (layers.Normalization, layers.BatchNormalization, layers.LayerNormalization)
MOST_TREES = 60  # one for a column and a target; of more columns, those that correlate most


def columns_of(case: Case) -> dict[str, list[int]]:
    """Each column of the data with its places in x, (samples, columns); by number without names."""
    if case.project.sources is not None:
        return case.project.sources
    return {case.words.column(place): [place] for place in range(case.known.x.shape[-1])}


def quoted(case: Case, name: str) -> str:
    """A column's name in quotes, its number without."""
    return repr(name) if case.project.sources is not None else name


def is_table(case: Case) -> bool:
    return case.known.x.ndim == 2 and case.known.x.dtype.kind == "f" and not reads_codes(case)


def reads_codes(case: Case) -> bool:
    """Whether an embedding is the first thing that reads the input: numbers are then codes."""
    graph = case.network.graph if case.network else None
    if graph is None:
        return case.known.x.dtype.kind in "iu" and case.known.x.ndim == 2
    for name, operation in graph.operations.items():
        if isinstance(operation, layers.InputLayer):
            readers = [graph.operations[one] for one in graph.readers[name]]
            if any(
                is_one_of(
                    one,
                    (
                        "Embedding",
                        "TextVectorization",
                        "StringLookup",
                        "IntegerLookup",
                        "CategoryEncoding",
                        "Hashing",
                        "Discretization",
                        "NotEqual",
                    ),
                )
                or isinstance(one, keras.Model)
                for one in readers
            ):
                return any(not isinstance(one, keras.Model) for one in readers)
    return False


def steps_of(case: Case, x: np.ndarray) -> np.ndarray:
    """(rows, channels): the steps of series, (samples, steps, channels), without padding."""
    padding = case.project.feature_padding
    return x.reshape(-1, x.shape[-1]) if padding is None else x[x[:, :, 0] > padding / 2]


@check(
    Entry(
        "constant-feature",
        "error or warning",
        "Columns or channels that are the same in every training sample.",
        "A column that never changes tells nothing: a sensor that is off, a wrong column.",
        "check how it came about, or leave it out of {inputs}",
        "a range below 1e-12; an error where all are",
        "TheDeepChecker has a deviation of 1e-12",
    ),
    needs=("one input",),
    sound=True,
)
def constant_feature(case: Case) -> Iterator[Finding]:
    x = case.known.x
    if x.dtype.kind != "f" or x.ndim not in (2, 3) or x.size == 0 or len(x) < 20:
        return
    places = (
        columns_of(case)
        if x.ndim == 2 or case.words.columns
        else {str(place + 1): [place] for place in range(x.shape[-1])}
    )
    rows = x if x.ndim == 2 else steps_of(case, x[at_random(len(x))])
    still = [name for name, own in places.items() if (np.ptp(rows[:, own], axis=0) < 1e-12).all()]
    if (
        case.project.declared is None
        and x.ndim == 2
        and len(still) < len(places)
        and len(places) > 40
    ):
        return  # flat pixels, words of a vocabulary: some are always 0
    if still:
        named = ", ".join(quoted(case, name) for name in still[:8])
        yield Finding(
            "constant-feature",
            "error" if len(still) == len(places) else "warning",
            f"The same value stands in every training sample in column {named}.",
        )


@check(
    Entry(
        "duplicate-feature",
        "warning",
        "Columns that are equal, but for the unit or the names of categories.",
        "The second adds nothing, and answers go wrong where the two part one day.",
        "leave one of the two out of {inputs}",
        "equal to four digits once they are standardised",
        "ours",
    ),
    needs=("one input",),
    sound=True,
)
def duplicate_feature(case: Case) -> Iterator[Finding]:
    if not is_table(case) or case.known.x.shape[1] > 2_000:
        return
    x = case.known.x[at_random(case.known.count, 10 * ENOUGH)]
    if case.project.declared is None and (x.shape[1] > 60 or len(x) < 50):
        return  # flat pixels
    seen: dict[bytes, str] = {}
    for name, own in columns_of(case).items():
        column = x[:, own[0]].astype("float64")
        if len(own) > 1:
            first = np.unique(x[:, own].argmax(axis=1), return_index=True, return_inverse=True)
            column = first[1][first[2]].astype("float64")  # numbered as they come
        column -= column.mean()
        if not column.std() > 1e-12:
            continue
        column *= np.sign(column[np.abs(column).argmax()]) / column.std()
        other = seen.setdefault(np.round(column, 4).tobytes(), name)
        if other != name:
            both = f"{quoted(case, other)} and {quoted(case, name)}"
            yield Finding(
                "duplicate-feature",
                "warning",
                f"Columns {both} say the same in every training row.",
                fix=f"leave {quoted(case, name)} out: add it to data.ignore"
                if case.project.declared is not None
                else "",
            )


LEAK = Entry(
    "leaking-feature",
    "warning",
    "A column that alone tells the target, or that numbers or names the rows.",
    "Such a column is often written down after the answer is known; then new rows will not have "
    "it, and all scores are too good.",
    "leave it out, unless it is known before the answer",
    "a small tree on it gets 0.98 of what there is to get; whole numbers, all different, that rise "
    "steadily or fill a range of twice the rows; texts of which nine in ten are different",
    "deepchecks warns at 0.8, where honest columns are",
)


@check(LEAK, needs=("one input",), sound=True)
def identifiers(case: Case) -> Iterator[Finding]:
    """Columns that number or name the rows."""
    found = list(case.project.text_identifiers)
    if is_table(case) and case.known.count >= 50 and case.whole:
        rows = case.samples or case.known.count
        rows = max(rows, sum(len(one) for one in (case.project.order or {}).values()))
        for name, own in columns_of(case).items():
            column = case.known.x[:, own[0]].astype("float64")
            whole = len(own) == 1 and (column == column.round()).all()
            if whole and len(np.unique(column)) == len(column):
                steps = np.diff(column)
                rising = (steps > 0).all() and steps.max() < 100 * np.median(steps)
                found += [name] * bool(rising or np.ptp(column) < 2 * rows)
    for name in sorted(found):
        column = quoted(case, name)
        yield Finding(
            "leaking-feature",
            "warning",
            f"Column {column} is different in each row: it numbers or names the rows.",
            "The network learns rows by heart with it, and new rows have values never seen.",
            f"add {column} to data.ignore"
            if case.project.declared is not None
            else f"leave column {column} out",
        )


def strongest(x: np.ndarray, y: np.ndarray, places: dict[str, list[int]]) -> list[str]:
    """At most `MOST_TREES` columns of the data for all targets: those that correlate most."""
    scaled = [(one - one.mean(axis=0)) / (one.std(axis=0) + 1e-9) for one in (x, y)]
    strength = np.abs(scaled[0].T @ scaled[1]).max(axis=1)
    most = max(5, MOST_TREES // y.shape[1])
    return sorted(places, key=lambda name: -strength[places[name]].max())[:most]


@check("leaking-feature", needs=("one input", "one output", "targets"), sound=True)
def leaking_feature(case: Case) -> Iterator[Finding]:
    """One column alone gets nearly all of what there is to get: a tree on at most 5,000 rows, in
    three folds. A column may also be the target itself."""
    contract, places = case.contract, columns_of(case) if is_table(case) else {}
    answerable = contract.answer != "own-loss" and not case.project.anomalies
    if not answerable or len(places) < 2 or case.known.count < 50 or case.known.y.ndim > 2:
        return
    from sklearn.model_selection import KFold, cross_val_score
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

    declared = case.project.declared is not None
    rows, folds = at_random(case.known.count), KFold(3, shuffle=True, random_state=0)
    x, y = case.known.x[rows], case.known.y[rows].reshape(len(rows), -1)
    rows_of_one = y.shape[1] > 1 and bool(np.isin(y, (0, 1)).all() and (y.sum(axis=1) == 1).all())
    classes = contract.classes or rows_of_one
    if contract.one_hot or rows_of_one:
        y = y.argmax(axis=1)[:, None]
    if y.shape[1] > 20 or x.shape[1] > 5_000 or not np.isfinite(x).all():
        return
    if y.shape == x.shape and contract.answer == "numbers":
        return  # restored, not predicted
    tree = (DecisionTreeClassifier if classes else DecisionTreeRegressor)(
        min_samples_leaf=3
    )
    names = case.project.target_names or tuple(f"target {one + 1}" for one in range(y.shape[1]))
    for target, answers in zip(names, y.T, strict=False):
        least = (
            np.unique(answers, return_counts=True)[1].max() / len(rows) if classes else 0.0
        )
        chosen = strongest(x, y, places)
        for name in chosen if declared else chosen[:20]:
            same, own = (name, target) in case.project.equal_columns, x[:, places[name]]
            score = 0.0 if same else cross_val_score(tree, own, answers, cv=folds).mean()
            if same or score > least + 0.98 * (1 - least):
                column = quoted(case, name)
                yield Finding(
                    "inputs-are-targets" if same else "leaking-feature",
                    "error" if same else "warning",
                    f"Column {column} alone tells {target!r} in nearly every row."
                    if declared
                    else f"Column {column} alone tells the target in nearly every row.",
                    LEAK.why,
                    f"add {column} to data.ignore, unless it is known before the answer"
                    if declared
                    else f"leave column {column} out, unless it is known before the answer",
                )


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
    """Numbers that are large where the first layer sees them, (samples, ..., columns). Where nothing
    is declared (`standardized` is None) only what is far off; of standardised ones, half of the columns at least have a mean within 0.5 and a deviation from 0.3
    to 3: else they were scaled twice, or by the numbers of other samples."""
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
    fix = case.words.settings.get("scaling_fix", "")
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
        "axes",
        "error or warning",
        "Images that are not (height, width, channels).",
        "Convolutions slide over the first two axes and mix the last one.",
        "mend the order of the axes in {inputs}: numpy.moveaxis(x, 1, -1)",
        "another shape than the one declared; elsewhere channels that come first",
        "UMLAUT and TheDeepChecker look for it by noisier signs",
    ),
    needs=("one input",),
)
def axes(case: Case) -> Iterator[Finding]:
    shape, wanted = case.known.x.shape[1:], case.project.image_shape
    if wanted is not None and shape != wanted:
        yield Finding(
            "axes",
            "error",
            f"Images reach the network as {shape} and not as (height, width, channels) = {wanted}.",
        )
    if wanted is None and len(shape) == 3 and case.network is not None:
        convolutions = [
            one for one in layers_of(case.network.model) if isinstance(one, layers.Conv2D)
        ]
        first = convolutions[0].data_format if convolutions else "channels_first"
        if first == "channels_last" and shape[0] in (1, 3) and shape[1] == shape[2] > 4:
            yield Finding(
                "axes",
                "warning",
                f"Images reach the network as {shape}: the first axis looks like channels.",
            )


@check(
    Entry(
        "blank-images",
        "error or warning",
        "Images of one colour: every pixel has the same value.",
        "A label without a picture teaches the network to guess.",
        "look at them, and remove those that are broken",
        "there is no threshold; an error where all are",
    ),
    needs=("one input",),
    sound=True,
)
def blank_images(case: Case) -> Iterator[Finding]:
    if case.known.x.ndim != 4:
        return
    x = case.known.x.reshape(case.known.count, -1, case.known.x.shape[-1])
    blank = np.flatnonzero((x.max(axis=1) == x.min(axis=1)).all(axis=1))
    if len(blank) and (case.project.declared is not None or len(blank) > 0.01 * len(x)):
        named = case.project.named_sample(int(blank[0])) if case.project.named_sample else ""
        yield Finding(
            "blank-images",
            "error" if len(blank) == len(x) else "warning",
            f"{len(blank):,} of {len(x):,} training images have one colour all over"
            f"{f', first {named}' if named else ''}.",
        )


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
    fix = case.words.settings.get("scaling_fix", "")
    if np.isfinite(seen).all():
        yield from out_of_scale(case, "image-scale", seen, case.project.standardized, fix)


@check(
    Entry(
        "mostly-padding",
        "warning",
        "Samples that leave three quarters of their length empty.",
        "Every step computes the empty places too: most of the time goes into nothing.",
        "cut samples to the length that most of them have",
        "all but a hundredth of the training samples",
        "ours; SageMaker Debugger warns at half of all places, which is usual with a few long ones",
    ),
    needs=("one input",),
    sound=True,
)
def mostly_padding(case: Case) -> Iterator[Finding]:
    x, padding = case.known.x, case.project.feature_padding
    if case.project.declared is None:
        padding = 0.0 if x.ndim == 2 and reads_codes(case) and x.shape[1] >= 20 else None
    if padding is None or x.ndim < 2:
        return
    some = x[at_random(len(x))]
    there = some != padding if padding >= 0 else some > padding / 2
    there = there.reshape(*some.shape[:2], -1)[:, :, 0]
    usual, length = int(np.quantile(there.sum(axis=1), 0.99)), there.shape[1]
    if usual < length / 4:
        name = case.words.setting("length")
        yield Finding(
            "mostly-padding",
            "warning",
            f"99 of 100 samples have at most {usual} steps; {name} is {length}.",
            fix=f"set {name} = {max(2, usual)}",
        )


@check(
    Entry(
        "embedding-range",
        "error",
        "Codes of words or categories that the embedding which reads them does not have.",
        "On a CPU that stops training, on a GPU such codes are read as zeros without a word.",
        "input_dim is the largest code + 1; cut off rarer words, or make the table larger",
        "one is one too many; of what is no whole number, more than half",
        "the definition of an embedding",
    ),
    needs=("layers",),
)
def embedding_range(case: Case) -> Iterator[Finding]:
    graph = network(case).graph
    assert graph is not None
    arrays = keras.tree.flatten(case.known.x)
    inputs = [tensor._keras_history.operation.name for tensor in network(case).model.inputs]
    if len(arrays) != len(inputs):
        return
    for name, x in zip(inputs, arrays, strict=True):
        for reader in embeddings_of(graph, name):
            if x.dtype.kind == "f" and (x != np.round(x)).mean() > 0.5:
                yield Finding(
                    "embedding-range",
                    "error",
                    f"Layer {reader.name!r} looks up codes, and is given numbers such as "
                    f"{x[x != np.round(x)].flat[0]:.3g}.",
                    "They are cut off to whole numbers: most of what they say is lost.",
                    "give whole codes, or a Dense layer instead of the embedding",
                )
            elif x.dtype.kind in "iuf" and (x.max() >= reader.input_dim or x.min() < 0):
                worst = x.max() if x.max() >= reader.input_dim else x.min()
                yield Finding(
                    "embedding-range",
                    "error",
                    f"Layer {reader.name!r} has {reader.input_dim:,} codes, 0 to "
                    f"{reader.input_dim - 1:,}, and is given {worst:g}.",
                )


def embeddings_of(graph: Graph, name: str) -> list[layers.Embedding]:
    """The embeddings that read an operation directly."""
    readers = [graph.operations[one] for one in graph.readers.get(name, [])]
    return [one for one in readers if isinstance(one, layers.Embedding)]
