"""What tells the target beyond one column: each kind is found, and honest data stay silent."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from goodfit.doctor.case import Case
from goodfit.doctor.checks import (
    column_pairs,
    combined_columns,
    future_inputs,
    made_of_targets,
    telling_files,
    telling_places,
    telling_steps,
    telling_tokens,
    telling_words,
)
from goodfit.doctor.contract import Contract
from goodfit.doctor.finding import Finding
from goodfit.doctor.project import InTime, Project, TextFacts
from goodfit.doctor.samples import Samples
from toy_trainings import compiled, network

ROWS = 600
CHECKS = (
    combined_columns.combined_numbers,
    made_of_targets.made_of_targets,
    made_of_targets.several_targets_in_one,
    column_pairs.combined_classes,
    column_pairs.hidden_codes,
    telling_words.telling_words,
    telling_tokens.tokens_with_tags,
    telling_files.telling_files,
    telling_files.drawn_masks,
    telling_places.telling_places,
    telling_steps.telling_steps,
)
random = np.random.default_rng(0)
START_OF_CASES = np.random.default_rng(3).bit_generator.state
Columns = Mapping[str, np.ndarray]


@pytest.fixture(autouse=True)
def same_numbers_in_any_order() -> None:
    """Each test draws the same numbers, whichever were made before."""
    random.bit_generator.state = START_OF_CASES


def contract(units: int, classes: bool) -> Contract:
    if not classes:
        return Contract("numbers", "linear", units, "mean_squared_error")
    return Contract("yes-no", "sigmoid", units, "binary_crossentropy")


def project(x: np.ndarray, y: np.ndarray, promised: Contract, **known: Any) -> Case:
    """A project's case of samples in a random order; six in ten are for training."""
    y = y[:, None] if y.ndim == 1 else y
    order = np.random.default_rng(1).permutation(len(x))
    cuts = np.split(order, [int(0.6 * len(x)), int(0.8 * len(x))])
    train, validation, test = (Samples(x[rows], y[rows]) for rows in cuts)
    places = dict(zip(("train", "validation", "test"), cuts, strict=True))
    known = {"declared": promised, "known_y": train, "known_y_val": validation, **known}
    return Case(None, train, validation, project=Project(test=test, order=places, **known))  # type: ignore[arg-type]


def table(columns: Columns, y: np.ndarray, classes: bool = False) -> Case:
    """A table of numbers, and of words as a column for each."""
    sources: dict[str, list[int]] = {}
    blocks: list[np.ndarray] = []
    for name, column in columns.items():
        block = column[:, None]
        if column.dtype.kind == "U":
            block = block == np.unique(column)
        start = sum(one.shape[1] for one in blocks)
        sources[name] = [*range(start, start + block.shape[1])]
        blocks.append(block.astype("float64"))
    units = 1 if y.ndim == 1 else y.shape[1]
    names = ("price",) if units == 1 else tuple(f"label_{one}" for one in range(units))
    x = np.hstack(blocks).astype("float32")
    promised = contract(units, classes)
    y = y.astype("int32" if classes else "float32")
    return project(x, y, promised, sources=sources, target_names=names)


def found(case: Case) -> list[Finding]:
    """What the checks of leaks say of a project."""
    checks = (future_inputs.future_in_inputs,) if case.project.in_time else CHECKS
    return [finding for check in checks for finding in check(case)]


def normal(size: tuple[int, ...] = (ROWS,), scale: float = 1.0) -> np.ndarray:
    return random.normal(0, scale, size)


HIDDEN = normal()
YES = (HIDDEN + normal(scale=0.7) > 0).astype(int)
BESIDE: dict[str, np.ndarray] = {
    "age": HIDDEN + normal(scale=0.8),
    "height": normal(),
    "weight": HIDDEN + normal(),
}
AMOUNT, PRICE = random.integers(1, 20, ROWS), random.lognormal(3, 1, ROWS).round(2)
FIRST, SECOND, THIRD = (random.uniform(1, 10, ROWS) for _ in range(3))
SHOP = random.integers(0, 40, ROWS)
SALES = BESIDE["age"] + normal((40,))[SHOP] + normal()
DUE = 20_000 + random.integers(0, 300, ROWS)
PAID = DUE + np.where(YES, random.integers(1, 40, ROWS), -random.integers(0, 40, ROWS))
MONTHS = {f"month_{one}": random.lognormal(5, 0.5, ROWS).round(1) for one in range(12)}
LABELS = (random.random((ROWS, 4)) < [0.3, 0.2, 0.4, 0.1]).astype(int)
START = 20_000 + random.integers(0, 400, ROWS)
DAYS = 1 + random.poisson(8, ROWS)


def mean_by(group: np.ndarray, y: np.ndarray, rows: np.ndarray | None = None) -> np.ndarray:
    """(rows,): the mean of `y` in each row's group, of all rows or of some."""
    rows = np.ones(len(y), bool) if rows is None else rows
    sums, sizes = (np.bincount(group[rows], of[rows], 40) for of in (y, np.ones(len(y))))
    return np.asarray((sums / np.maximum(1, sizes))[group])


def others_mean(group: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(rows,): the mean of `y` of the other rows in each row's group."""
    sums, sizes = np.bincount(group, y)[group], np.bincount(group)[group]
    return np.asarray((sums - y) / np.maximum(1, sizes - 1))


def shown(**columns: np.ndarray) -> dict[str, np.ndarray]:
    """These columns, among honest ones."""
    return {"age": BESIDE["age"], **columns, "height": BESIDE["height"], "weight": BESIDE["weight"]}


def few_wrong(y: np.ndarray) -> np.ndarray:
    """The same numbers, some of them mended afterwards."""
    return np.asarray(y * np.where(random.random(len(y)) < 0.05, 1.5, 1))


def cases_of_tables() -> dict[str, tuple[Callable[[], Case], str, str]]:
    """How leaks come about, with their cases, what is said of them, and a word of what is named."""
    sold = shown(amount=AMOUNT, each=PRICE)
    both = shown(first=FIRST, second=SECOND)
    words = np.array([f"shop {one}" for one in SHOP])
    in_training = np.isin(np.arange(ROWS), np.random.default_rng(1).permutation(ROWS)[:360])
    assert in_training.sum() == 360
    combined, made = "combined-leak", "made-of-targets"
    return {
        "a product": (lambda: table(sold, AMOUNT * PRICE), combined, "'amount' and 'each'"),
        "a product, mended in some rows": (
            lambda: table(sold, few_wrong(AMOUNT * PRICE)), combined, "product"),
        "a ratio, rounded": (
            lambda: table(both, (FIRST / SECOND).round(3)), combined, "'first' and 'second'"),
        "growth in percent": (
            lambda: table(both, 100 * (FIRST - SECOND) / SECOND), combined, "ratio"),
        "a share of a sum": (lambda: table(both, FIRST / (FIRST + SECOND)), combined, "share"),
        "a duration": (
            lambda: table(shown(start=START, end=START + DAYS), DAYS), combined, "difference"),
        "a total of twelve": (
            lambda: table(shown(**MONTHS), sum(MONTHS.values())), combined, "12 columns"),
        "what came in less what went out": (
            lambda: table(shown(a=FIRST, b=SECOND, c=THIRD), FIRST + SECOND - THIRD), combined,
            "'a', 'b' and 'c'"),
        "a bill that was late": (
            lambda: table(shown(due=DUE, paid=PAID), YES, True), combined, "'due' and 'paid'"),
        "two flags": (
            lambda: table(shown(one=SHOP % 2, other=(SHOP + YES) % 2), YES, True), combined,
            "'one' and 'other'"),
        "a mean of groups": (
            lambda: table(shown(usual=mean_by(SHOP, SALES)), SALES), made, "'usual'"),
        "a mean of groups, rounded and scaled": (
            lambda: table(shown(usual=(10 * mean_by(SHOP, SALES) - 3).round(2)), SALES), made,
            "'usual'"),
        "a share of groups": (
            lambda: table(shown(usual=mean_by(SHOP, YES)), YES, True), made, "'usual'"),
        "a mean of the others": (
            lambda: table({**shown(usual=others_mean(SHOP, SALES)), "shop": words}, SALES), made,
            "'shop'"),
        "a mean of the others, and rare groups are one": (
            lambda: table(
                {**shown(usual=others_mean(SHOP, SALES)), "shop": np.where(SHOP < 12, words, "-")},
                SALES / 7 - 2,
            ),
            made, "'shop'"),
        "a running sum of a target that is learnt in other units": (
            lambda: table(shown(until_now=np.cumsum(SALES + 5)), SALES / 7 - 2), made, "running"),
        "a running sum": (
            lambda: table(shown(until_now=np.cumsum(SALES + 5)), SALES + 5), made, "running"),
        "how many labels": (
            lambda: table(shown(count=LABELS.sum(axis=1)), LABELS, True), made, "'label_0'"),
        "any label": (
            lambda: table(shown(some=LABELS.any(axis=1)), LABELS, True), made, "'some'"),
        "two targets in one": (
            lambda: table(shown(total=SALES + HIDDEN), np.stack([SALES, HIDDEN], axis=1)), made,
            "'total'"),
    }  # fmt: skip


def honest_tables() -> dict[str, Callable[[], Case]]:
    a, b = random.uniform(-1, 1, (2, ROWS))
    pair = shown(a=FIRST, b=SECOND)
    training = np.isin(np.arange(ROWS), np.random.default_rng(1).permutation(ROWS)[:360])
    noise = {f"nothing_{one}": normal() for one in range(4)}
    usual = mean_by(SHOP, SALES, training)
    return {
        "a product with noise": lambda: table(pair, FIRST * SECOND * (1 + normal(scale=0.02))),
        "a sum with noise": lambda: table(pair, FIRST + SECOND + normal(scale=0.1)),
        "a formula of three": lambda: table(
            shown(a=FIRST, b=SECOND, c=THIRD), FIRST * SECOND / THIRD),
        "a formula with a square": lambda: table(pair, 0.5 * FIRST * SECOND**2),
        "all columns there are": lambda: table({"a": FIRST, "b": SECOND}, FIRST * SECOND),
        "straight lines of all": lambda: table(shown(a=FIRST), 3 * FIRST + sum(BESIDE.values())),
        "straight lines of three": lambda: table(
            shown(a=FIRST, b=SECOND, c=THIRD), 3 * FIRST - 2 * SECOND + 0.5 * THIRD),
        "two good columns": lambda: table(
            shown(one=YES + normal(scale=0.24), other=YES + normal(scale=0.3)), YES, True),
        "a mean of the training rows": lambda: table(shown(usual=usual), SALES),
        "a straight line of whole numbers": lambda: table(shown(age_2=SHOP), 2 * SHOP + normal()),
        "labels": lambda: table(shown(near=LABELS[:, 0] + normal(scale=0.2)), LABELS, True),
        "exclusive or": lambda: table({**noise, "a": a, "b": b}, (a * b > 0).astype(int), True),
        "a chessboard": lambda: table(
            {**noise, "a": a, "b": b}, (np.floor(a * 3) + np.floor(b * 3)).astype(int) % 2, True),
        "clusters": lambda: table(
            {f"c{one}": 4 * YES + normal() for one in range(4)}, YES, True),
        "what is known beforehand": lambda: table(shown(near=YES + normal(scale=0.4)), YES, True),
    }  # fmt: skip


WORDS = [f"word{one}" for one in range(400)]


def texts(mark: Callable[[list[str], int], list[str]] = lambda words, y: words) -> Case:
    """Texts of twelve words each, which tell a little of their class, with a mark."""
    kinds, shares = random.integers(0, 2, ROWS), np.linspace(0.6, 1.4, 400)
    chances = [shares / shares.sum(), shares[::-1] / shares.sum()]
    lines = [mark([*random.choice(WORDS, 12, p=chances[kind])], int(kind)) for kind in kinds]
    vocabulary = sorted({word for line in lines for word in line})
    codes = {word: code for code, word in enumerate(vocabulary, 2)}
    x = np.zeros((ROWS, max(map(len, lines))), "int32")
    for row, line in zip(x, lines, strict=True):
        row[: len(line)] = [codes[word] for word in line]
    facts = TextFacts(0, 1, 1_000, lambda rows: x[rows], known=[vocabulary])
    return project(
        x, kinds.astype("int32"), contract(1, True), texts=facts, classes=("cross", "glad")
    )


def beside_each_other(words: list[str], y: int) -> list[str]:
    """A word that all texts of a class have, and half of a dozen others that go with it."""
    kind = random.choice(["abcdefghijkl", "mnopqrstuvwx"][y:][:1])
    return [*words, *random.choice([*kind], 6, replace=False), *["thanks"] * y]


def sentences(ending: Callable[[int, int], int]) -> Case:
    """Tagged sentences; `ending` gives the code of a token's ending, by its word and tag."""
    words = random.integers(2, 60, (300, 10))
    tags = np.where(random.random(words.shape) < 0.3, random.integers(1, 3, words.shape), 0)
    ends = np.vectorize(ending)(words, tags)
    x = np.stack([words, ends], axis=-1).astype("int32")
    facts = TextFacts(0, 1, 100, lambda rows: x[rows], known=[WORDS[:70], [f"_{w}" for w in WORDS]])
    promised = Contract("one-of", "softmax", 3, "sparse_categorical_crossentropy")
    return project(x, tags, promised, texts=facts, classes=("O", "B-LOC", "B-PER"))


def pictures(mark: Callable[[np.ndarray, int], None] | None = None, **known: Any) -> Case:
    """Noisy discs of any size somewhere, brighter ones a little more often of the second class."""
    kinds = random.integers(0, 2, 300)
    down, right = np.meshgrid(*[np.linspace(-1, 1, 32)] * 2, indexing="ij")
    x = np.zeros((300, 32, 32, 3), "uint8")
    for image, kind in zip(x, kinds, strict=True):
        place = random.uniform(-0.5, 0.5, 2)
        inside = np.hypot(down - place[0], right - place[1]) < random.uniform(0.2, 0.5)
        grey = np.where(inside, random.uniform(0.4, 0.8) + 0.1 * kind, random.uniform(0.1, 0.4))
        image[:] = 255 * (grey[..., None] + normal((32, 32, 3), 0.1)).clip(0, 1)
        if mark is not None:
            mark(image, int(kind))
    return project(x, kinds.astype("int32"), contract(1, True), classes=("cat", "dog"), **known)


def corner(image: np.ndarray, kind: int) -> None:
    image[:3, :3] = 255 * kind


def frame(image: np.ndarray, kind: int) -> None:
    image[[0, -1]] = 60 + 90 * kind
    image[:, [0, -1]] = 60 + 90 * kind


def sign(image: np.ndarray, kind: int) -> None:
    image[26:31, 2:7] = 0
    image[26:31, 4 if kind else slice(2, 7, 2)] = 255


def masks(draw: Callable[[np.ndarray, np.ndarray], None] | None = None) -> Case:
    """Noisy pictures whose masks are discs; `draw` draws the mask into its picture."""
    down, right = np.meshgrid(*[np.linspace(-1, 1, 32)] * 2, indexing="ij")
    place = random.uniform(-0.5, 0.5, (2, 100, 1, 1))
    y = np.hypot(down - place[0], right - place[1]) < 0.4
    x = (120 + 60 * y[..., None] + normal((100, 32, 32, 3), 20)).clip(0, 255).astype("uint8")
    if draw is not None:
        draw(x, y)
    promised = Contract("one-of", "softmax", 2, "sparse_categorical_crossentropy")
    return project(x, y[..., None].astype("int32"), promised)


def waves(mark: Callable[[np.ndarray, np.ndarray], None] | None = None, **known: Any) -> Case:
    """Waves of three channels; those of the second class swing a little faster."""
    kinds = random.integers(0, 2, ROWS)
    turns = (12 + 2 * kinds + normal(scale=2))[:, None] * np.linspace(0, 3, 40)
    x = np.sin(turns + random.uniform(0, 6, (ROWS, 1)))[..., None] + normal((ROWS, 40, 3), 0.5)
    if mark is not None:
        mark(x, kinds)
    return project(x.astype("float32"), kinds.astype("int32"), contract(1, True), **known)


def first_step(x: np.ndarray, y: np.ndarray) -> None:
    x[:, 0, 1] = y


def short_ones(x: np.ndarray, y: np.ndarray) -> None:
    """The class in the first step; some series end before the others."""
    first_step(x, y)
    x[::3, 30:] = -1e9


def one_channel(x: np.ndarray, y: np.ndarray) -> None:
    x[:, :, 2] = 3 * y[:, None] + normal((ROWS, 1), 0.1)


MARKED: dict[str, tuple[Callable[[], Case], str, str]] = {
    "the label at the beginning": (
        lambda: texts(lambda words, y: ["label", ["no", "yes"][y], *words]), "telling-word",
        "'yes'"),
    "the source of one class": (
        lambda: texts(lambda words, y: [*words, *("source", "reuters")[: 2 * y]]), "telling-word",
        "'reuters'"),
    "a code in the last place": (
        lambda: texts(lambda words, y: ["0", "1", *words, str(y)]), "telling-word",
        "Word 1 from the end"),
    "tags in tokens": (
        lambda: sentences(lambda word, tag: tag + 100 if tag else word), "telling-word", "'_word9"),
    "a white corner": (lambda: pictures(corner), "telling-place", "Pixels 0 to 3 from the top"),
    "a frame": (lambda: pictures(frame), "telling-place", "outermost"),
    "a burnt-in sign": (lambda: pictures(sign), "telling-place", "from the left"),
    "another kind of file": (
        lambda: by_files(("jpg", "png")), "telling-place", "'dog' are .png files"),
    "a mask in a colour": (
        lambda: masks(lambda x, y: x.__setitem__(y, (255, 0, 0))), "telling-place", "one colour"),
    "a mask in a channel": (
        lambda: masks(lambda x, y: x.__setitem__((..., 2), y * 255)), "telling-place", "channel 3"),
    "the first step": (lambda: waves(first_step), "telling-place", "step 1"),
    "the first step of series that differ in length": (
        lambda: waves(short_ones, feature_padding=-1e9), "telling-place", "step 1"),
    "a channel that is the class": (lambda: waves(one_channel), "telling-place", "channel 3"),
}  # fmt: skip


def by_files(kinds: tuple[str, str]) -> Case:
    """Pictures whose files are of these kinds, by class."""
    case = pictures()
    y = case.train.y.ravel()
    return project(
        np.concatenate([case.train.x]), y, contract(1, True), classes=("cat", "dog"),
        named_sample=lambda row: f"{row}.{kinds[int(case_y(y)[row])]}",
    )  # fmt: skip


def case_y(y: np.ndarray) -> np.ndarray:
    """The training targets, in the order that `project` gives them."""
    return y[np.random.default_rng(1).permutation(len(y))]


HONEST: dict[str, Callable[[], Case]] = {
    "texts": texts,
    "texts with a strong word": lambda: texts(
        lambda words, y: [*words, *["free"] * int(y and random.random() < 0.6)]
    ),
    "texts with a word and others beside it": lambda: texts(beside_each_other),
    "texts of a few templates": lambda: texts(lambda words, y: [*["abcdefg", "hicdekl"][y]]),
    "sentences": lambda: sentences(lambda word, tag: word % 20 + 2),
    "pictures": pictures,
    "pictures in two kinds of files": lambda: by_files(("jpg", "jpeg")),
    "masks of brighter discs": masks,
    "waves": waves,
}


@pytest.mark.parametrize("name", [*cases_of_tables(), *MARKED])
def test_a_leak_is_found_and_named(name: str) -> None:
    make, right, word = {**cases_of_tables(), **MARKED}[name]
    findings = found(make())
    assert [finding.check for finding in findings if finding.check == right], findings
    assert any(word in finding.fact for finding in findings), findings


@pytest.mark.parametrize("name", [*honest_tables(), *HONEST])
def test_nothing_is_said_of_honest_data(name: str) -> None:
    assert found({**honest_tables(), **HONEST}[name]()) == []


def in_time(columns: Mapping[str, Any]) -> Case:
    """A project that forecasts the first of these columns, from all of them."""
    frame = pd.DataFrame(columns).dropna()
    cuts = [int(0.7 * len(frame)), int(0.85 * len(frame))]
    parts = np.split(frame.to_numpy(), cuts)
    values = dict(zip(("train", "validation", "test"), parts, strict=True))
    rows = InTime(values, {name: (0, 1) for name in values}, list(columns), 1, 6)
    x = np.zeros((10, 24, len(columns)), "float32")
    known = Project(declared=contract(6, False), in_time=rows)
    return Case(None, Samples(x, np.zeros((10, 6), "float32")), project=known)  # type: ignore[arg-type]


HOURS = np.arange(1_200)
WARM = 12 + 8 * np.sin(2 * np.pi * HOURS / 24) + np.cumsum(normal((1_200,), 0.1))
POWER = pd.Series(300 - 6 * WARM + 40 * np.sin(np.pi * HOURS / 6) + normal((1_200,), 8)).round(2)
FUTURE = {
    "a centred mean": POWER.rolling(5, center=True).mean().round(1),
    "a long centred mean": POWER.rolling(25, center=True).mean(),
    "the next row": POWER.shift(-1),
    "the change to come": POWER.shift(-1) - POWER,
    "the mean of the next six": POWER[::-1].rolling(6).mean()[::-1],
    "an average from behind": POWER[::-1].ewm(span=5).mean()[::-1],
}
PAST = {
    "a mean of the last": POWER.rolling(5).mean(),
    "the row before": POWER.shift(1),
    "the last change": POWER.diff(),
    "the same in another unit": POWER / 1_000,
    "a sensor beside it": POWER + normal((1_200,), 3),
    "the hour": pd.Series(HOURS % 24),
}


@pytest.mark.parametrize("name", FUTURE)
def test_a_column_made_of_what_comes_later_is_found(name: str) -> None:
    (finding,) = found(in_time({"power": POWER, "warm": WARM, "column": FUTURE[name]}))
    assert finding.check == "future-in-inputs"
    assert "'column' is made of 'power'" in finding.fact and "later" in finding.fact


@pytest.mark.parametrize("name", PAST)
def test_a_column_made_of_the_past_is_none(name: str) -> None:
    assert found(in_time({"power": POWER, "warm": WARM, "column": PAST[name]})) == []


def test_of_three_sums_of_other_columns_all_are_told_and_no_more() -> None:
    pairs = {f"{side}_{one}": random.uniform(1, 9, ROWS) for one in range(4) for side in "ab"}
    answers = np.stack([pairs[f"a_{one}"] * pairs[f"b_{one}"] for one in range(4)], axis=1)
    assert len(found(table(shown(**pairs), answers))) == combined_columns.MOST


def test_a_fix_names_every_column_of_a_sum() -> None:
    (finding,) = found(table(shown(**MONTHS), np.asarray(sum(MONTHS.values()))))
    assert re.findall(r"'(\w+)'", finding.fix) == list(MONTHS)
    assert finding.fix.endswith("to data.ignore, unless they are known before the answer")


def test_a_column_of_codes_that_stands_among_many_is_found() -> None:
    """Of 120 columns those that correlate are asked one by one; codes do not rise with a class."""
    many = {f"column_{one}": normal() + 0.4 * YES for one in range(120)}
    codes = np.array([0, 3, 5, 6, 1, 2, 4, 7])[np.where(YES, SHOP % 4, 4 + SHOP % 4)]
    (finding,) = found(table({**many, "age": BESIDE["age"], "code": codes}, YES, True))
    assert finding.check == "leaking-feature" and "'code' alone" in finding.fact


def test_the_next_step_of_a_wave_is_no_sum_in_a_script() -> None:
    """It is one of the two steps before it, to the last digit."""
    wave = np.sin(np.arange(ROWS + 8) * 1.3).astype("float32")
    x = np.lib.stride_tricks.sliding_window_view(wave[:-1], 8)[:ROWS]
    y = wave[8 : ROWS + 8, None]
    model = compiled(network(units=1, activation=None, inputs=8), "mean_squared_error")
    case = Case(model, Samples(x[:400], y[:400]), Samples(x[400:], y[400:]))
    assert [*combined_columns.combined_numbers(case)] == []


@pytest.mark.parametrize(("told", "wanted"), [(True, ["combined-leak"]), (False, [])])
def test_a_script_is_asked_only_where_the_other_columns_tell_something(
    told: bool, wanted: list[str]
) -> None:
    """Who tries a network on made-up numbers draws them at random, and adds some up."""
    x = random.uniform(1, 9, (ROWS, 6)).astype("float32")
    y = x[:, 1] * x[:, 2]
    x[:, 4] = y + 30 * normal() if told else x[:, 4]
    model = compiled(network(units=1, activation=None, inputs=6), "mean_squared_error")
    case = Case(model, Samples(x[:400], y[:400]), Samples(x[400:], y[400:]))
    findings = [*combined_columns.combined_numbers(case)]
    assert [finding.check for finding in findings] == wanted
    assert all("leave columns 2 and 3 out" in finding.fix for finding in findings)
