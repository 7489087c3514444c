"""What must be true of the values that a rulebook chooses, across topics and across sizes.

The numbers here are the documented limits, and no others: what a rule chooses within them is the
rulebook's to change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from itertools import pairwise
from typing import Any

from checks import Check, first, planned, shown
from goodfit.answers import Answers
from goodfit.coherence import refuse_contradictions, training_samples
from goodfit.errors import GoodfitError
from grid import Topics

Values = dict[str, Any]
Holds = Callable[[Answers, Values], bool]

SMALL_DATA, SMALL_BATCH = 10_000, (2, 32)
DROPOUT, CONVOLUTIONAL_DROPOUT, RECURRENT_DROPOUT = (0.1, 0.5), 0.5, 0.3
CONVOLUTIONAL, RECURRENT = ("cnn", "u-net", "pretrained"), ("lstm", "gru")
LEARNING_RATE = 3e-4
LEAST_MOMENTUM = 0.9
RELUS = ("relu", "leaky_relu", "elu", "gelu", "silu")


def everywhere(topics: Topics, holds: Holds, said: str, where: Holds | None = None) -> list[str]:
    """A finding for each project where `holds` is false, or where what it reads is not decided.

    `where` leaves projects out; that none is left is a finding too.
    """
    findings, seen = [], 0
    for answers, values in planned(topics):
        if where is not None and not where(answers, values):
            continue
        seen += 1
        try:
            if not holds(answers, values):
                findings.append(f"{said}: {shown(answers)}")
        except KeyError as missing:
            findings.append(f"nothing decides {missing}: {shown(answers)}")
    return first(findings) if seen else [f"{said}: no project is of this kind"]


def check_plans_are_coherent(topics: Topics) -> list[str]:
    """No choice of the rules is one that a user would be refused for."""
    findings = []
    for answers, values in planned(topics):
        try:
            refuse_contradictions(answers, values)
        except GoodfitError as error:
            findings.append(f"{error.given}, expected {error.expected}: {shown(answers)}")
        except KeyError as missing:
            findings.append(f"nothing decides {missing}: {shown(answers)}")
    return first(findings)


def check_a_batch_fits_the_training_rows(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        share = 1 - values["validation"] - values["test"]
        return 0 < values["batch_size"] <= training_samples(answers, values, share)

    return everywhere(topics, holds, "a batch is larger than the training rows")


def check_small_data_has_small_batches(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        least, most = SMALL_BATCH
        return answers.samples >= SMALL_DATA or least <= values["batch_size"] <= most

    return everywhere(topics, holds, "small data has a batch outside 2 to 32")


def rows_by(topics: Topics, field: str) -> Iterator[list[tuple[Answers, Values]]]:
    """The projects that differ in `field` alone, in its order."""
    groups: dict[tuple[Any, ...], list[tuple[Answers, Values]]] = {}
    unread = (field, "overrides", "evidence")
    for answers, values in planned(topics):
        others = [one.name for one in fields(Answers) if one.name not in unread]
        key = tuple(getattr(answers, name) for name in others)
        groups.setdefault(key, []).append((answers, values))
    for group in groups.values():
        yield sorted(group, key=lambda one: str(getattr(one[0], field)).zfill(20))


def never_falls(
    topics: Topics, field: str, measure: Callable[[Values], float], said: str
) -> list[str]:
    """A finding where `measure` falls from one value of `field` to the next."""
    findings, compared = [], 0
    for group in rows_by(topics, field):
        for (_, before), (answers, after) in pairwise(group):
            compared += 1
            try:
                if measure(after) < measure(before):
                    findings.append(f"{said}: {shown(answers)}")
            except KeyError as missing:
                findings.append(f"nothing decides {missing}: {shown(answers)}")
    return first(findings) if compared else [f"no two projects differ in {field} alone"]


def check_batches_grow_with_data(topics: Topics) -> list[str]:
    return never_falls(topics, "samples", lambda one: one["batch_size"], "more data, smaller batch")


def check_a_gpu_has_no_smaller_batch(topics: Topics) -> list[str]:
    # "cpu" comes before "gpu" in the order of words.
    return never_falls(
        topics, "accelerator", lambda one: one["batch_size"], "a GPU has a smaller batch"
    )


def check_momentum(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        return LEAST_MOMENTUM <= values["momentum"] < 1

    return everywhere(topics, holds, "momentum is outside 0.9 to below 1") + never_falls(
        topics, "samples", lambda one: one["momentum"], "more data, less momentum"
    )


def layers(values: Values) -> list[int]:
    """The widths of the layers that the data decides: dense, recurrent, convolutional, blocks."""
    for name in ("hidden_units", "recurrent_units", "filters"):
        if name in values:
            return list(values[name])
    return [values["units"]] * values["blocks"] if "blocks" in values else []


def check_widths_taper(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        # Each halving of an image leaves a quarter of its pixels, so channels may double.
        growth = 2 if answers.family == "image" else 1
        return all(before * growth >= after for before, after in pairwise(layers(values)))

    return everywhere(topics, holds, "a layer is larger than the one before")


def check_networks_grow_with_data(topics: Topics) -> list[str]:
    depth = never_falls(topics, "samples", lambda one: len(layers(one)), "more data, fewer layers")
    width = never_falls(topics, "samples", lambda one: sum(layers(one)), "more data, fewer units")
    return depth + width


def check_depth_grows_before_width(topics: Topics) -> list[str]:
    """The first layer may grow only as often as depth has grown, until depth is at its most."""
    findings, grew = [], 0
    for group in rows_by(topics, "samples"):
        sizes = [layers(values) or [0] for _, values in group]
        deepest = max(len(units) for units in sizes)
        ahead = 0  # how often depth has grown, less how often width has
        for (before, after), (answers, _) in zip(pairwise(sizes), group[1:], strict=True):
            ahead += (len(after) > len(before)) - (after[0] > before[0])
            grew += len(after) > len(before)
            if after[0] > before[0] and ahead < 0 and len(after) < deepest:
                findings.append(f"width grew before depth: {shown(answers)}")
            if len(after) == deepest:
                break
    return first(findings) if grew else ["depth never grows"]


def check_dropout(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        return DROPOUT[0] <= values["dropout"] <= DROPOUT[1]

    return everywhere(topics, holds, "dropout is outside 0.1 to 0.5")


def check_words_keep_enough(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        few = answers.form == "text" and answers.samples < 5_000
        return bool(values["embedding_dropout"] == (0 if few else values["dropout"]))

    return everywhere(
        topics,
        holds,
        "words lose a share that is not the one of the layers, or any where texts are few",
        lambda answers, _: answers.form in ("text", "tokens"),
    )


def check_learning_rate(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        return bool(values["learning_rate"] == LEARNING_RATE)

    return everywhere(topics, holds, "the learning rate does not start at 3e-4")


def check_dropout_by_network(topics: Topics) -> list[str]:
    """0.5 for convolutional networks, 0.3 for recurrent ones."""
    rates = dict.fromkeys(CONVOLUTIONAL, CONVOLUTIONAL_DROPOUT)
    rates |= dict.fromkeys(RECURRENT, RECURRENT_DROPOUT)

    def holds(answers: Answers, values: Values) -> bool:
        return bool(values["dropout"] == rates[answers.architecture])

    return everywhere(
        topics,
        holds,
        "dropout is not the documented rate of the network",
        lambda answers, _: answers.architecture in rates,
    )


def check_he_goes_with_relu(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        he = values["kernel_initializer"].startswith("he_")
        return bool(values["activation"] in RELUS) and he

    return everywhere(
        topics,
        holds,
        "the activation is no ReLU, or its weights do not start as He",
        lambda answers, _: answers.architecture not in (*RECURRENT, "pretrained"),
    )


def check_normalization(topics: Topics) -> list[str]:
    """By batch in images and whole series, by step in other sequences, nothing in dense forecasts;
    recurrence and attention bring their own."""

    def holds(answers: Answers, values: Values) -> bool:
        if answers.architecture in (*RECURRENT, "transformer", "pretrained"):
            return "normalization" not in values
        wanted = {"image": ("batch",), "sequence": ("layer",), "tabular": ("batch", "layer")}
        if answers.form == "window" and answers.architecture == "mlp":
            return bool(values["normalization"] == "none")
        if answers.form == "series" and answers.architecture == "cnn":
            return bool(values["normalization"] == "batch")
        return values["normalization"] in wanted[answers.family]

    return everywhere(topics, holds, "normalisation does not suit the network")


def check_recurrence_keeps_its_kernel(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        return bool(values["xla"] == "off")

    return everywhere(
        topics,
        holds,
        "XLA would keep a recurrent layer from cuDNN",
        lambda answers, _: answers.architecture in RECURRENT,
    )


def check_only_tags_keep_their_steps(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        return (values["pooling"] == "none") == (answers.task == "tagging")

    return everywhere(
        topics,
        holds,
        "steps are pooled for tags, or kept for one answer",
        lambda answers, _: (
            answers.family == "sequence"
            and answers.architecture in ("cnn", *RECURRENT, "transformer")
        ),
    )


def check_codes_are_narrow(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        size = {
            "tabular": answers.features,
            "image": answers.image_size**2 * answers.channels,
            "series": answers.length * answers.features,
        }[answers.form]
        return bool(values["code_units"] < size) or size <= 8

    return everywhere(
        topics,
        holds,
        "a code has room for the whole sample",
        lambda answers, _: answers.architecture == "autoencoder",
    )


def check_backbones_are_tuned_gently(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        gentle = values["fine_tuning_rate"] <= values["learning_rate"] / 10
        return gentle and bool(values["feature_scaling"] == "none")

    return everywhere(
        topics,
        holds,
        "a backbone is shaken, or sees other images than it was trained on",
        lambda answers, _: answers.architecture == "pretrained",
    )


def check_the_monitor_is_logged(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        watched = values["monitor"].removeprefix("val_")
        right = "max" if "accuracy" in watched else "min"
        logged = watched in ["loss", *values.get("metrics", [])]
        return logged and values["monitor"] != watched and values["mode"] == right

    return everywhere(topics, holds, "the monitor is not a logged validation score, or its mode")


def check_early_stopping_can_fire(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        return 0 < values["patience"] < values["epochs"]

    return everywhere(topics, holds, "patience is not below epochs")


def check_the_schedule_rises_and_ends(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        warm, falling = values["warmup_epochs"], values["decay_epochs"]
        return warm > 0 and falling > 0 and warm + falling <= values["epochs"]

    return everywhere(topics, holds, "no warm-up, or a schedule longer than training")


def check_early_stopping_ends_training(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        at_the_final_rate = values["epochs"] - values["warmup_epochs"] - values["decay_epochs"]
        return bool(at_the_final_rate == 3 * values["patience"])

    return everywhere(topics, holds, "after the schedule there are not three waits of patience")


def check_gradients_are_clipped(topics: Topics) -> list[str]:
    return everywhere(topics, lambda _, one: one["global_clipnorm"] > 0, "no gradient clipping")


def check_one_seed_for_all(topics: Topics) -> list[str]:
    seeds = {values.get("seed") for _, values in planned(topics)}
    return [] if len(seeds) == 1 and None not in seeds else [f"the seeds are {seeds}"]


EXTRAS = ("input_noise", "augmentation", "word_dropout", "weight_decay")


def check_extras_are_off(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        given = [values[name] for name in EXTRAS if name in values]
        return len(given) == 2 and not any(given)

    return everywhere(topics, holds, "augmentation or weight decay is on, or missing")


def check_targets_are_scaled(topics: Topics) -> list[str]:
    return everywhere(
        topics,
        lambda _, values: bool(values["standardize_targets"]),
        "numbers are learnt in units of their own",
        lambda answers, _: answers.task in ("regression", "forecasting"),
    )


def check_heads(topics: Topics) -> list[str]:
    def holds(answers: Answers, values: Values) -> bool:
        entropies = ("binary_crossentropy",), ("sparse_categorical_crossentropy",)
        squared, robust = ("mean_squared_error",), ("huber", "mean_absolute_error")
        numbers = robust if answers.outliers else squared
        if answers.task == "anomaly-detection":
            return values["loss"] in squared and "output_units" not in values
        activation, units, losses = {
            "binary-classification": ("sigmoid", 1, entropies[0]),
            "multiclass-classification": ("softmax", answers.classes, entropies[1]),
            "multilabel-classification": ("sigmoid", answers.classes, entropies[0]),
            "regression": ("linear", answers.classes, numbers),
            "segmentation": ("softmax", answers.classes, entropies[1]),
            "tagging": ("softmax", answers.classes, entropies[1]),
            "forecasting": ("linear", answers.classes * answers.horizon, numbers),
        }[answers.task]
        head = values["output_activation"], values["output_units"]
        return head == (activation, units) and values["loss"] in losses

    return everywhere(topics, holds, "the head does not belong to its task")


INVARIANTS: dict[str, Check] = {
    "no plan contradicts itself": check_plans_are_coherent,
    "a batch fits the training rows": check_a_batch_fits_the_training_rows,
    "small data has batches of 2 to 32": check_small_data_has_small_batches,
    "batches grow with the data": check_batches_grow_with_data,
    "a GPU has no smaller batch than a CPU": check_a_gpu_has_no_smaller_batch,
    "momentum is 0.9 to below 1 and grows with the data": check_momentum,
    "layers taper": check_widths_taper,
    "networks grow with the data": check_networks_grow_with_data,
    "depth grows before width": check_depth_grows_before_width,
    "dropout is within 0.1 to 0.5": check_dropout,
    "dropout is 0.5 for convolution and 0.3 for recurrence": check_dropout_by_network,
    "words lose what the layers lose, and nothing in few texts": check_words_keep_enough,
    "the learning rate starts at 3e-4": check_learning_rate,
    "ReLU starts from He": check_he_goes_with_relu,
    "normalisation suits the network": check_normalization,
    "recurrent layers keep their cuDNN kernel": check_recurrence_keeps_its_kernel,
    "only tags keep their steps": check_only_tags_keep_their_steps,
    "codes are narrower than samples": check_codes_are_narrow,
    "backbones are tuned gently": check_backbones_are_tuned_gently,
    "targets that are numbers are scaled": check_targets_are_scaled,
    "the monitor is logged and watched the right way": check_the_monitor_is_logged,
    "early stopping can fire": check_early_stopping_can_fire,
    "the schedule rises first and ends in time": check_the_schedule_rises_and_ends,
    "the epochs are the schedule and three waits": check_early_stopping_ends_training,
    "gradients are clipped": check_gradients_are_clipped,
    "one fixed seed serves every project": check_one_seed_for_all,
    "augmentation and weight decay are off": check_extras_are_off,
    "output, loss and units belong to the task": check_heads,
}
