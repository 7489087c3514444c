"""What must agree at the end of the network: units, activation, loss, metrics, and the targets.

In a project the task is declared, so most of this is a comparison. In any other script only what
mathematics rules out is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
from keras import losses, ops

from ..backends import as_numpy
from ..case import Case, losses_of, vary
from ..contract import Contract, closing_activations, is_of_keras, loss_name, output_shape
from ..finding import Finding
from ..network import Network
from ..registry import Entry, check

AGREEMENT = Entry(
    "head-agreement",
    "error or warning",
    "Units, last activation, loss, metrics and targets that do not belong together.",
    "Training measures something else than is asked, often without any sign of it in the loss.",
    "one of several classes: softmax and (sparse) categorical crossentropy; yes or no: sigmoid and "
    "binary crossentropy; numbers: no activation and a squared or absolute error; see {model} and "
    "{compile}",
    "none: in a project it is compared with what is declared; elsewhere an error is only what "
    "mathematics rules out",
    "NeuraLint, UMLAUT and AutoTrainer look for parts of it; a softmax over one unit trains with "
    "the loss of a correct model (measured)",
)
WHY = {
    "sigmoid": "Only a sigmoid makes each number a probability by itself; scores and thresholds "
    "read it as one.",
    "softmax": "Only a softmax makes the classes' probabilities add up to 1, as the loss expects.",
    "linear": "An activation at the end cuts off numbers that targets may be.",
}
COUNTING = ("Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy")
MISFITS = {  # metrics that a loss makes meaningless, by their classes
    "codes": ("Accuracy", "BinaryAccuracy", "CategoricalAccuracy"),
    "one-hot": ("Accuracy", "SparseCategoricalAccuracy"),
    "yes-no": ("Accuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy"),
    "numbers": (*COUNTING, "AUC", "F1Score", "Precision", "Recall"),
}
REACH = {
    "sigmoid": (0.0, 1.0),
    "softmax": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "relu": (0.0, np.inf),
    "softplus": (0.0, np.inf),
    "exponential": (0.0, np.inf),
    "hard_sigmoid": (0.0, 1.0),
}


def kind_of(contract: Contract) -> str:
    """The row of `MISFITS`."""
    if contract.answer == "one-of":
        return "one-hot" if contract.one_hot else "codes"
    return contract.answer


def metrics_of(model: keras.Model) -> list[keras.Metric]:
    """The compiled metrics; those given as words only once Keras knows what they mean."""
    found = []
    for group in getattr(model, "metrics", []):
        found += list(getattr(group, "metrics", []))
    given = getattr(getattr(model, "_compile_metrics", None), "_user_metrics", None)
    return found + [one for one in keras.tree.flatten(given or []) if isinstance(one, keras.Metric)]


def words_given(model: keras.Model) -> list[str]:
    """The metrics that were given to compile() as words."""
    given = getattr(getattr(model, "_compile_metrics", None), "_user_metrics", None)
    return [str(one) for one in keras.tree.flatten(given or []) if isinstance(one, str)]


def metric_classes(model: keras.Model, contract: Contract) -> list[str]:
    """The names of the classes of all metrics. A plain "accuracy" is what fits the loss, but for
    numbers, where nothing does."""
    words = [one for one in words_given(model) if one not in ("accuracy", "acc")]
    if contract.answer == "numbers" and len(words) < len(words_given(model)):
        words.append("accuracy")
    found = [type(one).__name__ for one in metrics_of(model)]
    return found + ["".join(part.capitalize() for part in word.split("_")) for word in words]


@check(AGREEMENT, needs=("declared", "one output"))
def declared_head(case: Case) -> Iterator[Finding]:
    """Every line of the table of what must be equal, in a project that declares its task."""
    model, words, declared = case.model, case.words, case.contract
    if case.project.anomalies:
        return
    found, shape = closing_activations(model) or [], tuple(model.output_shape)
    y, loss = case.known.y, losses.get(model.loss)
    name = loss_name(loss)
    misfits = [
        one for one in metric_classes(model, declared) if one in MISFITS[kind_of(declared)]
    ]
    sparse = declared.answer == "one-of"
    fitting = ((*shape[1:-1], 1), shape[1:-1]) if sparse else (shape[1:],)
    table = (
        (
            shape[-1] != declared.units,
            f"The network answers with {shape[-1]} numbers, {words.head} says {declared.units}.",
            "Each class, label or target needs a number of its own.",
            f"mend the last layer in {words.model}",
        ),
        (
            {*found} != {declared.activation} - {"linear"},
            f"The network ends in {' and '.join(found) or 'no activation'}, {words.head} says "
            f"{declared.activation}.",
            WHY[declared.activation],
            f"mend the last layer in {words.model}",
        ),
        (
            shape[-1] == 1 and "softmax" in found,
            "A softmax stands over a single unit.",
            "The shares of one thing are always 1: every answer is 1.0, while the loss falls.",
            f"use a sigmoid, in {words.model} and {words.head}",
        ),
        (
            hasattr(losses, name) and name != declared.loss,
            f"The network is trained on {name}, {words.head} says {declared.loss}.",
            "It would learn to answer another question than the one it is scored on.",
            f"mend objective() in {words.compile}",
        ),
        (
            getattr(loss, "from_logits", False),
            "The loss is told from_logits = True.",
            "Answers are read as probabilities: an activation would count twice, or not at all.",
            f"leave from_logits out, in {words.compile}",
        ),
        (
            bool(misfits),
            f"{', '.join(misfits)} is reported beside {declared.loss}.",
            "It counts answers that equal the target, which these never do: it means nothing.",
            "set head.metrics to those of the task",
        ),
        (
            y.shape[1:] not in fitting,
            f"Targets have the shape {y.shape[1:]} for each sample, answers {shape[1:]}.",
            f"{declared.loss} would refuse them, or compare each answer with every target.",
            f"mend encode() in {words.targets}, or the last layer in {words.model}",
        ),
    )
    for wrong, fact, why, fix in table:
        if wrong:
            yield Finding("head-agreement", "error", fact, why, fix)


@check("head-agreement", needs=("targets",))
def inferred_head(case: Case) -> Iterator[Finding]:
    """The same where nothing is declared: what the loss reads, against what the network answers."""
    if case.project.declared is not None:
        return
    from .targets import outputs_of

    for place, (contract, y) in enumerate(outputs_of(case)):
        yield from one_head(case, contract, y, place)


def one_head(case: Case, contract: Contract, y: np.ndarray, place: int) -> Iterator[Finding]:
    """One output of a script: contradictions as errors, what is likelier wrong than not as
    warnings. An unknown activation is not judged here: `output-range` looks at the answers."""
    units, last, loss = contract.units, contract.activation, contract.loss
    logits, ends = (
        contract.from_logits,
        "no activation" if contract.activation == "linear" else contract.activation,
    )
    integers = y.dtype.kind in "biu" or (
        y.dtype.kind == "f" and (y[:10_000] == np.round(y[:10_000])).all()
    )
    distinct = np.unique(y[:10_000]) if y.dtype.kind in "biuf" and y.size else np.array([])
    flat = y.ndim == 1 or y.shape[-1] == 1
    rows_of_one = (
        y.ndim == 2
        and y.shape[-1] > 2
        and integers
        and bool((y >= 0).all())
        and (y.sum(axis=-1) == 1).all()
    )

    def found(level: Any, fact: str, why: str, fix: str = "") -> Finding:
        return Finding("head-agreement", level, fact, why, fix)

    if units == 1 and last == "softmax":
        yield found(
            "error",
            "A softmax stands over a single unit.",
            "The shares of one thing are always 1: every answer is 1.0, while the loss may fall.",
            "yes or no: Dense(1, activation='sigmoid') and binary_crossentropy; a number: no "
            "activation",
        )
        return
    if contract.turned:
        yield found(
            "error",
            f"The loss is the negative of {loss}: its sign is turned.",
            "Training makes it small, and so the error as large as it can.",
            "take the minus away from the loss",
        )
        return
    if not shapes_fit(case, contract, y, place):
        shape = output_shape(case.shown, place)
        yield found(
            "error",
            f"Answers have the shape {shape[1:]} for each sample, targets {y.shape[1:]}.",
            f"{loss} spreads the one over the other: every answer is compared with targets that "
            "are not its own.",
            "one answer for each target: return_sequences=False, Flatten or pooling before the "
            "last layer",
        )
        return
    yield from outside_domain(case, contract, y, place)
    if contract.answer == "one-of":
        if units == 1:
            yield found(
                "error",
                f"{loss} over a single unit.",
                "Of one class there is nothing to choose: the loss is 0, or the same, whatever "
                "the network says.",
                "a unit for each class; for yes or no Dense(1, activation='sigmoid') and "
                "binary_crossentropy",
            )
            return
        if last == "softmax" and logits:
            yield found(
                "warning",
                f"The network ends in softmax, and {loss} is told from_logits=True.",
                "The softmax would be taken twice; Keras undoes it here, other losses do not.",
                "leave out one of the two",
            )
        elif last not in ("softmax", "", "linear") and not logits:
            sure: Any = "error" if last in ("relu", "tanh", "linear") else "warning"
            yield found(
                sure,
                f"The network ends in {ends}, and {loss} reads shares that add up to 1.",
                WHY["softmax"],
                "end in softmax, or give scores without activation and from_logits=True",
            )
        elif last == "linear" and not logits and looks_like_scores(case, place):
            yield found(
                "error",
                f"The network ends in no activation, and {loss} reads probabilities.",
                "Scores are cut off at 0 and 1 and scaled: the loss falls while accuracy does not "
                "rise.",
                "end in softmax, or give the loss from_logits=True",
            )
    if contract.answer == "yes-no":
        if last == "softmax" and units > 1:
            level: Any = "warning" if units == 2 or rows_of_one else "error"
            yield found(
                level,
                f"The network ends in softmax over {units} units, and {loss} takes each for itself.",
                "A softmax lets one label rise only where the others fall."
                if not rows_of_one
                else "Then the loss counts every class that is not there, and accuracy means "
                "something else.",
                "several labels at once: sigmoid; one class of several: categorical_crossentropy",
            )
        elif (
            last in ("relu", "tanh", "softplus", "elu", "gelu", "silu", "leaky_relu") and not logits
        ):
            yield found(
                "error",
                f"The network ends in {ends}, and {loss} reads probabilities.",
                "Below 0 and above 1 answers are cut off, and have no gradient.",
                "end in sigmoid",
            )
        elif last == "linear" and not logits and looks_like_scores(case, place):
            yield found(
                "error",
                f"The network ends in no activation, and {loss} reads probabilities.",
                "Below 0 and above 1 answers are cut off, and have no gradient.",
                "end in sigmoid, or give the loss from_logits=True",
            )
        elif last == "sigmoid" and logits:
            yield found(
                "warning",
                f"The network ends in sigmoid, and {loss} is told from_logits=True.",
                "The sigmoid would be taken twice; Keras undoes it here, other losses do not.",
                "leave out one of the two",
            )
        if last == "sigmoid" and rows_of_one and units == y.shape[-1]:
            yield found(
                "warning",
                f"Every sample has exactly one of {units} labels, and {loss} takes each for "
                "itself.",
                "Nearly all labels are 0, so that accuracy is high at once and says nothing.",
                "one class of several: softmax and categorical_crossentropy",
            )
    if contract.answer == "numbers" and loss_is_squared(loss) and len(distinct):
        codes = flat and integers and units == 1 and 3 <= len(distinct) <= 20
        # one of their own that gives the same numbers, such as a contrastive loss, is meant
        picked = is_of_keras(losses_of(case.shown, case.train.y)[place])
        if units > 1 and flat:
            yield found(
                "error",
                f"The network answers with {units} numbers, and there is one target a sample.",
                f"{loss} compares each answer with the same target: all units learn the same.",
                "one unit, or a target for each unit",
            )
        elif last == "softmax" and integers and rows_of_one and picked:
            yield found(
                "warning",
                f"Classes are trained with {loss}.",
                "Its gradient fades where the network is most wrong.",
                "categorical_crossentropy is made for it",
            )
        elif last == "sigmoid" and flat and set(distinct.tolist()) == {0, 1} and picked:
            yield found(
                "warning",
                f"Yes and no are trained with {loss}.",
                "Its gradient fades where the network is most wrong.",
                "binary_crossentropy is made for it",
            )
        elif last == "linear" and flat and set(distinct.tolist()) == {0, 1}:
            yield found(
                "warning",
                f"A target of 0 and 1 is trained as a number, with {loss}.",
                "Answers are no probabilities, and a threshold is a guess.",
                "Dense(1, activation='sigmoid') and binary_crossentropy",
            )
        elif last in ("sigmoid", "tanh", "softmax") and codes and distinct.max() > 1:
            pass  # target-reach says it
    yield from misfit_metrics(case, contract, y, integers)


def shapes_fit(case: Case, contract: Contract, y: np.ndarray, place: int) -> bool:
    """Whether a loss of Keras compares each answer with its own target. Sides that the model leaves
    open fit anything."""
    answers, targets = output_shape(case.shown, place)[1:], y.shape[1:]
    if not answers or contract.answer == "own-loss" or contract.loss not in PLAIN:
        return True

    def same(one: tuple[int | None, ...], other: tuple[int, ...]) -> bool:
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(a is None or a == b for a, b in pairs)

    if contract.loss.startswith("sparse"):
        return same(answers[:-1], targets) or same((*answers[:-1], 1), targets)
    single = answers[-1] == 1 and same(answers[:-1], targets)
    several = answers[-1] != 1 and len(answers) == 1  # told in other words below
    return same(answers, targets) or single or several or same(answers, (*targets, 1))


def never_negative(case: Case, place: int) -> bool:
    """Whether the untrained network answers no sample with a number below 0."""
    if case.network is None:
        return True
    return bool(keras.tree.flatten(case.network.answers(case.probes.x))[place].min() >= 0)


PLAIN = (
    *("sparse_categorical_crossentropy", "categorical_crossentropy", "binary_crossentropy"),
    *("mean_squared_error", "mean_absolute_error", "huber", "log_cosh"),
)


def outside_domain(case: Case, contract: Contract, y: np.ndarray, place: int) -> Iterator[Finding]:
    """Losses that read only some numbers: positive ones, directions, shares."""
    if y.dtype.kind not in "biuf" or not is_of_keras(losses_of(case.shown, case.train.y)[place]):
        return
    loss, last = contract.loss, contract.activation
    negative = float((y < 0).mean())
    positive = last in ("softplus", "exponential", "relu", "sigmoid", "softmax", "")
    positive = positive or (last != "linear" and never_negative(case, place))
    shares = y.ndim == 2 and (y >= 0).all() and np.allclose(y.sum(axis=-1), 1, atol=1e-2)
    table = (
        (
            loss == "poisson" and negative > 0,
            f"{negative:.0%} of the targets are below 0, and {loss} counts.",
            "There is no rate whose count is negative: the loss has no lowest point.",
            "mean_squared_error, or targets that are counts",
        ),
        (
            loss == "poisson" and not positive,
            f"The network ends in {last or 'no activation'}, and {loss} takes the logarithm of "
            "its answers.",
            "Of an answer below 0 there is none: it is cut off, and has no gradient, or is NaN.",
            "activation='exponential' or 'softplus' in the last layer",
        ),
        (
            loss == "mean_squared_logarithmic_error" and negative > 0.001,
            f"{negative:.0%} of the targets are below 0, where {loss} cuts them off.",
            "They are all read as 0, and nothing is learnt of how far below they are.",
            "mean_squared_error, or targets that are never negative",
        ),
        (
            loss == "mean_absolute_percentage_error" and float((y == 0).mean()) > 0.01,
            f"{float((y == 0).mean()):.0%} of the targets are 0, and {loss} divides by them.",
            "These few make all of the loss.",
            "mean_absolute_error",
        ),
        (
            loss == "cosine_similarity" and contract.units == 1,
            f"{loss} over a single unit.",
            "It compares directions: of one number only the sign counts, and gradients are 0.",
            "mean_squared_error",
        ),
        (
            loss == "kl_divergence" and not (shares and last in ("softmax", "")),
            f"{loss} compares shares that add up to 1; "
            + ("the network does not end in softmax." if shares else "the targets are none."),
            "It can fall below 0, and is least for answers that mean nothing.",
            "softmax and targets that add up to 1; for classes sparse_categorical_crossentropy",
        ),
        (
            loss in ("hinge", "squared_hinge") and last in ("sigmoid", "relu", "softmax"),
            f"The network ends in {last}, and {loss} wants answers below -1 and above 1.",
            "One side of the margin is never reached.",
            "activation='tanh' or none, and targets -1 and 1",
        ),
    )
    for wrong, fact, why, fix in table:
        if wrong:
            yield Finding("head-agreement", "error", fact, why, fix)


def loss_is_squared(loss: str) -> bool:
    return loss in ("mean_squared_error", "mean_absolute_error", "huber", "log_cosh")


def looks_like_scores(case: Case, place: int) -> bool:
    """Whether the untrained network answers below 0 or above 1, or shares that are not 1 in all:
    a layer whose activation is not written down may be a softmax all the same."""
    if case.network is None:
        return False
    outputs = keras.tree.flatten(case.network.answers(case.probes.x))
    values = outputs[place] if place < len(outputs) else outputs[0]
    off = np.abs(values.sum(axis=-1) - 1).max() > 1e-2 if values.shape[-1] > 1 else False
    return bool(values.min() < -1e-3 or values.max() > 1 + 1e-3 or off)


def misfit_metrics(
    case: Case, contract: Contract, y: np.ndarray, integers: bool
) -> Iterator[Finding]:
    """A metric that means nothing beside the loss: accuracy of numbers, `Accuracy()` of
    probabilities, the one of codes for one-hot rows."""
    if contract.answer == "own-loss" or len(case.contracts) > 1:
        return
    if contract.answer == "yes-no" and contract.from_logits and contract.activation == "linear":
        halves = [type(one).__name__ for one in metrics_of(case.model) if reads_shares(one)]
        halves += [one for one in words_given(case.model) if one in ("accuracy", "acc", "auc")]
        if halves:
            yield Finding(
                "head-agreement",
                "warning",
                f"{', '.join(dict.fromkeys(halves))} reads probabilities, and the network answers "
                "with scores (from_logits=True).",
                "A score of 0.5 is a probability of 0.62: what is counted as yes is another thing.",
                "end in sigmoid without from_logits; or BinaryAccuracy(threshold=0.0), "
                "AUC(from_logits=True)",
            )
    wrong = [one for one in metric_classes(case.model, contract) if one in MISFITS[kind_of(contract)]]
    if contract.answer == "numbers" and contract.activation in ("sigmoid", "softmax"):
        wrong = [one for one in wrong if one == "Accuracy" and not integers]  # classes, or shares
    if wrong:
        yield Finding(
            "head-agreement",
            "error" if contract.answer != "numbers" or not integers else "warning",
            f"{', '.join(dict.fromkeys(wrong))} is reported beside {contract.loss}.",
            "It counts answers that equal the target, which these hardly ever do: it means nothing.",
            "numbers: mean_absolute_error; classes: 'accuracy', which Keras fits to the loss",
        )


def reads_shares(metric: keras.Metric) -> bool:
    """Whether a metric cuts answers at a threshold between 0 and 1."""
    name = type(metric).__name__
    if name == "AUC":
        return not getattr(metric, "_from_logits", False)
    thresholds = getattr(metric, "thresholds", None) or [getattr(metric, "threshold", 0.5)]
    cuts = [one for one in np.ravel(thresholds) if one is not None]
    return name in ("Precision", "Recall", "BinaryAccuracy") and all(0 < one < 1 for one in cuts)


@check("head-agreement", needs=("declared", "one output"))
def other_task(case: Case) -> Iterator[Finding]:
    """Targets that are of another task than the declared one: labels of which each sample has
    exactly one, numbers of which there are two."""
    y, classes = case.known.y, case.contract.classes
    if y.dtype.kind != "f" or case.project.anomalies:
        return
    one_each = classes and y.shape[1] > 2 and (y.sum(axis=1) == 1).all()
    if one_each or (not classes and len(np.unique(y[:, 0])) == 2):
        task = "multi-class" if one_each else "binary"
        fact = "Every sample has exactly one label." if one_each else "The target has two values."
        why = f"That is {task} classification, and easier to learn and to score as such."
        fix = f"put the target into one column; goodfit generate --task {task}-classification"
        yield Finding("head-agreement", "warning", fact, why, fix.replace("multi-", "multi"))


def each_loss(loss: Any, y: np.ndarray, outputs: np.ndarray) -> np.ndarray:
    """The loss of each sample, before Keras weighs them and takes their mean."""
    loss, y = losses.get(loss), ops.convert_to_tensor(y)
    outputs = ops.convert_to_tensor(outputs)
    if "int" in str(y.dtype) or "bool" in str(y.dtype):
        y = ops.cast(y, "float32")
    if tuple(y.shape) == tuple(outputs.shape)[:-1] and outputs.shape[-1] == 1:
        y = ops.expand_dims(y, -1)  # as `fit` does
    return as_numpy(loss.call(y, outputs) if isinstance(loss, losses.Loss) else loss(y, outputs))


@check(
    Entry(
        "loss-shape",
        "error or warning",
        "A loss that is not one number for each target: (N,) against (N, 1) is compared N x N.",
        "Each sample has a loss of its own; Keras weighs them and takes their mean.",
        "mend the loss in {compile}: no mean over samples, and y and outputs of one shape",
        "the shape of the outputs, or that without its last axis",
        "measured: the loss of an N x N table is least at the mean",
    ),
    cost="asks",
    needs=("one output", "one input", "targets", "copy"),
)
def loss_shape(case: Case) -> Iterator[Finding]:
    """Also a loss that cannot be computed on these targets: then the two do not agree."""
    network, (x, y, _) = case.network, case.probes
    loss = losses_of(case.model, y)[0]
    assert network is not None
    declared = case.project.declared is not None
    if loss is None or (is_of_keras(loss) and not declared):
        return
    outputs = network.answers(x)
    if not isinstance(outputs, np.ndarray):
        return
    try:
        each = each_loss(loss, y, outputs)
    except Exception as error:  # a loss may raise anything
        said = re.sub(
            r"\{\{.*?\}\} ", "", (str(error).splitlines() or [""])[0]
        )  # TensorFlow's names
        fact = f"The loss cannot be computed: {said[:200]}"
        why = "Loss, targets and answers do not fit each other."
        fix = f"mend {case.words.compile} or {case.words.targets}"
        yield Finding("head-agreement", "error", fact, why, fix)
        return
    shape = tuple(each.shape)
    if declared:
        if shape not in (outputs.shape, outputs.shape[:-1]):
            yield Finding(
                "loss-shape",
                "error" if shape else "warning",
                f"For {len(y)} samples the loss gives {shape or 'a single number'}, "
                f"and not {outputs.shape[:-1]}.",
            )
    elif pairs_do_not_count(network, y, outputs):
        yield Finding(
            "loss-shape",
            "error",
            f"The loss stays the same when targets change places: y has the shape {y.shape}, the "
            f"answers {outputs.shape}.",
            "Every answer is compared with every target, and the least such loss is their mean.",
            "give both the same shape in the loss: y_true = keras.ops.reshape(y_true, "
            "keras.ops.shape(y_pred))",
        )


def pairs_do_not_count(network: Network, y: np.ndarray, outputs: np.ndarray) -> bool:
    """Whether a loss depends on the targets, and not on which answer they belong to."""
    if len(y) < 4 or np.ptp(outputs, axis=0).max() < 1e-6 or not vary(y):
        return False
    order = np.random.default_rng(0).permutation(len(y))
    here, elsewhere, without = (network.loss(one, outputs) for one in (y, y[order], y * 0 + 1))
    return abs(here - elsewhere) < 1e-6 * abs(here) + 1e-9 < abs(here - without)


@check("head-agreement", cost="asks", needs=("declared", "one output", "copy"))
def own_loss(case: Case) -> Iterator[Finding]:
    """A loss that is none of Keras' own and gives other numbers than the declared one."""
    loss, (x, y, _) = losses.get(case.model.loss), case.probes
    if hasattr(losses, loss_name(loss)) or case.project.anomalies or list(loss_shape(case)):
        return
    assert case.network is not None
    outputs = case.network.answers(x)
    given, declared = (
        np.atleast_1d(each_loss(one, y, outputs)) for one in (loss, case.contract.loss)
    )
    if given.shape != declared.shape:
        given, declared = (np.atleast_1d(one.mean()) for one in (given, declared))
    if not np.allclose(given, declared, rtol=0.01, atol=1e-4):
        yield Finding(
            "head-agreement",
            "warning",
            f"The loss is one of your own: {given.max():.3g} for a sample whose "
            f"{case.contract.loss} is {declared.flat[given.argmax()]:.3g}.",
            f"What {case.words.head}, the checks and the scores expect is another one.",
            f"mend objective() in {case.words.compile}, unless it is meant",
        )


@check(
    Entry(
        "target-reach",
        "error",
        "Targets outside what the last activation can say.",
        "The network never answers beyond that, and stays at the edge or at the mean.",
        "end the network in a linear layer, in {model}; or scale {targets} into its range",
        "more than 1 % of the targets",
        "DeepDiagnosis",
    ),
    needs=("targets",),
)
def target_reach(case: Case) -> Iterator[Finding]:
    from .targets import outputs_of

    for place, (contract, y) in enumerate(outputs_of(case)):
        if y.dtype.kind not in ("f" if case.project.declared else "fiu") or contract.classes:
            if not (case.project.declared and y.dtype.kind == "f"):
                continue
        if contract.answer == "own-loss" and not (
            case.project.declared and not case.project.anomalies
        ):
            continue
        for name in closing_activations(case.shown, place) or []:
            low, high = REACH.get(name, (-np.inf, np.inf))
            slack = 1e-6 * max(1.0, float(np.abs(y).max()))
            outside = ((y < low - slack) | (y > high + slack)).mean()
            if outside > 0.01:
                yield Finding(
                    "target-reach",
                    "error",
                    f"{outside:.0%} of the targets lie outside {low:g} to {high:g}.",
                    f"A {name} at the end of the network never answers beyond that.",
                )
