"""Values and labels: marks for what is missing, filled gaps, two units, mixed pictures, garbled
texts, doubtful labels; and what is honest, though it looks like one of these."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from goodfit.doctor.case import Case
from goodfit.doctor.checks import filled, garbled, mixed_pictures, units, values, wrong_labels
from goodfit.doctor.contract import Contract
from goodfit.doctor.finding import Finding
from goodfit.doctor.project import InTime, Project, TextFacts
from goodfit.doctor.samples import Samples

NUMBER = Contract("numbers", "linear", 1, "mean_squared_error")
YES_NO = Contract("yes-no", "sigmoid", 1, "binary_crossentropy")
ROWS = 500
Column = Callable[[np.random.Generator], Any]


def case_of(x: Any, y: Any = None, contract: Contract = YES_NO, **known: Any) -> Case:
    """A project's case of these samples, without a network."""
    y = np.arange(len(x))[:, None] % 2 if y is None else y
    case = Case(keras.Sequential(), Samples(x, y), project=Project(declared=contract, **known))
    case.__dict__["network"] = None
    return case


def table(column: np.ndarray, *others: np.ndarray) -> Case:
    """A table with a column "it", and others behind it."""
    x = np.stack([column, *others], axis=1).astype("float32")
    names = ["it", *(f"other {place}" for place in range(len(others)))]
    known: dict[str, Any] = {"numeric": tuple(names)}
    known["sources"] = {name: [at] for at, name in enumerate(names)}
    return case_of(x, **known)


def found(look: Callable[[Case], Any], case: Case) -> list[Finding]:
    return list(look(case))


def some(random: np.random.Generator, share: float) -> np.ndarray:
    return random.random(ROWS) < share


MARKS: dict[str, Column] = {
    "-1 among weights": lambda r: np.where(some(r, 0.03), -1, r.normal(75, 12, ROWS)),
    "-1 among small amounts": lambda r: np.where(some(r, 0.03), -1, r.lognormal(3, 0.6, ROWS)),
    "99 among ages": lambda r: np.where(some(r, 0.04), 99, r.integers(18, 80, ROWS)),
    "a million among hundreds": lambda r: np.where(some(r, 0.03), 1e6, r.normal(500, 80, ROWS)),
    "-999 among degrees": lambda r: np.where(some(r, 0.02), -999, r.normal(12, 8, ROWS)),
}
ZEROS: dict[str, Column] = {
    "no pressure": lambda r: np.where(some(r, 0.05), 0, r.normal(120, 15, ROWS).round()),
    "no weight": lambda r: np.where(some(r, 0.05), 0, r.normal(30, 4, ROWS)),
}
FILLED: dict[str, Column] = {
    "the mean": lambda r: filled_by(r, np.mean),
    "the median": lambda r: filled_by(r, np.median),
    "the mean, standardised": lambda r: standardised(filled_by(r, np.mean)),
}
UNITS: dict[str, Column] = {
    "metres and centimetres": lambda r: times(r, 0.15, 0.01, r.normal(170, 9, ROWS)),
    "prices in thousands": lambda r: times(r, 0.3, 0.001, r.lognormal(11, 0.4, ROWS)),
    "Celsius and Fahrenheit": lambda r: fahrenheit(r, r.normal(20, 4, ROWS)),
}


def filled_by(random: np.random.Generator, middle: Callable[[np.ndarray], Any]) -> np.ndarray:
    known = random.gamma(4, 10, ROWS).round(1)
    return np.where(some(random, 0.12), middle(known), known)


def standardised(column: np.ndarray) -> np.ndarray:
    scaled: np.ndarray = (column - column.mean()) / column.std()
    return scaled


def times(
    random: np.random.Generator, share: float, factor: float, column: np.ndarray
) -> np.ndarray:
    return np.where(some(random, share), column * factor, column)


def fahrenheit(random: np.random.Generator, column: np.ndarray) -> np.ndarray:
    return np.where(some(random, 0.2), column * 1.8 + 32, column).round(1)


def zero_or(random: np.random.Generator, amounts: np.ndarray, share: float = 0.5) -> np.ndarray:
    return np.where(some(random, share), 0, amounts)


def groups(random: np.random.Generator, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.where(some(random, 0.5), one, other)


def hours_a_week(random: np.random.Generator) -> np.ndarray:
    """Many have 40, or another round number."""
    odd = random.integers(5, 80, ROWS)
    round_ones = random.choice([20, 30, 35, 40, 45, 50, 60], ROWS)
    return np.where(some(random, 0.45), 40, np.where(some(random, 0.5), round_ones, odd))


HONEST: dict[str, Column] = {
    "heavy tails": lambda r: r.standard_cauchy(ROWS),
    "prices over many sizes": lambda r: r.lognormal(3, 2, ROWS),
    "counts": lambda r: r.poisson(30, ROWS),
    "few counts": lambda r: r.negative_binomial(1, 0.02, ROWS),
    "amounts, or nothing": lambda r: zero_or(r, r.lognormal(6, 1, ROWS).round(2)),
    "loans, or none": lambda r: zero_or(r, r.uniform(1_000, 40_000, ROWS).round(-2)),
    "a flat fee, or more": lambda r: np.where(some(r, 0.3), 5, r.uniform(20, 200, ROWS).round(1)),
    "rain": lambda r: zero_or(r, r.exponential(5, ROWS).round(1)),
    "men and women": lambda r: groups(r, r.normal(178, 7, ROWS), r.normal(165, 6, ROWS)),
    "two products": lambda r: groups(r, r.normal(20, 2, ROWS), r.normal(300, 25, ROWS)),
    "packs of two sizes": lambda r: groups(r, r.normal(100, 3, ROWS), r.normal(750, 20, ROWS)),
    "half degrees": lambda r: (r.normal(20, 3, ROWS) * 2).round() / 2,
    "tens": lambda r: r.normal(200, 30, ROWS).round(-1),
    "ages": lambda r: r.integers(18, 90, ROWS),
    "rounded ages": lambda r: groups(r, r.integers(4, 18, ROWS) * 5, r.integers(18, 90, ROWS)),
    "hours a week": hours_a_week,
    "humidity, at most 100": lambda r: r.normal(85, 15, ROWS).clip(0, 100).round(),
    "clipped": lambda r: r.normal(0, 1, ROWS).clip(-1.5, 1.5),
    "a byte that saturates": lambda r: r.gamma(3, 40, ROWS).clip(0, 255).round(),
    "ratings": lambda r: r.integers(2, 11, ROWS) / 2,
    "returns, or no trade": lambda r: zero_or(r, r.standard_t(3, ROWS).round(3), 0.1),
    "seasons": lambda r: 10 + 8 * np.sin(np.arange(ROWS) / 58) + r.normal(0, 1, ROWS),
    "degrees on both sides of 0": lambda r: r.normal(8, 6, ROWS).round(),
}
LOOKS = (values.sentinel_value, values.zero_for_missing, filled.filled_in_bulk, units.units)


@pytest.mark.parametrize("name", MARKS)
def test_marks_for_missing_values_are_told(name: str) -> None:
    random = np.random.default_rng(0)
    column = MARKS[name](random)
    finding, *more = found(values.sentinel_value, table(column, random.normal(size=ROWS)))
    assert finding.level == "warning" and "column 'it'" in finding.fact and not more
    assert "to data.no_value in config.toml" in finding.fix


def test_marks_among_targets_and_in_series_are_told() -> None:
    random = np.random.default_rng(0)
    prices = MARKS["a million among hundreds"](random)[:, None]
    x = random.normal(size=(ROWS, 2)).astype("float32")
    known = {"target_names": ("price",), "numeric": ("a", "b"), "sources": {"a": [0], "b": [1]}}
    (finding,) = found(values.sentinel_value, case_of(x, prices, NUMBER, **known))
    assert "target 'price'" in finding.fact and "leave out the rows" in finding.fix
    scaled = case_of(x, standardised(prices), NUMBER, target_values={"price": prices[:, 0]})
    assert "1e+06" in found(values.sentinel_value, scaled)[0].fact  # as in the data
    series = random.normal(20, 3, size=(80, 30, 2)).astype("float32")
    series[random.random((80, 30)) < 0.02, 1] = -99
    (finding,) = found(values.sentinel_value, case_of(series))
    assert "channel 2 are -99" in finding.fact


@pytest.mark.parametrize("name", ZEROS)
def test_zeros_far_from_all_others_are_told(name: str) -> None:
    column = ZEROS[name](np.random.default_rng(0))
    (finding,) = found(values.zero_for_missing, table(column))
    assert "are 0, and all others are from" in finding.fact and '"it=0"' in finding.fix
    told = table(column, column == 0)  # to the network, by a column of its own
    assert not found(values.zero_for_missing, told)


@pytest.mark.parametrize("name", FILLED)
def test_gaps_filled_in_bulk_are_told(name: str) -> None:
    random = np.random.default_rng(0)
    column = FILLED[name](random)
    case = table(column)
    (finding,) = found(filled.filled_in_bulk, case)
    assert name.split(",")[0] + " of all others" in finding.fact
    common = np.unique(case.known.x[:, 0], return_counts=True)
    flag = case.known.x[:, 0] == common[0][common[1].argmax()]
    assert not found(filled.filled_in_bulk, table(column, flag))


def hours(random: np.random.Generator, rows: int = 1_000) -> np.ndarray:
    wave = 10 * np.sin(np.arange(rows) / 4)
    return (300 + wave + random.normal(0, 4, rows)).round(2)


def in_time(column: np.ndarray) -> Case:
    rows = InTime({"train": column[:, None]}, {}, ["power"], 1, 24)
    windows = np.zeros((10, 24, 1), "float32")
    return case_of(windows, np.zeros((10, 24), "float32"), NUMBER, in_time=rows)


def test_lines_and_stretches_in_series_are_told() -> None:
    random = np.random.default_rng(0)
    power, carried = hours(random), hours(random)
    for begin in (100, 300, 420, 600, 850):
        carried[begin : begin + 9] = carried[begin]
        power[begin : begin + 9] = np.linspace(power[begin], power[begin + 8], 9)
    for column, kind in (
        (power, "straight lines"),
        (power.round(2), "straight lines"),
        (carried, "a value that stands still"),
    ):
        (finding,) = found(filled.filled_in_time, in_time(column))
        assert f"column 'power' is {kind}, up to 9 steps long" in finding.fact
    apart = np.stack([power[:960], carried[:960]], axis=1).reshape(20, 48, 2)
    kinds = [one.fact for one in found(filled.filled_in_time, case_of(apart.astype("float64")))]
    assert ["channel 1" in kinds[0], "channel 2" in kinds[1]] == [True, True]


def test_honest_series_are_not_taken_for_filled_ones() -> None:
    random, steps = np.random.default_rng(0), np.arange(1_000)
    honest = (
        hours(random),
        (hours(random) / 5).round() * 5,  # a coarse sensor often repeats itself
        np.maximum(0, np.sin(steps / 4)) * random.uniform(0.5, 1, 1_000),  # no sun at night
        np.minimum(100, 95 + random.normal(0, 6, 1_000).cumsum() % 9),  # a tank is full
        steps * 2.0,
        np.abs(steps % 50 - 25.0),  # ramps
        np.where(steps % 40 < 20, 1.0, 3.0),
        np.sin(steps / 9),
        random.normal(0, 1, 1_000).cumsum().round(1),
    )
    for column in honest:
        assert not found(filled.filled_in_time, in_time(column))


@pytest.mark.parametrize("name", UNITS)
def test_two_units_are_told(name: str) -> None:
    random = np.random.default_rng(1)
    column = UNITS[name](random)
    (finding,) = found(units.units, table(column, random.normal(size=ROWS)))
    assert "column 'it' are" in finding.fact
    other_things = random.normal(size=ROWS) + 3 * (column > np.sqrt(column.min() * column.max()))
    assert not found(units.units, table(column, other_things))


def test_a_unit_that_another_column_tells() -> None:
    random = np.random.default_rng(0)
    abroad, weight = some(random, 0.4), random.normal(75, 12, ROWS)
    pounds = np.where(abroad, weight * 2.20462, weight).round(1)
    (finding,) = found(units.units, table(pounds, abroad))
    assert "as column 'other 0' tells" in finding.fact and "kilograms and pounds" in finding.fact
    heavier = np.where(abroad, weight * 1.7, weight)  # no factor of two units
    assert not found(units.units, table(heavier, abroad))


def test_series_of_two_scales_are_told() -> None:
    random = np.random.default_rng(0)
    series = random.normal(0, 3, size=(120, 40, 1)).astype("float32")
    assert not found(units.units, case_of(series))
    series[::3] *= 1_000
    (finding,) = found(units.units, case_of(series))
    assert "33% of the series in channel 1 are 1000 times the others" in finding.fact


@pytest.mark.parametrize("name", HONEST)
def test_honest_columns_are_left_alone(name: str) -> None:
    for seed in range(3):
        random = np.random.default_rng(seed)
        case = table(HONEST[name](random), random.normal(size=ROWS), some(random, 0.3))
        assert [one.fact for look in LOOKS for one in look(case)] == []


def pictures(random: np.random.Generator, count: int = 120, channels: int = 1) -> np.ndarray:
    """uint8 (count, 12, 12, channels): strokes on black."""
    x = np.zeros((count, 12, 12, channels))
    for one in x:
        one[3:9, random.integers(3, 8)] = random.uniform(150, 250)
        one[random.integers(3, 8), 3:9] = random.uniform(100, 200)
    return x.round().astype("uint8")


def test_mixed_pictures_are_told() -> None:
    random = np.random.default_rng(0)
    x = pictures(random)
    assert not found(mixed_pictures.mixed_pictures, case_of(x))
    few = random.random(len(x)) < 0.2
    small = np.where(few[:, None, None, None], (x / 255).round(), x).astype("uint8")
    (finding,) = found(mixed_pictures.mixed_pictures, case_of(small))
    assert "pixels on another scale" in finding.fact
    turned = np.where(few[:, None, None, None], 255 - x, x)
    named: Any = {"named_sample": lambda place: f"{place}.png"}
    (finding,) = found(mixed_pictures.mixed_pictures, case_of(turned, **named))
    assert "are negatives" in finding.fact and f"{few.argmax()}.png" in finding.fact
    assert not found(mixed_pictures.mixed_pictures, case_of(turned, few[:, None].astype(int)))


def test_swapped_channels_are_told_where_no_class_tells_them() -> None:
    random = np.random.default_rng(0)
    x = random.uniform(0, 1, (120, 8, 8, 3)) * random.uniform(0.5, 1, (120, 1, 1, 1))
    x[..., 0] += 0.4
    few = random.random(len(x)) < 0.3
    swapped = np.where(few[:, None, None, None], x[..., ::-1], x).astype("float32")
    (finding,) = found(mixed_pictures.mixed_pictures, case_of(swapped))
    assert "red and blue swapped" in finding.fact
    assert not found(mixed_pictures.mixed_pictures, case_of(swapped, few[:, None].astype(int)))
    assert not found(mixed_pictures.mixed_pictures, case_of(x.astype("float32")))


def texts_of(texts: list[str]) -> Case:
    facts = TextFacts(0, 1, 10, lambda rows: rows, texts)
    return case_of(np.ones((len(texts), 4), "int32"), texts=facts)


def test_garbled_texts_are_told() -> None:
    honest = ["schöne Grüße aus Köln", "déjà vu – «oui»", "naïve café", "плохо", "不错", "ok"] * 20
    assert not found(garbled.garbled_texts, texts_of(honest))
    spoilt = [text.encode().decode("cp1252") for text in ("schöne Grüße", "it’s a café")]
    (finding,) = found(garbled.garbled_texts, texts_of([*honest, *spoilt, *spoilt]))
    assert "4 of 124" in finding.fact and "'Ã¶' for 'ö', first in row 121" in finding.fact
    (finding,) = found(garbled.garbled_texts, texts_of([*honest, *["caf\ufffd"] * 3]))
    assert "'\ufffd', first" in finding.fact


FOUR: dict[str, Any] = {
    "numeric": tuple("abcd"),
    "sources": {"a": [0], "b": [1], "c": [2], "d": [3]},
}


def separable(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    x = random.normal(size=(ROWS, 4)).astype("float32")
    return x, (x[:, :1] + 0.15 * random.normal(size=(ROWS, 1)) > 0).astype("int32")


def test_wrong_labels_are_listed(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    x, y = separable(random)
    known = dict(FOUR)
    known |= {"classes": ("no", "yes"), "lists": tmp_path / "study"}
    known["row_of"] = lambda part, place: 1_000 + place
    assert not found(wrong_labels.wrong_classes, case_of(x, y, **known))
    wrong = random.random(ROWS) < 0.08
    y[wrong] = 1 - y[wrong]
    (finding,) = found(wrong_labels.wrong_classes, case_of(x, y, **known))
    assert "are likely wrong: row 1" in finding.fact and "is no, rather yes" in finding.fact
    lines = (tmp_path / "study" / "doubtful_labels.csv").read_text().splitlines()
    rows = [int(line.split(",")[0].removeprefix("row ")) - 1_001 for line in lines[1:]]
    assert lines[0] == "sample,given,likelier,by" and len(rows) > 20 and wrong[rows].mean() > 0.8
    assert str(tmp_path / "study" / "doubtful_labels.csv") in finding.fact


def test_classes_that_overlap_are_honest() -> None:
    random = np.random.default_rng(0)
    x, _ = separable(random)
    odds = 1 / (1 + np.exp(-4 * x[:, :1]))
    rare = (random.random((ROWS, 1)) < 0.1).astype("int32")
    for y in ((random.random((ROWS, 1)) < odds).astype("int32"), rare):
        assert not found(wrong_labels.wrong_classes, case_of(x, y, **FOUR))


def test_slips_in_targets_are_listed() -> None:
    random = np.random.default_rng(0)
    x = random.normal(size=(ROWS, 4)).astype("float32")
    exact = 300 + 40 * x[:, :1] + 10 * x[:, 1:2]
    known = dict(FOUR)
    known["target_names"] = ("price",)
    for noise in (random.normal(0, 8, (ROWS, 1)), 8 * random.standard_t(3, (ROWS, 1))):
        assert not found(wrong_labels.slipped_targets, case_of(x, exact + noise, NUMBER, **known))
    y = exact + random.normal(0, 8, (ROWS, 1))
    y[[7, 70, 400]] *= 10
    (finding,) = found(wrong_labels.slipped_targets, case_of(x, y, NUMBER, **known))
    assert finding.fact.startswith("3 training values of target 'price' are")
    assert all(f"sample {place + 1} is" in finding.fact for place in (7, 70, 400))
