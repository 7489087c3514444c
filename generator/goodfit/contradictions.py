"""Answers that are fine alone and cannot be true together."""

from __future__ import annotations

from typing import Any

from goodfit.cells import FORECASTS, ONE_CLASS_A_SAMPLE, task_named
from goodfit.errors import GoodfitError
from goodfit.limits import FEWEST_OF_A_CLASS, LEAST_PRETRAINED_SIZE
from goodfit.questions import QUESTIONS
from goodfit.rulebook.engine import decide
from goodfit.rulebook.split import SHARES

Answers = Any  # of `goodfit.answers`, which asks this file


def refuse_contradictions(answers: Answers) -> None:
    """Raise GoodfitError where single answers are fine and cannot be true together."""
    for question in QUESTIONS:
        default = question.default_for(vars(answers))
        value = getattr(answers, question.name)
        if not question.asked(answers) and value != default:
            raise GoodfitError(
                f"{question.name} = {value!r} with {cell_words(answers)}",
                f"{question.name} = {default!r}: nothing else has a meaning there",
                f"leave {question.name} out, or choose another task, input or architecture",
            )
    task = task_named(answers.task)
    refuse_more_than_data(answers)
    if answers.classes < task.least:
        given = f"{answers.classes} {answers.outputs} for {answers.task}"
        fix = task.too_few or f"give {task.least} or more"
        raise GoodfitError(given, f"at least {task.least}", fix)
    if answers.task in ONE_CLASS_A_SAMPLE:
        if answers.classes * FEWEST_OF_A_CLASS > answers.samples:
            raise GoodfitError(
                f"{answers.samples:,} samples for {answers.classes:,} classes",
                "at least five samples a class, or a class has none left to learn from",
                "collect more samples or merge classes",
            )
        if answers.rarest_share > 1 / answers.classes + 0.01:
            raise GoodfitError(
                f"rarest_share = {answers.rarest_share:g} with {answers.classes} classes",
                f"at most {1 / answers.classes:.2g}: the rarest class cannot have more",
                "give the share of the rarest class alone",
            )
        if answers.rarest_share * answers.samples < 0.5:
            raise GoodfitError(
                f"rarest_share = {answers.rarest_share:g} of {answers.samples:,} samples",
                "a class that has a sample",
                f"give {1 / answers.samples:.2g} or more, or more samples",
            )
    if answers.task in FORECASTS and answers.classes > answers.features:
        raise GoodfitError(
            f"{answers.classes} targets of {answers.features} variables",
            "as many variables as targets: what is forecast is measured too",
            "raise --features or lower --classes",
        )
    if answers.task in FORECASTS:
        refuse_long_windows(answers)
    if answers.architecture == "pretrained" and answers.image_size < LEAST_PRETRAINED_SIZE:
        raise GoodfitError(
            f"image_size = {answers.image_size} for a pretrained network",
            f"at least {LEAST_PRETRAINED_SIZE}, which it halves five times",
            f"--image-size {LEAST_PRETRAINED_SIZE}: images are brought to it",
        )


def refuse_more_than_data(answers: Answers) -> None:
    """Raise GoodfitError for more samples than were counted in the data."""
    held = answers.evidence.get("samples", {}).get("value", answers.samples)
    if isinstance(held, int) and answers.samples > held:
        raise GoodfitError(
            f"samples = {answers.samples:,}, and the data holds {held:,}",
            f"at most {held:,}: the rules count on what is there",
            f"give {held} for samples, or leave it out: it is counted",
        )


def refuse_long_windows(answers: Answers) -> None:
    """Raise GoodfitError where no window and horizon fit into the smallest part of the split."""
    held_out = decide(SHARES, answers).choice
    share = min(*held_out.values(), 1 - sum(held_out.values()))
    steps, room = answers.window + answers.horizon, int(answers.samples * share)
    if steps > room:
        raise GoodfitError(
            f"window + horizon = {steps:,} of {answers.samples:,} steps",
            f"at most {room:,}, the steps in the smallest part of the split",
            "lower --window or --horizon",
        )


def cell_words(answers: Answers) -> str:
    """The kind of project, as a refusal names it."""
    return f"task = {answers.task}, input = {answers.input}, {answers.architecture}"
