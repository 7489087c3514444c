"""Near copies of training samples in other parts: what is found, and what is not taken for one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from goodfit.doctor.case import Case
from goodfit.doctor.checks.near_copies import copies_in, near_copies
from goodfit.doctor.checks.near_texts import near_texts
from goodfit.doctor.checks.neighbours import thumbnails
from goodfit.doctor.checks.shared_stems import shared_stems
from goodfit.doctor.checks.shared_windows import shared_windows
from goodfit.doctor.contract import Contract
from goodfit.doctor.finding import Finding
from goodfit.doctor.project import Project, TextFacts
from goodfit.doctor.samples import Samples
from PIL import Image

ROWS = 400
CLASSES = Contract("yes-no", "sigmoid", 1, "binary_crossentropy")
TEXTS = TextFacts(0, 1, 500, lambda rows: rows)


def draw(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def answers(count: int) -> np.ndarray:
    return (np.arange(count) % 2)[:, None]


def case_of(x: np.ndarray, seed: int = 0, **known: Any) -> Case:
    """Samples of a project, split at random: 60 % to learn from, 20 % for each other part."""
    order = draw(seed).permutation(len(x))
    train, validation, test = np.split(order, [len(x) * 6 // 10, len(x) * 8 // 10])
    parts = {"train": train, "validation": validation, "test": test}
    some = {name: Samples(x[rows], answers(len(rows))) for name, rows in parts.items()}
    usual: dict[str, Any] = {"declared": CLASSES, "test": some["test"]}
    usual["row_of"] = lambda part, place: int(parts[part][place])
    project = Project(**usual | known)
    return Case(None, some["train"], some["validation"], project=project)


def said(check: Callable[[Case], Any], case: Case) -> list[Finding]:
    return list(check(case))


def rows(columns: int = 10) -> np.ndarray:
    """Rows of numbers that go together a little, as float32."""
    free = draw().normal(size=(ROWS, columns))
    return (free + 0.4 * free @ draw(1).normal(size=(columns, columns))).astype("float32")


def with_noise(x: np.ndarray, share: float, times: int = 1) -> np.ndarray:
    few = np.repeat(x[: len(x) // 3], times, axis=0)
    return np.concatenate([x, few + draw(2).normal(size=few.shape) * share * x.std(axis=0)]).astype(
        "float32"
    )


def between(x: np.ndarray) -> np.ndarray:
    """With rows between two of the first, as SMOTE makes them."""
    few = x[:80]
    near = np.linalg.norm(few[:, None] - few, axis=2).argsort(axis=1)[:, 1:6]
    first = np.repeat(np.arange(80), 3)
    other = near[first, draw(3).integers(0, 5, len(first))]
    share = draw(4).random((len(first), 1))
    return np.concatenate([x, few[first] + share * (few[other] - few[first])]).astype("float32")


def one_column_anew(x: np.ndarray) -> np.ndarray:
    few = x[: len(x) // 3].copy()
    few[np.arange(len(few)), np.arange(len(few)) % x.shape[1]] += 2.5
    return np.concatenate([x, few])


def thing_of(x: np.ndarray, samples: int) -> np.ndarray:
    """Several rows of each thing."""
    things = np.repeat(x[: ROWS // samples], samples, axis=0)
    return (things + draw(5).normal(0, 0.05, things.shape)).astype("float32")


TABLES: dict[str, Callable[[], np.ndarray]] = {
    "copies with noise of 0.1 % of a deviation": lambda: with_noise(rows(), 0.001),
    "copies with noise of 3 %": lambda: with_noise(rows(), 0.03),
    "eight copies with noise of 1 %": lambda: with_noise(rows(), 0.01, 8),
    "four columns": lambda: with_noise(rows(4), 0.003),
    "rows made up by SMOTE": lambda: between(rows()),
    "copies with one column drawn anew": lambda: one_column_anew(rows()),
    "two rows of each person": lambda: thing_of(rows(), 2),
    "eight rows of each person": lambda: thing_of(rows(), 8),
    "twenty rows of each person": lambda: thing_of(rows(), 20),
    "copies beside codes": lambda: np.hstack(
        [with_noise(rows(), 0.01), draw(6).integers(0, 2, (ROWS + ROWS // 3, 20))]
    ).astype("float32"),
}


@pytest.mark.parametrize("name", TABLES)
def test_copies_of_rows_are_found(name: str) -> None:
    (finding,) = said(near_copies, case_of(TABLES[name]()))
    assert finding.check == "near-copies" and finding.level == "warning"


def clusters(count: int) -> np.ndarray:
    centres = draw(7).uniform(-10, 10, (count, 8))
    return (centres[np.arange(ROWS) % count] + draw(8).normal(0, 0.3, (ROWS, 8))).astype("float32")


def curve() -> np.ndarray:
    turns = np.linspace(0, 6, ROWS)[:, None] * np.arange(1, 9)
    return np.sin(turns).astype("float32")


def whole_numbers() -> np.ndarray:
    """Of few kinds, beside a code that tells equal ones apart."""
    one, other, code = draw(19).integers(0, 25, (3, ROWS))
    return np.stack([one, other, one + other, code % 4], axis=1).astype("float32")


GRID = np.stack(np.meshgrid(np.arange(20.0), np.arange(20.0)), -1).reshape(-1, 2)
USUAL: dict[str, Callable[[], np.ndarray]] = {
    "rows of numbers": rows,
    "four columns": lambda: rows(4),
    "clusters": lambda: clusters(4),
    "a curve without noise": curve,
    "points on a curve": lambda: np.sin(draw().uniform(0, 6, (ROWS, 1)) * np.arange(1, 9)).astype(
        "float32"
    ),
    "whole numbers that go together": whole_numbers,
    "a grid": lambda: (GRID @ draw(9).normal(size=(2, 6))).astype("float32"),
    "a random walk": lambda: np.cumsum(draw().normal(size=(ROWS, 6)), axis=0).astype("float32"),
    "long tails": lambda: draw().lognormal(0, 2, (ROWS, 6)).astype("float32"),
    "rounded numbers": lambda: draw().normal(size=(ROWS, 6)).round(1).astype("float32"),
    "counts": lambda: draw().poisson(15, (ROWS, 6)).astype("float32"),
    "many zeros": lambda: (
        draw().lognormal(0, 1, (ROWS, 8)) * (draw(1).random((ROWS, 8)) < 0.6)
    ).astype("float32"),
    "codes": lambda: draw().integers(0, 3, (ROWS, 8)).astype("float32"),
    "equal rows in training": lambda: np.repeat(rows()[:50], 8, axis=0),
    "columns that say the same": lambda: np.hstack([rows(4), rows(4) * 3]),
}


@pytest.mark.parametrize("name", USUAL)
def test_what_is_usual_in_tables_is_no_copy(name: str) -> None:
    assert not said(near_copies, case_of(USUAL[name]()))


def test_a_class_of_few_rows_is_no_heap_of_copies() -> None:
    x = clusters(50)
    many = Contract("one-of", "softmax", 50, "sparse_categorical_crossentropy")
    y = (np.arange(ROWS) % 50)[:, None]
    parts = Samples(x[:240], y[:240]), Samples(x[240:], y[240:])
    case = Case(None, *parts, project=Project(declared=many))
    assert not said(near_copies, case)
    other = Samples(x[:240], answers(240)), Samples(x[240:], answers(160))
    case = Case(None, *other, project=Project(declared=CLASSES))
    assert said(near_copies, case)


def test_rows_are_named_and_removing_those_of_the_list_is_enough(tmp_path: Path) -> None:
    x = with_noise(rows(), 0.01, 4)
    (finding,) = said(near_copies, case_of(x, lists=tmp_path))
    first, second = finding.fact.split(": ")[1].split("; ")[0].replace("row ", "").split(" and ")
    assert abs(x[int(first) - 1] - x[int(second) - 1]).max() < 0.3
    listed = (tmp_path / "near_copies.csv").read_text().splitlines()
    assert (
        listed[0] == "remove,copy_of" and f"remove the {len(listed) - 1:,} samples" in finding.fix
    )
    gone = [int(line.split(",")[0]) - 1 for line in listed[1:]]
    assert len(gone) > 400 and not said(near_copies, case_of(np.delete(x, gone, axis=0)))


def test_rows_that_follow_one_another_in_time_are_not_asked() -> None:
    assert not said(near_copies, case_of(with_noise(rows(), 0.01), in_order=True))


def test_arrays_of_a_script_are_numbered_in_their_part() -> None:
    layers = keras.layers
    model = keras.Sequential([keras.Input((10,)), layers.Dense(1, activation="sigmoid")])
    model.compile("adam", "binary_crossentropy")
    parts = case_of(with_noise(rows(), 0.01))
    case = Case(model, parts.train, parts.validation)
    (finding,) = said(near_copies, case)
    assert "validation number" in finding.fact and "training number" in finding.fact
    assert "GroupShuffleSplit" in finding.fix


def drawn(side: int = 32) -> np.ndarray:
    """uint8 (ROWS, side, side, 3): coarse patterns, each another one."""
    coarse = draw(10).uniform(0, 255, (ROWS // 2, 8, 8, 3))
    return coarse.repeat(side // 8, axis=1).repeat(side // 8, axis=2).astype("uint8")


def enlarged(x: np.ndarray, side: int = 32) -> np.ndarray:
    return np.stack([np.asarray(Image.fromarray(one).resize((side, side))) for one in x])


def turned_by(x: np.ndarray, degrees: float) -> np.ndarray:
    return np.stack([np.asarray(Image.fromarray(one).rotate(degrees)) for one in x])


PICTURES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "mirrored": lambda x: x[:, :, ::-1],
    "upside down": lambda x: x[:, ::-1],
    "a quarter turned": lambda x: np.rot90(x, axes=(1, 2)),
    "darker": lambda x: (x * 0.6).astype("uint8"),
    "cut and made large again": lambda x: enlarged(x[:, 2:-2, 1:-3]),
    "cut and mirrored": lambda x: enlarged(x[:, 1:-2, 3:])[:, :, ::-1],
    "with another margin": lambda x: np.pad(x[:, 2:-2, 2:-2], ((0, 0), (2, 2), (2, 2), (0, 0))),
    "moved": lambda x: np.roll(x, (2, -3), axis=(1, 2)),
    "turned by ten degrees": lambda x: turned_by(x, 10),
    "with noise": lambda x: (x + draw(11).normal(0, 12, x.shape)).clip(0, 255).astype("uint8"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_that_were_changed_a_little_are_found(name: str) -> None:
    x = drawn()
    (finding,) = said(near_copies, case_of(np.concatenate([x, PICTURES[name](x[:70])])))
    assert "show what a training image shows" in finding.fact


def test_other_pictures_and_plain_ones_are_no_copies() -> None:
    x = drawn()
    assert not said(near_copies, case_of(x))
    x[::2] = np.arange(100, dtype="uint8")[:, None, None, None]
    assert not said(near_copies, case_of(x))


def shapes() -> np.ndarray:
    """uint8 (ROWS, 32, 32, 3): discs and boxes of few sizes on noise, wherever they are."""
    random, x = draw(20), draw(21).normal(90, 12, (ROWS, 32, 32, 3))
    down, right = np.mgrid[:32, :32]
    for place, picture in enumerate(x):
        middle, size = random.uniform(10, 22, 2), random.choice([5, 7, 9])
        away = np.abs(np.stack([down - middle[0], right - middle[1]]))
        inside = (away.max(axis=0) if place % 2 else np.hypot(*away)) < size
        picture[inside] += random.uniform(40, 120)
    return x.clip(0, 255).astype("uint8")


def cloth() -> np.ndarray:
    """uint8 (ROWS, 32, 32, 1): threads as far apart as in every other piece, from any place on."""
    begin = draw(22).uniform(0, 6, (2, ROWS, 1, 1))
    down, right = np.mgrid[:32, :32]
    woven = np.sin(down * 0.8 + begin[0]) + np.sin(right * 0.8 + begin[1])
    pixels = 120 + 40 * woven + draw(23).normal(0, 8, woven.shape)
    return pixels.clip(0, 255).astype("uint8")[..., None]


@pytest.mark.parametrize("make", [shapes, cloth])
def test_pictures_of_one_kind_are_no_copies(make: Callable[[], np.ndarray]) -> None:
    assert not said(near_copies, case_of(make()))


def test_plain_pictures_are_no_copies_of_one_another() -> None:
    x = drawn()
    x[::20] = np.arange(10, dtype="uint8")[:, None, None, None]
    assert (copies_in(x[:100], x[100:]).of == -1).all()


@pytest.mark.parametrize("side", [28, 32, 74, 160])
def test_a_mirrored_picture_has_a_mirrored_thumbnail(side: int) -> None:
    x = draw().integers(0, 255, (3, side, side, 1))
    small = thumbnails(x)
    assert np.allclose(thumbnails(x[:, :, ::-1]), small[:, :, ::-1], atol=1e-5)


def waves() -> np.ndarray:
    turns = draw(12).uniform(3, 7, (ROWS, 1, 1)) * np.linspace(0, 6, 48)[:, None]
    shifted = turns + draw(13).uniform(0, 6, (ROWS, 1, 2))
    return (np.sin(shifted) + draw(14).normal(0, 0.3, shifted.shape)).astype("float32")


def test_series_with_noise_are_found_and_other_series_are_not() -> None:
    x = waves()
    assert not said(near_copies, case_of(x))
    copies = x[:150] + draw(15).normal(0, 0.05, x[:150].shape)
    assert said(near_copies, case_of(np.concatenate([x, copies]).astype("float32")))


def test_series_of_another_device_are_found() -> None:
    x = waves()
    (finding,) = said(near_copies, case_of(np.concatenate([x, (x[:150] + 0.4).round(2)])))
    assert "near copy" in finding.fact


def test_series_a_step_later_are_found_in_projects() -> None:
    x = waves()
    later = np.concatenate([x, np.roll(x[:120], -1, axis=1)])
    assert said(shared_windows, case_of(later))
    assert not said(shared_windows, case_of(later, declared=None))


def windows(step: int) -> np.ndarray:
    """Windows of 40 steps of one long series, each `step` steps after the one before it."""
    long = np.cumsum(draw(16).normal(size=(3_000, 2)), axis=0).astype("float32")
    return np.stack([long[at : at + 40] for at in range(0, 2_960, step)])


@pytest.mark.parametrize("declared", [CLASSES, None])
@pytest.mark.parametrize("step", [1, 5, 20])
def test_windows_that_overlap_are_found(step: int, declared: Contract | None) -> None:
    (finding, *_) = said(shared_windows, case_of(windows(step), declared=declared))
    assert finding.check == "shared-rows" and "steps that training windows hold" in finding.fact
    assert ("data.group" in finding.fix) == (declared is not None)


def test_windows_of_one_channel_and_tables_with_codes() -> None:
    (finding, *_) = said(shared_windows, case_of(windows(1)[:, :, 0], declared=None))
    assert finding.check == "shared-rows"
    codes = np.eye(12)[draw().integers(0, 12, ROWS)]
    table = np.hstack([rows(4), codes, codes[::-1]]).astype("float32")
    assert not said(shared_windows, case_of(table, declared=None))


def test_windows_that_do_not_overlap_or_follow_in_time_are_not() -> None:
    assert not said(shared_windows, case_of(windows(40)))
    assert not said(shared_windows, case_of(windows(1), in_order=True))
    assert not said(shared_windows, case_of(waves().round(0)))
    few = draw().integers(0, 4, (1_600, 50, 1)).astype("float32")
    assert not said(shared_windows, case_of(few, declared=None))
    x = windows(1)
    one, other = (Samples(some, answers(len(some))) for some in (x[:2_000], x[2_000:]))
    case = Case(None, one, other, project=Project(declared=CLASSES))
    assert not said(shared_windows, case)


def texts(length: int = 14) -> np.ndarray:
    """int32 (ROWS, 20): codes of words, a few of them common."""
    codes = (draw(17).pareto(0.8, (ROWS, 20)) * 3 + 2).clip(2, 499).astype("int32")
    codes[:, length:] = 0
    return codes


def other_word(codes: np.ndarray) -> np.ndarray:
    codes = codes.copy()
    codes[:, 5] = 499
    return codes


def turned_round(codes: np.ndarray) -> np.ndarray:
    return np.hstack([codes[:, 6:14], codes[:, :6], codes[:, 14:]])


@pytest.mark.parametrize("change", [other_word, turned_round])
@pytest.mark.parametrize("axes", [2, 3])
def test_texts_but_for_a_word_are_found(
    change: Callable[[np.ndarray], np.ndarray], axes: int
) -> None:
    codes = texts()
    codes = np.concatenate([codes, change(codes[:150])])
    codes = codes if axes == 2 else np.stack([codes, codes % 7], axis=2)
    (finding,) = said(near_texts, case_of(codes, texts=TEXTS))
    assert "but for a word or two" in finding.fact


def test_sentences_in_another_case_are_found() -> None:
    codes = np.stack([texts(), texts() % 7], axis=2)
    other = np.stack([texts()[:150], np.full((150, 20), 8)], axis=2)
    assert said(near_texts, case_of(np.concatenate([codes, other]), texts=TEXTS))
    assert not said(near_texts, case_of(np.concatenate([codes, codes[:150]]), texts=TEXTS))


def forms() -> np.ndarray:
    """Forms of thirteen words that are filled in with one more, forty times each."""
    codes = np.repeat(texts()[: ROWS // 40], 40, axis=0)
    codes[:, 13] = draw(18).integers(2, 499, ROWS)
    return codes


SAYINGS: dict[str, Callable[[], np.ndarray]] = {
    "texts": texts,
    "short texts that repeat": lambda: draw().integers(2, 9, (ROWS, 3)).astype("int32"),
    "a form that is filled in": forms,
    "few words": lambda: draw().integers(2, 12, (ROWS, 14)).astype("int32"),
}


@pytest.mark.parametrize("name", SAYINGS)
def test_what_is_usual_in_texts_is_no_copy(name: str) -> None:
    assert not said(near_texts, case_of(SAYINGS[name](), texts=TEXTS))


def named(names: list[str], share: int = 3) -> Project:
    parts: dict[str, Any] = {"train": [], "validation": []}
    for place, name in enumerate(names):
        parts["validation" if place % share == 0 else "train"].append(name)
    return Project(declared=CLASSES, names=parts)


def stems_said(names: list[str], y: np.ndarray | None = None) -> list[Finding]:
    project = named(names)
    count = len((project.names or {})["train"])
    train = Samples(np.zeros((count, 2)), answers(count) if y is None else y[:count])
    return said(shared_stems, Case(None, train, None, project=project))


STEMS = {
    "slices of patients": [
        f"a/patient{one:02}_slice{two}.png" for one in range(30) for two in "1234"
    ],
    "frames of videos": [
        f"video_{one}_frame_{two:04}.jpg" for one in range(20) for two in range(9)
    ],
    "changed pictures": [f"cat_{one:03}-aug{two}.jpg" for one in range(50) for two in range(3)],
}


@pytest.mark.parametrize("name", STEMS)
def test_names_that_begin_alike_are_found(name: str) -> None:
    (finding,) = stems_said(STEMS[name])
    assert finding.check == "shared-stems" and "data.group=stem" in finding.fix


@pytest.mark.parametrize("given_parts", [False, True])
def test_pictures_whose_names_begin_alike_are_to_be_kept_together(given_parts: bool) -> None:
    x = drawn()
    x = np.concatenate([x, (x * 0.7).astype("uint8")])
    parts = np.split(draw().permutation(len(x)), [len(x) * 6 // 10, len(x) * 8 // 10])
    names = [f"thing{place % (ROWS // 2):03}_{place // (ROWS // 2)}.png" for place in range(len(x))]
    known: dict[str, Any] = {
        part: [names[place] for place in some]
        for part, some in zip(("train", "validation", "test"), parts, strict=True)
    }
    (finding,) = said(near_copies, case_of(x, names=known, given_parts=given_parts))
    assert ("data.group=stem" in finding.fix) != given_parts and "thing" in finding.fact
    assert ("folders train/" in finding.fix) == given_parts


def test_numbers_and_names_of_classes_are_no_stems() -> None:
    assert not stems_said([f"drawn_{place}.png" for place in range(200)])
    assert not stems_said([f"{place:05}.png" for place in range(200)])
    some = [f"p{place // 4:02}_{place % 4}.png" for place in range(60)]
    assert not stems_said([*some, *(f"photo{place}.png" for place in range(100))])
    classes = [f"n{place // 20:05}_{place}.jpg" for place in range(300)]
    train = [name for place, name in enumerate(classes) if place % 3]
    assert stems_said(classes)
    codes = np.unique([name.split("_")[0] for name in train], return_inverse=True)[1][:, None]
    assert not stems_said(classes, codes)
