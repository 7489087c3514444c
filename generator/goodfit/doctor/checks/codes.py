"""Codes of words and categories: mostly padding, or such that no embedding has."""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np
from keras import layers

from ..case import Case
from ..finding import Finding
from ..layer_graph import Graph
from ..network import awake, name_of
from ..registry import Entry, check
from ..samples import at_random
from .answers import spread
from .columns import reads_codes
from .initial_weights import network


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
        name, usual = case.words.settings.get("length", ""), max(2, usual)
        yield Finding(
            "mostly-padding",
            "warning",
            f"99 of 100 samples have at most {usual} steps; "
            + (f"{name} is {length}." if name else f"they are padded to {length}."),
            fix=f"set {name} = {usual}" if name else f"pad to {usual} steps: maxlen={usual}",
        )


@check("unknown-words", needs=("one input",))
def one_code_for_all(case: Case) -> Iterator[Finding]:
    """A script whose texts have become a single code: their vocabulary is that of other texts."""
    x = case.known.x
    if case.project.declared is not None or x.ndim != 2 or x.shape[1] < 2 or not reads_codes(case):
        return
    some = x[at_random(len(x))]
    codes, counts = np.unique(some[some != 0], return_counts=True)
    if len(codes) and len(some) > 9 and counts.max() > 0.95 * counts.sum():
        yield Finding(
            "unknown-words",
            "warning",
            f"{counts.max() / counts.sum():.0%} of all codes are {codes[counts.argmax()]:g}.",
            fix="vectorizer.adapt(training texts); a vocabulary that is given has to be spelled as "
            "`standardize` leaves the words: in lower case",
        )


@check("ignores-input", cost="asks", needs=("copy", "one input", "layers"))
def words_are_not_read(case: Case) -> Iterator[Finding]:
    """Texts of a script of which all words but the first and the last might be others: such as
    under a mask that is the wrong way round."""
    x = case.probes.x
    if case.project.declared is not None or x.ndim != 2 or not reads_codes(case):
        return
    there = x != 0
    inner = there & (there.cumsum(axis=1) > 1) & (there[:, ::-1].cumsum(axis=1)[:, ::-1] > 1)
    if x.shape[1] < 4 or inner.sum() < 2 or len(np.unique(x[inner])) < 2:
        return
    others = x.copy()
    others[inner] = np.random.default_rng(0).permutation(x[inner])
    with awake(network(case).model):
        answers, changed = (keras.tree.flatten(network(case).answers(one)) for one in (x, others))
        if any(np.abs(a - b).max() > 1e-7 for a, b in zip(answers, changed, strict=True)):
            return
        if not any(spread(one) > 1e-7 for one in answers):
            return  # nothing is read at all, which is said by itself
    yield Finding(
        "ignores-input",
        "error",
        "All words of a text but the first and the last may be others: the answers stay the same.",
        "Something hides them, such as a mask that is True for padding: Keras wants True for what "
        "is to be read.",
        "turn the mask round: ops.not_equal(codes, 0); and let pooling read every step",
    )


@check("padding-changes-answer", needs=("one input", "layers"))
def padding_is_read(case: Case) -> Iterator[Finding]:
    """Texts of a script with padding behind them, and a recurrent layer without a mask whose last
    state is all that counts: of half of the texts it has read as many empty places since as there
    are others, ten at least."""
    x, graph = case.known.x, network(case).graph
    if case.project.declared is not None or x.ndim != 2 or not len(x) or graph is None:
        return
    recurrent = [
        one
        for one in graph.operations.values()
        if isinstance(one, layers.RNN) and not one.return_sequences and not one.go_backwards
    ]
    name = network(case).model.inputs[0]._keras_history.operation.name
    plain = [one for one in embeddings_of(graph, name) if not one.mask_zero]
    there = x[at_random(len(x))] != 0
    empty = np.where(there.any(axis=1), there[:, ::-1].argmax(axis=1), 0)  # behind the last word
    if recurrent and plain and np.median(empty) >= max(10, x.shape[1] / 2):
        yield Finding(
            "padding-changes-answer",
            "warning",
            f"Half of the samples end in {int(np.median(empty))} places of padding or more, and "
            f"{name_of(recurrent[0])} reads them.",
            "What it remembers of the words fades with every empty place.",
            f"mask_zero=True in {name_of(plain[0])}, or padding='pre'",
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
