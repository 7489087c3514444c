"""What callbacks watch: whether it is logged, and in which direction it is better."""

from __future__ import annotations

from collections.abc import Iterator

import keras

from ..case import Case
from ..finding import Finding
from ..registry import Entry, check
from .metrics import metrics_of, words_given

UPWARDS = ("acc", "auc", "precision", "recall", "f1", "iou", "r2", "dice", "top_k")
WATCHING = ("EarlyStopping", "ReduceLROnPlateau", "ModelCheckpoint")

MONITOR = Entry(
    "monitor",
    "error or warning",
    "A callback that watches a value which is never logged, in the wrong direction, with a "
    "min_delta that no gain can reach, or with a patience that never fires.",
    "The callback would keep the wrong epoch, stop or step down too early, or never.",
    "change `monitor` or `mode` of {early_stopping}",
    "min_delta at twice the first loss and at least 1; patience within the warm-up",
    "Keras warns of an unknown name, and goes on (measured)",
)


def logged_names(case: Case) -> list[str]:
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
    if case.validation is not None or case.validation_split or case.project.declared is not None:
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
    return any(word in name for word in UPWARDS)


@check(MONITOR)
def monitor(case: Case) -> Iterator[Finding]:
    kind_of_model = type(case.model)
    own = any(
        getattr(kind_of_model, name, None) is not getattr(keras.Model, name)
        for name in ("train_step", "test_step", "compute_metrics")
    )
    for callback in case.callbacks:
        kind = next((one for one in WATCHING if type(callback).__name__ == one), "")
        if not kind:
            continue
        name, known = callback.monitor, logged_names(case)
        best_only = kind != "ModelCheckpoint" or getattr(callback, "save_best_only", False)
        if not best_only:
            continue
        where = f"{kind}.monitor" if case.project.declared is None else "early_stopping.monitor"
        unknown = name not in known and not own
        if unknown and known_by_alias(name, known, case):
            unknown = False
        mode = getattr(callback, "_given_mode", None) or mode_of(callback)
        right = "max" if upwards(name) else "min"
        if unknown:
            fact = f"{where} = {name!r} is never logged: {', '.join(known[:-2])} are."
            yield Finding("monitor", "error", fact)
        elif (
            mode in ("min", "max")
            and mode != right
            and (upwards(name) or "loss" in name or "error" in name)
        ):
            fact = f"{where.replace('monitor', 'mode')} = {mode!r}, and {name} has a {right}imum."
            yield Finding("monitor", "error", fact)
        elif kind == "EarlyStopping":
            yield from unreachable(case, callback)
        break_here = case.project.declared is not None
        if break_here:
            return


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
        yield Finding("monitor", "warning", fact)
        return
    if "loss" in callback.monitor and case.network is not None and case.train.y is not None:
        outputs = case.network.answers(case.probes.x)
        loss = case.network.loss(case.probes.y, outputs, case.probes.weights)
        if delta >= max(1.0, 2 * abs(loss)):
            fact = f"{name}.min_delta = {delta:g}, and the loss begins at {loss:.3g}."
            yield Finding("monitor", "error", fact)
    elif upwards(callback.monitor) and delta >= 1:
        fact = f"{name}.min_delta = {delta:g}, and {callback.monitor} is at most 1."
        yield Finding("monitor", "error", fact)
