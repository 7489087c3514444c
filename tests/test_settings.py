"""What a setting may be: the generator's table, `--set`, and the emitted project agree."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from goodfit.answers import complete
from goodfit.cells import Cell
from goodfit.constraints import AnyOf, Constraint, ListOf, OneOf, Range, Truth, Words
from goodfit.errors import GoodfitError
from goodfit.plan import make_plan
from goodfit.settings import BY_NAME, SETTINGS, read_override, require_setting
from goodfit.toml import inline
from projects import CELL_IDS, covering, project, write_tree


def accepted(constraint: Constraint) -> list[Any]:
    """Values that must be accepted: every word, and both ends of every range."""
    if isinstance(constraint, OneOf):
        return list(constraint.words)
    if isinstance(constraint, Truth):
        return [True, False]
    if isinstance(constraint, Words):
        return [
            "w" * (constraint.most or constraint.least or 3),
            *([] if constraint.least else [""]),
        ]
    if isinstance(constraint, ListOf):
        return [[one] * max(1, constraint.least) for one in accepted(constraint.kind)]
    if isinstance(constraint, AnyOf):
        return [value for kind in constraint.kinds for value in accepted(kind)]
    step = 1 if constraint.whole else 1e-6
    low = constraint.low + step if constraint.above else constraint.low
    high = constraint.high - step if constraint.below else constraint.high
    kind = int if constraint.whole else float
    return [kind(low), kind(low + 7 if high == float("inf") else high)]


@pytest.mark.parametrize("name", BY_NAME)
def test_a_setting_accepts_what_it_may_be_and_refuses_the_rest(name: str) -> None:
    constraint = BY_NAME[name].constraint
    assert accepted(constraint) and constraint.refused()
    for value in accepted(constraint):
        assert constraint.accepts(value), value
        require_setting(name, value)
    for value in constraint.refused():
        assert not constraint.accepts(value), value
        with pytest.raises(GoodfitError):
            require_setting(name, value)


def test_settings_have_names_of_their_own_and_stand_section_by_section() -> None:
    assert len(BY_NAME) == len(SETTINGS)
    sections = [setting.section for setting in SETTINGS]
    runs = [one for place, one in enumerate(sections) if place == 0 or sections[place - 1] != one]
    assert len(runs) == len(set(runs))


@pytest.mark.parametrize("name", BY_NAME)
def test_a_setting_says_what_it_is_in_words_that_fit_a_table(name: str) -> None:
    words = f"{BY_NAME[name].help} {BY_NAME[name].constraint}"
    assert BY_NAME[name].help and not set(words) & set("|\n<")


RANGES: dict[str, tuple[Constraint, list[Any], list[Any]]] = {
    "whole numbers from a least one": (Range(1, whole=True), [1, 10**9], [0, 1.0, True, "1"]),
    "numbers above": (Range(0, above=True), [1e-9, 5], [0, -1, float("inf"), float("nan")]),
    "numbers to below": (Range(0, 1, below=True), [0, 0.99], [1, -0.1]),
    "numbers from and to": (Range(0, 1), [0, 1, 0.5], [1.01, -0.01]),
    "one letter": (Words(1, 1), [","], ["", ",,"]),
    "any text": (Words(), ["", "long" * 99], [1, None]),
    "a list of at least one": (ListOf(Words(), 1), [["a"]], [[], "a", [1], ("a",)]),
    "a number or a list": (
        AnyOf((Range(1, 3, whole=True), ListOf(Words()))),
        [1, 3, [], ["a"]],
        [0, 4, "a", [1], True],
    ),
    "a list of whole numbers": (ListOf(Range(1, whole=True)), [[], [1, 2]], [[0], [1.5], ["1"]]),
}


@pytest.mark.parametrize("case", RANGES)
def test_a_constraint_draws_its_line(case: str) -> None:
    constraint, good, bad = RANGES[case]
    assert [value for value in good if not constraint.accepts(value)] == []
    assert [value for value in bad if constraint.accepts(value)] == []


OVERRIDES: dict[str, tuple[str, tuple[str, Any]]] = {
    "a year that names a sheet": ("data.sheet=2024", ("sheet", "2024")),
    "a whole number": ("epochs=400", ("epochs", 400)),
    "a fraction": ("dropout=0.25", ("dropout", 0.25)),
    "a number with an exponent": ("learning_rate=1e-3", ("learning_rate", 0.001)),
    "a truth": ("deterministic=true", ("deterministic", True)),
    "a bare word": ("activation=gelu", ("activation", "gelu")),
    "a quoted word": ('activation="gelu"', ("activation", "gelu")),
    "text with an equals sign": ("path=a=b.csv", ("path", "a=b.csv")),
    "a list": ("hidden_units=[8, 4]", ("hidden_units", [8, 4])),
    "empty text": ('path=""', ("path", "")),
    "its section before it": ("training.batch_size=8", ("batch_size", 8)),
    "white space around everything": (" epochs = 400 ", ("epochs", 400)),
}
OVERRIDES_REFUSED: dict[str, tuple[str, str]] = {
    "the wrong section": ("model.batch_size=8", "training.batch_size"),
    "a section that does not exist": ("models.batch_size=8", "training.batch_size"),
    "a setting that does not exist in a section": ("model.zzz=8", "a setting of config.toml"),
    "no value": ("epochs=", "KEY=VALUE"),
    "no equals sign": ("epochs", "KEY=VALUE"),
}


@pytest.mark.parametrize("case", OVERRIDES)
def test_an_override_is_read(case: str) -> None:
    text, expected = OVERRIDES[case]
    read = read_override(text)
    assert read == expected
    assert type(read[1]) is type(expected[1])
    require_setting(*read)


@pytest.mark.parametrize("case", OVERRIDES_REFUSED)
def test_an_override_is_refused(case: str) -> None:
    text, message = OVERRIDES_REFUSED[case]
    with pytest.raises(GoodfitError) as refused:
        read_override(text)
    assert message in refused.value.message


# Reads a list of overrides and says of each whether it is refused; run in the emitted project.
REPORT = """
import contextlib, io, json, pathlib, sys
from config import load_config
def refused(override):
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            load_config(pathlib.Path("config.toml"), [override])
    except SystemExit:
        return True
    return False
print(json.dumps([refused(one) for one in json.load(sys.stdin)]))
"""

# Fine by themselves, and refused by the generator for what only it knows beforehand: how many
# classes there will be, and whether a batch or a window fits the rows (data.py looks when the rows
# are there).
KNOWN_BEFOREHAND = ("output_units", "rows", "window", "horizon", "validation", "test")


def as_parameter(name: str) -> Any:
    """A cell for `parametrize`; those whose modules others have too wait for the long run."""
    marks = [pytest.mark.emitted] if name in covering() else [pytest.mark.matrix]
    return pytest.param(CELL_IDS[name], marks=marks, id=name)


@pytest.mark.parametrize("cell", [as_parameter(name) for name in CELL_IDS])
def test_the_emitted_project_refuses_what_the_generator_refuses(cell: Cell, tmp_path: Path) -> None:
    answers, tree = project(cell)
    trials = [
        (decision.setting, value)
        for decision in make_plan(answers).decisions
        for constraint in [decision.setting.constraint]
        for value in [
            *constraint.refused(),
            *(accepted(constraint) if decision.setting.name not in KNOWN_BEFOREHAND else []),
        ]
    ]
    here = [verdict({**cell._asdict(), "overrides": {one.name: value}}) for one, value in trials]
    overrides = [f"{one.section}.{one.name}={inline(value)}" for one, value in trials]
    reported = subprocess.run(
        [sys.executable, "-c", REPORT],
        cwd=write_tree(tree, tmp_path),
        input=json.dumps(overrides),
        capture_output=True,
        text=True,
        check=False,
    )
    assert reported.returncode == 0, reported.stderr
    there = json.loads(reported.stdout.splitlines()[-1])
    differ = [one for one, *two in zip(overrides, here, there, strict=True) if two[0] != two[1]]
    assert differ == []
    assert True in here and False in here


def verdict(given: dict[str, Any]) -> bool:
    """The generator refuses these answers."""
    try:
        make_plan(complete(given))
    except GoodfitError:
        return True
    return False
