"""Every call of `fit` in somebody's script, looked at before its first step and while it runs."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras

from .capture import Capture, Examined, Fit, place_of_call
from .case import Case
from .earlier import fits_before, look_at_scored, remember
from .examination import examine_case
from .finding import Report
from .fit_case import arguments_of, case_of_fit
from .loops import look_at_loop
from .monitors import Monitors
from .network import MADE_WITH
from .registry import Cost
from .words import in_one_line

WHOLE_CALLS, SOME_CALLS = 3, 10  # from one place: examined with all checks, and with free ones
FEWEST = 4  # samples, and epochs, below which a call is a single step of somebody's own loop
ABOUT_SIZE = ("few-samples", "update-budget", "class-counts")


def look(capture: Capture, model: keras.Model, given: dict[str, Any]) -> tuple[Fit, Case | None]:
    """Examine one call of `fit`, and say what was found."""
    place = place_of_call(capture.script)
    calls = capture.calls[place] = capture.calls.get(place, 0) + 1
    fit = Fit(model.name, place, Report())
    if calls > SOME_CALLS:
        return fit, None
    case, reason = case_of_fit(model, given, list(fits_before(model)))
    if case is not None:
        # as in reinforcement learning
        step = case.train.size < FEWEST and case.epochs <= FEWEST
        cost: Cost = "free" if step or calls > WHOLE_CALLS else "trains"
        fit.report = examine_case(case, cost)
        told = ABOUT_SIZE if step else ()
        fit.report.findings = [one for one in fit.report.findings if one.check not in told]
        say_once(capture, fit)
    else:
        fit.report.notes.append(f"not examined: {reason}")
    if calls == SOME_CALLS:
        fit.report.notes.append(f"{calls} calls of fit from here; no more of them are examined")
    capture.fits.append(fit)
    if not capture.quiet and (calls <= WHOLE_CALLS or fit.report.findings or calls == SOME_CALLS):
        say(fit, len(capture.fits))
    return fit, case


def say_once(capture: Capture, fit: Fit) -> None:
    """Leave out the warnings that an earlier call of `fit` in the same line has led to."""
    found = [one for one in fit.report.findings if one.level == "warning"]
    again = [one for one in found if (fit.place, one.check, one.fact) in capture.told]
    capture.told |= {(fit.place, one.check, one.fact) for one in found}
    if again:
        fit.report.findings = [one for one in fit.report.findings if one not in again]
        names = ", ".join(dict.fromkeys(one.check for one in again))
        fit.report.notes.append(f"as in an earlier call of fit: {names}")


def say(fit: Fit, number: int) -> None:
    """What was found before one call of `fit`, to standard error."""
    report = fit.report
    where = f", {fit.place}" if fit.place else ""
    print(f"doctor: fit {number}, model '{fit.model}'{where}", file=sys.stderr)
    report.tell()
    for note in report.notes:
        print(f"note: {note}", file=sys.stderr)
    for missing, checks in report.reasons_not_asked().items():
        print(f"not asked, for want of {missing}: {', '.join(checks)}", file=sys.stderr)
    looked = f"; looked at {report.looked_at}" if report.looked_at else ""
    print(f"doctor: {report.summary()}{looked}", file=sys.stderr, flush=True)


@contextmanager
def on_fit(capture: Capture) -> Iterator[Capture]:
    """While it lasts, every `fit` of every Keras model is examined, into `capture.fits`; what it
    does is left as it is. With `capture.stop` it raises `Examined` instead of training."""
    original, in_batches = keras.Model.fit, keras.Model.train_on_batch
    scored = keras.Model.evaluate
    new = keras.Model.__new__
    busy: list[bool] = []

    @functools.wraps(original)
    def fit(self: keras.Model, *args: Any, **kwargs: Any) -> Any:
        try:
            given = arguments_of(original, args, kwargs)
        except TypeError:
            return original(self, *args, **kwargs)
        if busy or not getattr(self, "compiled", False):
            return original(self, *args, **kwargs)
        busy.append(True)
        try:
            found, case = look(capture, self, given)
            if case is not None:
                remember(self, case)
                if capture.monitors and not capture.stop:
                    add_monitors(given, case, found)
        except Exception as error:  # a fault of the doctor's own must cost nobody a training
            said = f"doctor: this fit could not be examined: {in_one_line(error)}"
            print(said, file=sys.stderr, flush=True)
        finally:
            busy.pop()
        if capture.stop:
            raise Examined
        for name in ("split_train", "split_validation"):
            given.pop(name, None)
        return original(self, **given)

    @functools.wraps(in_batches)
    def train_on_batch(self: keras.Model, *args: Any, **kwargs: Any) -> Any:
        if not busy:
            capture.loops.add(self.name)
            look_at_loop(capture, self)
        return in_batches(self, *args, **kwargs)

    @functools.wraps(scored)
    def evaluate(self: keras.Model, x: Any = None, *args: Any, **kwargs: Any) -> Any:
        if not busy and capture.fits:
            busy.append(True)
            try:
                look_at_scored(capture, self, x)
            finally:
                busy.pop()
        return scored(self, x, *args, **kwargs)

    def made(kind: type, *args: Any, **kwargs: Any) -> Any:
        model = new(kind, *args, **kwargs)
        vars(model)[MADE_WITH] = args, kwargs
        return model

    keras.Model.fit, keras.Model.train_on_batch = fit, train_on_batch
    keras.Model.evaluate = evaluate
    keras.Model.__new__ = made
    try:
        yield capture
    finally:
        keras.Model.fit, keras.Model.train_on_batch = original, in_batches
        keras.Model.evaluate = scored
        keras.Model.__new__ = new


def add_monitors(given: dict[str, Any], case: Case, found: Fit) -> None:
    """One callback more, which watches and changes nothing."""
    try:
        monitors = Monitors(case, stop=False, told=found.watched, notes=found.report.notes)
    except Exception as error:  # a model that cannot be watched is trained all the same
        found.report.stumbled.append(("monitors", in_one_line(error)))
        return
    callbacks = given["callbacks"]
    if callbacks is None:
        given["callbacks"] = [monitors]
    elif isinstance(callbacks, list | tuple):
        given["callbacks"] = [*callbacks, monitors]
    elif isinstance(callbacks, keras.callbacks.CallbackList):
        callbacks.append(monitors)
    else:
        given["callbacks"] = [callbacks, monitors]


def examine(
    model: keras.Model,
    x: Any,
    y: Any = None,
    *,
    cost: Any = "trains",
    **arguments: Any,
) -> Report:
    """Examine a compiled model as `model.fit(x, y, **arguments)` would train it.

    Nothing is trained. `x`, `y` and `arguments` are those of `keras.Model.fit`; a generator is read
    from, so that `fit` needs another one. `cost`: "free" only looks, "asks" also asks the network,
    "trains" also trains a copy for a moment. Raises ValueError where the model is
    not compiled, TypeError where `fit` would not take the arguments.
    """
    if not getattr(model, "compiled", False):
        raise ValueError("the model is not compiled: call compile() with a loss before")
    given = arguments_of(keras.Model.fit, (x, y), arguments)
    case, reason = case_of_fit(model, given, [])
    return Report(notes=[reason]) if case is None else examine_case(case, cost)
