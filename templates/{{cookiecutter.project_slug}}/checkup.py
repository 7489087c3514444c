"""This project as the checks and the monitors look at it."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

import keras
import pandas as pd

import checks
from config import Config
from findings import Finding, tell
from monitors import Monitors, blew_up, not_the_best

if TYPE_CHECKING:
    from train import Parts, Prepared


def examine(prepared: Prepared, config: Config, quick: bool) -> list[Finding]:
    """What the groups find, one after another; the model is left as it was.

    A network is not run where data or settings contradict themselves: one fault would show twice.
    """
    logging.getLogger("tensorflow").setLevel("ERROR")  # it warns of every new copy of the network
    before = [variable.numpy() for variable in prepared.model.variables]
    found: list[Finding] = []
    for group in checks.GROUPS:
        if (quick and not group.quick) or (group.on_sound and errors_in(found)):
            continue
        if not quick:
            print(f"checking {group.name} ...", flush=True)
        try:
            found += group.check(prepared, config)
        except Exception as error:  # a check that cannot be made must not keep you from training
            found.append(not_made(group.name, error))
    for variable, value in zip(prepared.model.variables, before, strict=True):
        variable.assign(value)
    return found


def not_made(group: str, error: Exception) -> Finding:
    """What is said where a group of checks stumbles: loudly, and what it had found is lost."""
    fact = f"The checks of {group} could not be made: {type(error).__name__}: {error}"
    why = "What they look for may be there, unseen."
    fix = "if you changed model.py, task.py, look there first"
    return Finding("not-checked", "warning", fact.splitlines()[0][:400], why, fix)


def errors_in(found: list[Finding]) -> int:
    """How many of the findings are errors."""
    return sum(finding.level == "error" for finding in found)


def say(found: list[Finding], seconds: float) -> None:
    """All findings, and one line with their number. Raises SystemExit(1) where one is an error."""
    counts = {"error": errors_in(found), "warning": len(found) - errors_in(found)}
    words = [f"{count or 'no'} {word}{'s' * (count != 1)}" for word, count in counts.items()]
    try:
        tell(found)
    finally:
        print(f"checked in {seconds:.1f} s: {' and '.join(words)}")


def before_training(prepared: Prepared, config: Config) -> None:
    """The short form, for train.py. Raises SystemExit(1) where training would be wasted."""
    started = time.perf_counter()
    found = examine(prepared, config, quick=True)
    say(found, time.perf_counter() - started)


def monitors(model: keras.Model, parts: Parts, config: Config) -> list[keras.callbacks.Callback]:
    """What watches training, where it is asked for."""
    return [Monitors(model, parts, config)] if config.checks.monitors else []


def after_training(
    model: keras.Model, curves: pd.DataFrame, best_epoch: int, config: Config
) -> None:
    """Look at how training went. Raises SystemExit(1) where it blew up."""
    tell(blew_up(model, curves.to_numpy().ravel(), len(curves)))
    settings = config.early_stopping
    watched = curves[settings.monitor].tolist()
    tell(not_the_best(watched, best_epoch, settings.mode, settings.min_delta))
