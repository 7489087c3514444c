"""What each kind of answer reads, and what it refuses."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from goodfit.kinds import (
    PACKAGES,
    Choice,
    Count,
    Kind,
    Name,
    OneNumber,
    Overrides,
    Share,
    Text,
    YesNo,
)
from goodfit.render import TEMPLATES

COUNT = Count(1, 10**12)

READ: dict[str, tuple[Kind, Any, Any]] = {
    "a count as a number": (COUNT, 5000, 5000),
    "a count as digits": (COUNT, "5000", 5000),
    "a count with white space around it": (COUNT, " 5000 ", 5000),
    "a count in thousands": (COUNT, "5k", 5_000),
    "a count in capital thousands": (COUNT, "5K", 5_000),
    "a count in millions with a fraction": (COUNT, "1.2M", 1_200_000),
    "a count in thousands that floats cannot hold": (COUNT, "4.35k", 4_350),
    "a count in billions": (COUNT, "2b", 2_000_000_000),
    "a count with underscores": (COUNT, "1_000", 1_000),
    "a count with commas": (COUNT, "1,200,000", 1_200_000),
    "a count as a whole float": (COUNT, 5000.0, 5000),
    "the least count": (Count(20), "20", 20),
    "the largest count": (Count(1, 100), "100", 100),
    "a share": (Share(), "0.02", 0.02),
    "a share in per cent": (Share(), "2%", 0.02),
    "a share of everything": (Share(), 1, 1.0),
    "one of a few numbers": (OneNumber((1, 3)), "3", 3),
    "yes": (YesNo(), "yes", True),
    "yes in one capital letter": (YesNo(), "Y", True),
    "true as TOML has it": (YesNo(), True, True),
    "no": (YesNo(), " No ", False),
    "one of several words": (Choice(("cpu", "gpu")), "gpu", "gpu"),
    "a name": (Name(), "my-model_2", "my-model_2"),
    "a name of one letter": (Name(), "a", "a"),
    "the longest name": (Name(), "a" * 64, "a" * 64),
    "text": (Text(), 'a "b" {{ c }} | <d> \\ é 😀', 'a "b" {{ c }} | <d> \\ é 😀'),
    "text on several lines": (Text(), " one\n two\t\tthree ", "one two three"),
    "text with control characters": (Text(), "a\x00b\x1bc\x7f", "abc"),
    "no text": (Text(), "", ""),
    "no overrides": (Overrides(), "", {}),
    "overrides": (Overrides(), "dropout=0.2; seed = 7", {"dropout": 0.2, "seed": 7}),
    "an override with a list": (Overrides(), "hidden_units=[8, 4]", {"hidden_units": [8, 4]}),
    "an override with a semicolon": (Overrides(), 'separator=";"', {"separator": ";"}),
    "an override with a quoted quote": (
        Overrides(),
        r'missing=["a\"; b", "c"]; seed=1',
        {"missing": ['a"; b', "c"], "seed": 1},
    ),
    "overrides as TOML has them": (Overrides(), {"seed": 1}, {"seed": 1}),
    "a semicolon too many": (Overrides(), "seed=1;", {"seed": 1}),
}

REFUSED: dict[str, tuple[Kind, Any]] = {
    "a count of nothing": (COUNT, "0"),
    "a negative count": (COUNT, "-5"),
    "half a sample": (COUNT, "1.5"),
    "a float with a fraction": (COUNT, 1.5),
    "a fraction of a sample in thousands": (COUNT, "1.2345k"),
    "a word for a count": (COUNT, "abc"),
    "an empty count": (COUNT, ""),
    "a suffix alone": (COUNT, "k"),
    "an unknown suffix": (COUNT, "5x"),
    "scientific notation": (COUNT, "1e3"),
    "infinity": (COUNT, "inf"),
    "not a number": (COUNT, math.nan),
    "true for a count": (COUNT, True),
    "a list for a count": (COUNT, [5]),
    "a comma for a decimal point": (COUNT, "1,5k"),
    "fewer than the least": (Count(20), "19"),
    "more than the most": (Count(1, 100), "101"),
    "a number that is not offered": (OneNumber((1, 3)), 2),
    "a word for one of a few numbers": (OneNumber((1, 3)), "grey"),
    "true for one of a few numbers": (OneNumber((1, 3)), True),
    "no text where some is needed": (Text(1), " "),
    "a share of nothing": (Share(), "0"),
    "more than everything": (Share(), "101%"),
    "a negative share": (Share(), "-0.1"),
    "a share that is not a number": (Share(), "nan"),
    "a word for a share": (Share(), "half"),
    "true for a share": (Share(), True),
    "a word that is neither yes nor no": (YesNo(), "maybe"),
    "a number for yes": (YesNo(), 1),
    "nothing for yes or no": (YesNo(), ""),
    "a word that is not offered": (Choice(("cpu", "gpu")), "tpu"),
    "a number for a word": (Choice(("cpu", "gpu")), 1),
    "an empty name": (Name(), ""),
    "a name with a space": (Name(), "my model"),
    "a name that begins with a digit": (Name(), "2fast"),
    "a name that ends in a hyphen": (Name(), "model-"),
    "a name that leaves the folder": (Name(), "../model"),
    "a hidden name": (Name(), ".model"),
    "a name with a quote": (Name(), 'my"model'),
    "a name with braces": (Name(), "{{model}}"),
    "a name with a line end": (Name(), "model\n"),
    "a name with an emoji": (Name(), "model😀"),
    "a name in other letters": (Name(), "модель"),
    "a name of 65 characters": (Name(), "a" * 65),
    "a number for a name": (Name(), 5),
    "a number for text": (Text(), 5),
    "a number for overrides": (Overrides(), 5),
    "a list for overrides": (Overrides(), ["seed=1"]),
}


@pytest.mark.parametrize("case", READ)
def test_is_read(case: str) -> None:
    kind, given, expected = READ[case]
    read = kind.read(given)
    assert (read, type(read)) == (expected, type(expected))


@pytest.mark.parametrize("case", REFUSED)
def test_is_refused(case: str) -> None:
    kind, given = REFUSED[case]
    with pytest.raises(ValueError):
        kind.read(given)
    assert kind.expected


@pytest.mark.parametrize("case", READ)
def test_what_was_read_reads_as_itself(case: str) -> None:
    kind, given, _ = READ[case]
    once = kind.read(given)
    assert kind.read(once) == once


def test_no_project_is_named_like_what_it_is_installed_with() -> None:
    """Such a name would ask for itself instead of the package."""
    template = next(TEMPLATES.glob("*/*pyproject.toml*")).read_text(encoding="utf-8")
    needed = set(re.findall(r'"([a-z0-9-]+)(?:\[[a-z-]+\])?>=', template))
    assert len(needed) > 10 and needed <= PACKAGES
    for name in needed:
        with pytest.raises(ValueError):
            Name().read(name)
