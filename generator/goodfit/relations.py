"""Relations between settings: what no single value shows.

A relation reads settings where config.toml has them, and yields (given, expected, fix) where they
contradict each other. It applies to every project that has all the settings it reads, but where
`ONLY` names the tasks. Each stands once, here: goodfit asks those of a project before it writes
anything, and writes their bodies, as they are, into its config.py.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

Config = Any  # of an emitted project: each section an attribute, each setting one of that
Finding = tuple[str, str, str]
Relation = Callable[[Config], Iterator[Finding]]


def enough_is_left_to_train_on(config: Config) -> Iterator[Finding]:
    held_out = config.split.validation + config.split.test
    if held_out > 0.8:
        given = f"split.validation + split.test = {held_out:g}"
        yield given, "at most 0.8, so that a fifth is left to train on", "lower split.test"


def a_column_for_each_unit(config: Config) -> Iterator[Finding]:
    targets, units = config.data.targets, config.head.output_units
    if len(targets) != units:
        given = f"data.targets = {targets}, head.output_units = {units}"
        yield given, "a unit for each target", "change either"


def a_unit_for_each_step(config: Config) -> Iterator[Finding]:
    targets, units = config.data.targets, config.head.output_units
    if config.data.horizon * len(targets) != units:
        given = f"data.horizon = {config.data.horizon}, {len(targets)} targets"
        yield given, f"head.output_units = {units} is their product", "change head.output_units"


def season_within_window(config: Config) -> Iterator[Finding]:
    season, window = config.data.season, config.data.window
    if config.head.anchor == "season" and season > window:
        given = f"head.anchor = 'season', data.season = {season}"
        yield given, f"a season within data.window = {window}", "lengthen data.window"


def tokens_and_tags_apart(config: Config) -> Iterator[Finding]:
    if config.data.tag_column == config.data.token_column:
        given = f"data.tag_column = data.token_column = {config.data.token_column}"
        yield given, "a column of tokens and one of tags", "change either"


def images_and_masks_apart(config: Config) -> Iterator[Finding]:
    if config.data.image_folder == config.data.mask_folder:
        given = f"data.image_folder and data.mask_folder are both {config.data.image_folder!r}"
        yield given, "two folders", "change one of them"


def image_columns_apart(config: Config) -> Iterator[Finding]:
    taken = {"image", "file", "path", "<part>"} if config.data.image_column else set()
    for name in sorted(taken & {*config.data.targets, config.data.group, config.data.part}):
        yield f"[data] names the column {name!r}", "other names", "rename it in the CSV"


def text_columns_apart(config: Config) -> Iterator[Finding]:
    taken = {"text", "<part>", config.data.text_column, *config.data.text_column.split(" + ")}
    for name in sorted(taken & {*config.data.targets, config.data.group, config.data.part}):
        yield f"[data] names the column {name!r} twice", "other names", "rename it in the CSV"


def image_can_be_halved(config: Config) -> Iterator[Finding]:
    halvings = len(config.model.filters) - 1
    if config.data.image_size < 2**halvings:
        given = f"data.image_size = {config.data.image_size} with {halvings + 1} model.filters"
        fix = "shorten model.filters, or raise data.image_size"
        yield given, f"at least {2**halvings}, to be halved {halvings} times", fix


def heads_divide_units(config: Config) -> Iterator[Finding]:
    heads, units = config.model.heads, config.model.units
    if units % heads:
        given = f"model.units = {units}, model.heads = {heads}"
        yield given, "units that the heads divide among them", f"set model.units = {heads * 16}"


def training_ends_as_planned(config: Config) -> Iterator[Finding]:
    epochs, patience = config.training.epochs, config.early_stopping.patience
    warmup, decay = config.optimizer.warmup_epochs, config.optimizer.decay_epochs
    wrong, wanted = [], []
    if patience >= epochs > 1:
        wrong.append(f"early_stopping.patience = {patience}, training.epochs = {epochs}")
        wanted.append("patience below epochs, or it can never fire")
    if warmup + decay > epochs:
        wrong.append(f"warm-up and decay take {warmup + decay} epochs of {epochs}")
        wanted.append("a schedule that ends in time")
    if wrong:
        warm = min(warmup, epochs // 4)
        values = {"early_stopping.patience": min(patience, max(1, epochs // 3))}
        values |= {"optimizer.warmup_epochs": warm}
        values |= {"optimizer.decay_epochs": min(decay, epochs - warm)}
        fix = " ".join(f"--set {name}={value}" for name, value in values.items())
        fix = f"a schedule for {epochs} epochs: {fix}; or raise training.epochs"
        yield "; ".join(wrong), "; ".join(wanted), fix


def monitor_is_logged(config: Config) -> Iterator[Finding]:
    monitor = config.early_stopping.monitor
    logged = [f"{part}{name}" for part in ("", "val_") for name in ("loss", *config.head.metrics)]
    if monitor not in logged:
        expected = f"a value that is logged: {', '.join(logged)}"
        yield f"early_stopping.monitor = {monitor!r}", expected, "choose one of them"


def monitor_the_right_way_round(config: Config) -> Iterator[Finding]:
    monitor, mode = config.early_stopping.monitor, config.early_stopping.mode
    better = "max" if "accuracy" in monitor else "min"
    if mode != better:
        given = f"early_stopping.monitor = {monitor!r}, early_stopping.mode = {mode!r}"
        expected = f"mode = {better!r}: the other way round it keeps the worst"
        yield given, expected, f"set early_stopping.mode = {better!r}"


RELATIONS: tuple[Relation, ...] = (
    a_column_for_each_unit,
    a_unit_for_each_step,
    season_within_window,
    tokens_and_tags_apart,
    images_and_masks_apart,
    image_columns_apart,
    text_columns_apart,
    image_can_be_halved,
    heads_divide_units,
    enough_is_left_to_train_on,
    training_ends_as_planned,
    monitor_is_logged,
    monitor_the_right_way_round,
)
ONLY: dict[Relation, tuple[str, ...]] = {
    a_column_for_each_unit: ("multilabel-classification", "regression"),
}


@cache
def settings_of(relation: Relation) -> frozenset[str]:
    """The settings that a relation reads, by name: `config.section.name` wherever it says so."""
    return frozenset(
        node.attr
        for node in ast.walk(ast.parse(inspect.getsource(relation)))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and isinstance(node.value.value, ast.Name)
        and node.value.value.id == "config"
    )


def relations_between(settings: Collection[str], task: str) -> list[Relation]:
    """The relations of a project of that task with these settings."""
    return [
        relation
        for relation in RELATIONS
        if settings_of(relation) <= {*settings} and task in ONLY.get(relation, (task,))
    ]


def broken(values: Mapping[str, Mapping[str, Any]], task: str) -> Iterator[Finding]:
    """What is broken among the `values` of each section."""
    config = SimpleNamespace(**{name: SimpleNamespace(**own) for name, own in values.items()})
    settings = [name for own in values.values() for name in own]
    for relation in relations_between(settings, task):
        yield from relation(config)


@cache
def body(relation: Relation) -> str:
    """The text of what a relation does, as it stands here."""
    return textwrap.dedent(inspect.getsource(relation)).partition(":\n")[2].rstrip()
