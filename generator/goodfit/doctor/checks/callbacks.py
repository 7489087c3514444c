"""What callbacks watch: whether it is logged, in which direction it is better, whether it is of
samples that are not learnt from, and which epoch is kept."""

from __future__ import annotations

from collections.abc import Iterator

import keras

from ..case import Case
from ..finding import Finding
from ..handed import handed_of, listed
from ..registry import Entry, check
from .metrics import metrics_of, words_given

UPWARDS = (
    *("acc", "auc", "precision", "recall", "f1", "iou", "r2", "dice", "top_k", "similarity"),
    *("kappa", "psnr", "ssim"),
)
DOWNWARDS = ("loss", "error", "mae", "mse", "rmse", "mape", "entropy", "perplexity", "distance")
WATCHING = ("EarlyStopping", "ReduceLROnPlateau", "ModelCheckpoint")
LONG_WAIT = 5  # epochs of patience, from which on what is kept is another network than the best

MONITOR = Entry(
    "monitor",
    "error or warning",
    "A callback that watches a value which is never logged, in the wrong direction, of the samples "
    "that are learnt from, with a min_delta that no gain can reach, or with a patience that never "
    "fires; early stopping that does not put the best weights back.",
    "The callback would keep the wrong epoch, stop or step down too early, or never.",
    "change `monitor` or `mode` of {early_stopping}",
    "min_delta at twice the first loss and at least 1; patience within the warm-up; in a script, "
    "weights that are not put back after a patience of 5 epochs or more",
    "Keras warns of an unknown name, and goes on (measured)",
)


def logged_names(case: Case, validation: bool = False) -> list[str]:
    """What `fit` will log, as far as that can be known without running it."""
    names = ["loss", *given_names(case.model)]
    names += [one.name for one in metrics_of(case.model)]
    names += [one.name for one in getattr(case.model, "metrics", [])]
    if len(case.contracts) > 1:
        names += [f"{one}_loss" for one in getattr(case.model, "output_names", [])]
        names += [
            f"{out}_{one}" for out in getattr(case.model, "output_names", []) for one in [*names]
        ]
    names = list(dict.fromkeys(name for name in names if name != "compile_metrics"))
    if validation:
        names += [f"val_{name}" for name in names]
    return [*names, "learning_rate", "lr"]


def given_names(model: keras.Model) -> list[str]:
    """What Keras calls the metrics that were given to compile(): words, objects and functions,
    weighted ones too."""
    compiled = getattr(model, "_compile_metrics", None)
    groups = [getattr(compiled, name, None) for name in ("_user_metrics", "_user_weighted_metrics")]
    given = [one for one in keras.tree.flatten(groups) if one is not None]
    names = [one if isinstance(one, str) else getattr(one, "name", None) for one in given]
    return [
        str(name or getattr(one, "__name__", "")) for name, one in zip(names, given, strict=True)
    ]


def upwards(name: str) -> bool:
    """Whether more of it is better, as far as its name tells."""
    return any(word in name for word in UPWARDS) and "loss" not in name


def downwards(name: str) -> bool:
    """Whether less of it is better, as far as its name tells."""
    return any(word in name for word in DOWNWARDS)


@check(MONITOR)
def monitor(case: Case) -> Iterator[Finding]:
    """In a project, early stopping as config.toml has it."""
    declared = case.project.declared is not None
    there = declared or case.validation is not None or bool(case.validation_split)
    for callback in case.callbacks[: 1 if declared else None]:
        kind = kind_of_watcher(callback)
        yield from judged(case, callback, "early_stopping" if declared else kind, there)
    if not declared:
        yield from nothing_restored(case, [*case.callbacks], LONG_WAIT)


@check("monitor", cost="asks", needs=("handed", "copy"))
def handed_monitors(case: Case) -> Iterator[Finding]:
    """In a project, the callbacks that train.py really hands to `fit`."""
    handed = handed_of(case)
    if handed is None:
        return
    callbacks = listed(handed.arguments["callbacks"])
    there = handed.arguments["validation_data"] is not None
    for callback in callbacks:
        where = f"{kind_of_watcher(callback)} in {case.words.pipeline}:"
        for found in judged(case, callback, where, there):
            fix = found.fix or f"change `monitor` or `mode` there, in {case.words.pipeline}"
            yield found._replace(fix=fix)
    yield from nothing_restored(case, callbacks, 0)


def kind_of_watcher(callback: keras.callbacks.Callback) -> str:
    """The name of a callback of Keras that watches a value and keeps the best; "" for others."""
    kind = type(callback).__name__
    if kind not in WATCHING:
        return ""
    best_only = kind != "ModelCheckpoint" or getattr(callback, "save_best_only", False)
    return kind if best_only else ""


def judged(
    case: Case, callback: keras.callbacks.Callback, where: str, there: bool
) -> Iterator[Finding]:
    """What is wrong with one callback, which is called `where`; `there`: whether `fit` has
    validation samples."""
    kind = kind_of_watcher(callback)
    if not kind:
        return
    name, known = callback.monitor, logged_names(case, there)
    own = any(
        getattr(type(case.model), one, None) is not getattr(keras.Model, one)
        for one in ("train_step", "test_step", "compute_metrics")
    )
    join = " " if where.endswith(":") else "."
    unknown = name not in known and not own and not known_by_alias(name, known, case)
    mode = getattr(callback, "_given_mode", None) or mode_of(callback)
    right = "max" if upwards(name) else "min"
    if unknown:
        fact = f"{where}{join}monitor = {name!r} is never logged: {', '.join(known[:-2])} are."
        yield Finding("monitor", "error", fact)
    elif mode in ("min", "max") and mode != right and (upwards(name) or downwards(name)):
        fact = f"{where}{join}mode = {mode!r}, and {name} has a {right}imum."
        yield Finding("monitor", "error", fact)
    elif there and not own and not name.startswith("val_") and f"val_{name}" in known:
        yield Finding(
            "monitor",
            "warning",
            f"{where}{join}monitor = {name!r} is of the samples that are learnt from, and there "
            "are validation samples.",
            "It gets better as long as samples are learnt by heart: it stops too late, or keeps "
            "the epoch that knows them best.",
            f"set monitor = 'val_{name}'",
        )
    elif kind == "EarlyStopping":
        yield from unreachable(case, callback)


def nothing_restored(
    case: Case, callbacks: list[keras.callbacks.Callback], least: int
) -> Iterator[Finding]:
    """Early stopping that waits `least` epochs or more and then keeps the last weights, where
    nothing else saves the best ones."""
    kinds = [kind_of_watcher(one) for one in callbacks]
    swapped = [type(one).__name__ for one in callbacks]
    if "ModelCheckpoint" in kinds or "SwapEMAWeights" in swapped:
        return
    for callback, kind in zip(callbacks, kinds, strict=True):
        patience = int(getattr(callback, "patience", 0))
        restores = getattr(callback, "restore_best_weights", True)
        if kind == "EarlyStopping" and not restores and max(1, least) <= patience < case.epochs:
            yield Finding(
                "monitor",
                "warning",
                f"EarlyStopping waits {patience} epochs for something better, and does not put the "
                "best weights back.",
                f"What is kept is the network {patience} epochs after its best.",
                "set restore_best_weights=True in EarlyStopping",
            )


def mode_of(callback: keras.callbacks.Callback) -> str:
    """ "min" or "max" as the callback was told, or "auto"."""
    mode = getattr(callback, "mode", "auto")
    if mode in ("min", "max"):
        return str(mode)
    compare = getattr(callback, "monitor_op", None)
    name = getattr(compare, "__name__", "")
    return {"less": "min", "greater": "max"}.get(name, "auto")


def known_by_alias(name: str, known: list[str], case: Case) -> bool:
    """Keras logs "accuracy" also where compile() was given "acc", or a metric by its full name;
    names with a number that Keras counts up, such as auc_1, are judged without it."""
    stem = name.removeprefix("val_")
    words = [*words_given(case.model)]
    if stem == "accuracy" and any(one in words for one in ("acc", "accuracy")):
        return name == stem or name in known or f"val_{words[0]}" in known
    return False


def unreachable(case: Case, callback: keras.callbacks.Callback) -> Iterator[Finding]:
    """Gains that cannot be as large as min_delta; patience that ends within the warm-up, or is as
    long as training."""
    delta, patience = abs(callback.min_delta), callback.patience
    name = case.words.setting("early_stopping")
    if patience <= case.project.warmup_epochs and case.project.declared is not None:
        fact = f"{name}.patience = {patience} ends before the warm-up does."
        fix = f"set early_stopping.patience = {3 * case.project.warmup_epochs}"
        yield Finding("monitor", "warning", fact, fix=fix)
        return
    if "loss" in callback.monitor and case.network is not None and case.train.y is not None:
        outputs = case.network.answers(case.probes.x)
        loss = case.network.loss(case.probes.y, outputs, case.probes.weights)
        if delta >= max(1.0, 2 * abs(loss)):
            fact = f"{name}.min_delta = {delta:g}, and the loss begins at {loss:.3g}."
            yield Finding("monitor", "error", fact, fix="set min_delta = 0.0001")
    elif upwards(callback.monitor) and delta >= 1:
        fact = f"{name}.min_delta = {delta:g}, and {callback.monitor} is at most 1."
        yield Finding("monitor", "error", fact, fix="set min_delta = 0.001")
