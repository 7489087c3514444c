"""Answers are typed, complete, free of contradictions, and survive being saved and read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from goodfit.answers import (
    VERSION,
    Answers,
    as_text,
    complete,
    default_answer,
    read_answer,
    read_answers_file,
)
from goodfit.cells import CELLS, TASKS
from goodfit.constraints import AnyOf, ListOf, OneOf, Truth, Words
from goodfit.errors import GoodfitError
from goodfit.plan import make_plan
from goodfit.questions import QUESTIONS
from goodfit.settings import BY_NAME
from hypothesis import given, settings
from hypothesis import strategies as st

REGRESSION = {"task": "regression"}
MULTICLASS = {"task": "multiclass-classification"}
MULTILABEL = {"task": "multilabel-classification"}
SEGMENTATION = {"task": "segmentation"}
TAGGING = {"task": "tagging"}
FORECASTING = {"task": "forecasting"}
ANOMALY = {"task": "anomaly-detection"}
IMAGE, TEXT, SERIES = ({"input": name} for name in ("image", "text", "series"))

ACCEPTED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "nothing at all": ({}, {"task": "binary-classification", "classes": 2, "rarest_share": 0.5}),
    "three classes": ({**MULTICLASS, "classes": "3"}, {"classes": 3, "rarest_share": 0.3333}),
    "a single target": ({**REGRESSION, "classes": 1}, {"classes": 1, "rarest_share": 1.0}),
    "several targets with outliers": (
        {**REGRESSION, "classes": 3, "outliers": "yes"},
        {"classes": 3, "outliers": True},
    ),
    "two labels": ({**MULTILABEL, "classes": 2}, {"classes": 2}),
    "a rare class": ({"rarest_share": "1%"}, {"rarest_share": 0.01}),
    "the fewest samples": ({"samples": 20}, {"samples": 20}),
    "pixels with classes": (
        SEGMENTATION,
        {"input": "image", "architecture": "u-net", "classes": 2, "image_size": 128},
    ),
    "tags": (TAGGING, {"input": "text", "architecture": "lstm", "classes": 5, "length": 64}),
    "a forecast": (
        FORECASTING,
        {"input": "series", "architecture": "mlp", "horizon": 12, "window": 24, "features": 1},
    ),
    "a forecast of three": ({**FORECASTING, "classes": 3}, {"features": 3}),
    "a forecast far ahead": ({**FORECASTING, "horizon": 30}, {"window": 60}),
    "a forecast of a short series": (
        {**FORECASTING, "samples": 60},
        {"horizon": 3, "window": 6},
    ),
    "a forecast with outliers": ({**FORECASTING, "outliers": "yes"}, {"outliers": True}),
    "anomalies in a table": (ANOMALY, {"input": "tabular", "architecture": "autoencoder"}),
    "few images": (IMAGE, {"architecture": "pretrained", "image_size": 160}),
    "many images": ({**IMAGE, "samples": "10k"}, {"architecture": "cnn", "image_size": 64}),
    "grey images": ({**IMAGE, "channels": "1"}, {"channels": 1, "architecture": "pretrained"}),
    "short texts": ({**TEXT, "length": 12}, {"architecture": "cnn", "length": 12}),
    "very many texts": ({**TEXT, "samples": "100k"}, {"architecture": "transformer"}),
    "series of one variable": (SERIES, {"features": 1, "length": 100}),
    "the architecture that is recommended": (
        {"architecture": "recommended", "samples": "1M"},
        {"architecture": "residual-mlp"},
    ),
    "overrides as text": ({"overrides": "dropout=0.4"}, {"overrides": {"dropout": 0.4}}),
}

REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a misspelt answer": ({"sampels": 100}, "did you mean samples?"),
    "an answer of nobody's": ({"zzzzzz": 1}, "remove it"),
    "a misspelt task": ({"task": "regresion"}, "did you mean regression?"),
    "a task that does not exist": ({"task": "zzz"}, "choose one"),
    "an architecture that does not exist": ({"architecture": "zzz"}, "one of recommended, mlp"),
    "an architecture of other inputs": ({"architecture": "lstm"}, "mlp, residual-mlp"),
    "an architecture of other tasks": ({"architecture": "u-net"}, "segmentation of image"),
    "a task of other inputs": ({**TAGGING, "input": "image"}, "tagging of text"),
    "an input of other tasks": ({**SEGMENTATION, **SERIES}, "anomaly-detection of series"),
    "one tag": ({**TAGGING, "classes": 1}, "at least 2"),
    "one class of pixels": ({**SEGMENTATION, "classes": 1}, "count the background"),
    "classes of anomalies": ({**ANOMALY, "classes": 3}, "leave classes out"),
    "two channels": ({**IMAGE, "architecture": "cnn", "channels": 2}, "1 or 3"),
    "an image size in a table": ({"image_size": 32}, "leave image_size out"),
    "a length of a forecast": ({**FORECASTING, "length": 10}, "leave length out"),
    "a size below what a backbone takes": (
        {**IMAGE, "architecture": "pretrained", "image_size": 20},
        "--image-size 32",
    ),
    "images of a few pixels": ({**IMAGE, "image_size": 8}, "from 16"),
    "a window longer than the split": ({**FORECASTING, "window": 990}, "at most 1,000"),
    "a horizon longer than the split": (
        {**FORECASTING, "samples": 100, "horizon": 15},
        "lower --window or --horizon",
    ),
    "more targets than variables": ({**FORECASTING, "classes": 3, "features": 2}, "--features"),
    "a nameless time": ({**FORECASTING, "time_column": " "}, "text that is not empty"),
    "too few samples": ({"samples": 19}, "from 20"),
    "a word for samples": ({"samples": "abc"}, "a whole number"),
    "one class": ({**MULTICLASS, "classes": 1}, "use binary-classification"),
    "two classes for many": ({**MULTICLASS, "classes": 2}, "at least 3"),
    "three classes for two": ({"classes": 3}, "another task"),
    "one label": ({**MULTILABEL, "classes": 1}, "at least 2"),
    "no target": ({**REGRESSION, "classes": 0}, "from 1"),
    "outliers in classes": ({"outliers": True}, "another task"),
    "a rare class of numbers": ({**REGRESSION, "rarest_share": 0.1}, "another task"),
    "more classes than samples": (
        {**MULTICLASS, "classes": 100, "samples": 200, "rarest_share": 0.01},
        "five samples a class",
    ),
    "a rarest class with most rows": ({"rarest_share": 0.9}, "at most 0.5"),
    "a name that is a path": ({"project_slug": "../x"}, "use the name x"),
    "a name of a package": ({"project_slug": "Keras"}, "use the name Keras-project"),
    "a name with spaces": ({"project_slug": "my model"}, "use the name my-model"),
    "a number for a description": ({"description": 5}, "text"),
}

OVERRIDES_REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "softmax for a number": ({**REGRESSION, "overrides": "output_activation=softmax"}, "linear"),
    "a loss of another task": ({"overrides": "loss=huber"}, "binary_crossentropy"),
    "another number of units": ({"overrides": "output_units=2"}, "--classes"),
    "a batch above the rows": ({"samples": 100, "overrides": "batch_size=61"}, "at most 60"),
    "patience that never fires": ({"overrides": "patience=5000"}, "patience below epochs"),
    "a schedule without an end": ({"overrides": "decay_epochs=5000"}, "ends in time"),
    "a monitor that is not logged": ({"overrides": "monitor=val_auc"}, "val_loss"),
    "a loss that is to grow": ({"overrides": "mode=max"}, "mode = 'min'"),
    "nothing left to train on": ({"overrides": "validation=0.5; test=0.4"}, "at most 0.8"),
    "a target column too many": ({"overrides": 'targets=["a", "b"]'}, "a list of 1"),
    "a setting of another task": ({"overrides": "standardize_targets=true"}, "leave"),
    "class weights for numbers": ({**REGRESSION, "overrides": "class_weight=none"}, "leave"),
    "a setting of another input": ({"overrides": "image_size=32"}, "leave image_size out"),
    "a setting of another architecture": ({"overrides": "blocks=2"}, "leave blocks out"),
    "heads that do not divide": (
        {"architecture": "transformer", "overrides": "heads=7"},
        "units = 112",
    ),
    "pooled tags": ({**TAGGING, "overrides": "pooling=mean"}, "none"),
    "no pooling for one answer": ({**TEXT, "overrides": "pooling=none"}, "one answer for"),
    "a level of what has none": ({"overrides": "feature_scaling=level"}, "only a forecast"),
    "another scale for a backbone": (
        {**IMAGE, "overrides": "feature_scaling=standardize"},
        "scales images itself",
    ),
    "fewer pixels than a backbone halves": ({**IMAGE, "overrides": "image_size=31"}, "from 32"),
    "masks among the images": ({**SEGMENTATION, "overrides": "mask_folder=images"}, "two folders"),
    "tags that are the tokens": ({**TAGGING, "overrides": "tag_column=0"}, "change either"),
    "a season longer than the window": (
        {**FORECASTING, "overrides": "anchor=season; season=99"},
        "lengthen data.window",
    ),
    "a forecast without a time": ({**FORECASTING, "overrides": 'time_column=""'}, "holds the time"),
    "two colours": ({**IMAGE, "architecture": "cnn", "overrides": "channels=2"}, "1 or 3"),
    "a number for columns": ({**SERIES, "overrides": "channels=1"}, "a list of columns"),
    "more halvings than pixels": ({**SEGMENTATION, "overrides": "image_size=7"}, "halved"),
    "a window that an override made too long": (
        {**FORECASTING, "overrides": "window=990"},
        "--window",
    ),
    "units of another horizon": ({**FORECASTING, "overrides": "output_units=3"}, "= 12"),
    "a head for anomalies": ({**ANOMALY, "overrides": "output_units=1"}, "leave output_units"),
    "a batch above the windows": (
        {**FORECASTING, "samples": 50, "overrides": "batch_size=30"},
        "at most 24",
    ),
    "two columns that mark anomalies": (
        {**ANOMALY, "overrides": 'targets=["a", "b"]'},
        "at most 1",
    ),
    "a misspelt setting": ({"overrides": "batchsize=32"}, "did you mean batch_size?"),
    "a word for a number": ({"overrides": "epochs=many"}, "a whole number"),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_is_accepted(case: str) -> None:
    given_, expected = ACCEPTED[case]
    answers = complete(given_)
    assert {name: getattr(answers, name) for name in expected} == expected
    make_plan(answers)


@pytest.mark.parametrize("case", REFUSED)
def test_is_refused(case: str) -> None:
    given_, message = REFUSED[case]
    with pytest.raises(GoodfitError) as refused:
        complete(given_)
    assert message in refused.value.message
    assert "\n  expected: " in refused.value.message and "\n  fix: " in refused.value.message


@pytest.mark.parametrize("case", OVERRIDES_REFUSED)
def test_an_override_is_refused(case: str) -> None:
    given_, message = OVERRIDES_REFUSED[case]
    answers = complete(given_)
    with pytest.raises(GoodfitError) as refused:
        make_plan(answers)
    assert message in refused.value.message
    assert "\n  expected: " in refused.value.message and "\n  fix: " in refused.value.message


def test_every_cell_is_accepted_with_its_defaults() -> None:
    for cell in CELLS:
        answers = complete(cell._asdict())
        assert (answers.input, answers.task, answers.architecture) == cell


def test_answers_toml_holds_what_was_worth_asking_and_nothing_else() -> None:
    for cell in CELLS:
        answers = complete(cell._asdict())
        saved = tomllib.loads(answers.to_toml())
        asked = {question.name for question in QUESTIONS if question.asked(answers)}
        assert saved.keys() | {"overrides", "evidence"} == asked | {VERSION}
        assert complete(saved) == answers


def test_a_default_is_found_from_the_answers_before_it_as_text() -> None:
    for cell in CELLS:
        answers = complete(cell._asdict())
        for question in QUESTIONS:
            default = default_answer(as_text(answers), question.name)
            if question.name not in cell._fields:
                assert read_answer(question, default) == getattr(answers, question.name)


def test_answers_and_questions_have_the_same_names_in_the_same_order() -> None:
    assert [question.name for question in QUESTIONS] == list(Answers.__dataclass_fields__)


SAMPLES_AND_TASKS = st.fixed_dictionaries(
    {
        "task": st.sampled_from([task.name for task in TASKS]),
        "architecture": st.just("recommended"),
        "samples": st.integers(20, 10**12),
        "accelerator": st.sampled_from(["cpu", "gpu"]),
    }
)
# Everything that can stand in a Python string but half a character, which no file can hold.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
AWKWARD = st.text("\"'\\;={}[]#,| \n\t%$é😀a\x00\x1b\x85\u2028\u202e", max_size=30)


def setting_values(name: str) -> st.SearchStrategy[Any]:
    """Values that the setting `name` may have."""
    constraint = BY_NAME[name].constraint
    if isinstance(constraint, Words):
        return (TEXT | AWKWARD).filter(constraint.accepts)
    if isinstance(constraint, OneOf):
        return st.sampled_from(constraint.words)
    if isinstance(constraint, Truth):
        return st.booleans()
    if isinstance(constraint, ListOf):
        words = st.lists(TEXT | AWKWARD, max_size=3) | st.lists(st.integers(1, 99), max_size=3)
        return words.filter(constraint.accepts)
    if isinstance(constraint, AnyOf):
        return st.integers(1, 3) | st.lists(TEXT | AWKWARD, max_size=3)
    numbers = st.integers(0, 10**9) | st.floats(0, 1, allow_nan=False)
    return numbers.filter(constraint.accepts)


# Numbers are plain; what text may hold is what breaks formats, so it is drawn as often as the rest.
TEXTUAL = [one.name for one in BY_NAME.values() if isinstance(one.constraint, Words | ListOf)]
OVERRIDES = (st.sampled_from(TEXTUAL) | st.sampled_from(sorted(BY_NAME))).flatmap(
    lambda name: st.fixed_dictionaries({name: setting_values(name)})
)


@given(SAMPLES_AND_TASKS, TEXT | AWKWARD, OVERRIDES)
def test_answers_survive_the_answers_file(
    some: dict[str, Any], description: str, overrides: dict[str, Any]
) -> None:
    answers = complete({**some, "description": description, "overrides": overrides})
    assert complete(tomllib.loads(answers.to_toml())) == answers


@settings(max_examples=300)
@given(SAMPLES_AND_TASKS, TEXT | AWKWARD, OVERRIDES, OVERRIDES)
def test_answers_survive_as_text(
    some: dict[str, Any], description: str, one: dict[str, Any], two: dict[str, Any]
) -> None:
    answers = complete({**some, "description": description, "overrides": one | two})
    assert complete(as_text(answers)) == answers


@given(TEXT | AWKWARD)
def test_a_description_is_one_printable_line_and_stays_as_it_is(text: str) -> None:
    description = complete({"description": text}).description
    assert description.isprintable()
    assert complete({"description": description}).description == description


def test_a_plain_description_is_kept_to_the_letter() -> None:
    text = 'Says "no" to {{ braces }}, {% tags %}, C:\\new | a > b, it\'s 😀 #1'
    assert complete({"description": text}).description == text


BROKEN_FILES: dict[str, bytes] = {
    "half a line": b"samples = ",
    "binary": b"\xff\xfe\x00\x01",
    "a key twice": b"samples = 100\nsamples = 200\n",
}


@pytest.mark.parametrize("case", BROKEN_FILES)
def test_a_broken_answers_file_is_refused(case: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    path.write_bytes(BROKEN_FILES[case])
    with pytest.raises(GoodfitError, match=r"answers\.toml"):
        read_answers_file(path)


def test_a_missing_answers_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(GoodfitError, match="check the path"):
            read_answers_file(path)
