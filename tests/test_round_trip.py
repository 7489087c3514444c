"""Predictions and scores held to account: what agrees is silent, and each seam is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from goodfit.doctor.checks.round_trip import COUNTED, differences, other_network, other_value
from goodfit.doctor.project import RoundTrip
from goodfit.doctor.trips import Score, trip_in_time, trip_of_rows
from goodfit.doctor.unanswered import blanked, unanswered
from sklearn import metrics

SCORES = ("roc_auc", "balanced_accuracy")
RANDOM = np.random.default_rng(0)
ROWS = 200
TABLE = pd.DataFrame({"x": RANDOM.normal(size=ROWS)})
TABLE["y"] = np.where(TABLE["x"] + RANDOM.normal(size=ROWS) > 0, "yes", "no")
TABLE.index = RANDOM.permutation(ROWS)  # as a part of a table has it


def ask(table: pd.DataFrame) -> np.ndarray:
    """(rows, 1): what a network says of x."""
    return 1 / (1 + np.exp(-table[["x"]].to_numpy()))


def decode(outputs: np.ndarray, table: pd.DataFrame) -> pd.DataFrame:
    names = np.where(outputs.ravel() > 0.5, "yes", "no")
    return pd.DataFrame({"y": names, "probability": np.abs(outputs - 0.5).ravel().round(4) + 0.5})


def predict(table: pd.DataFrame) -> pd.DataFrame:
    assert "y" not in table
    return decode(ask(table), table)


ACCURACY = float(np.mean(decode(ask(TABLE), TABLE)["y"].to_numpy() == TABLE["y"].to_numpy()))


def trip(
    predict: Callable[[pd.DataFrame], pd.DataFrame] = predict,
    decode: Callable[[np.ndarray, pd.DataFrame], pd.DataFrame] = decode,
    test: pd.DataFrame = TABLE,
    outputs: np.ndarray | None = None,
    score: float = ACCURACY,
) -> RoundTrip:
    truth = {"y": test["y"].to_numpy()}
    outputs = ask(test) if outputs is None else outputs
    return trip_of_rows(predict, decode, test, outputs, ["y"], truth, Score("accuracy", score))


def found(made: Callable[[], RoundTrip]) -> list[str]:
    return [finding.check for finding in differences(made)]


def mean_of_its_own(table: pd.DataFrame) -> pd.DataFrame:
    return predict(table - table.mean())


def drops(table: pd.DataFrame) -> pd.DataFrame:
    return predict(table[table["x"] > -1])


def fails(table: pd.DataFrame) -> pd.DataFrame:
    raise ValueError("no such column")


def turned(outputs: np.ndarray, table: pd.DataFrame) -> pd.DataFrame:
    return decode(1 - outputs, table)


SEAMS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "all is well": ({}, []),
    "other answers": ({"predict": lambda table: predict(table[::-1])}, ["prediction-differs"]),
    "rows that go": ({"predict": drops}, ["prediction-differs"]),
    "no answers": ({"predict": fails}, ["prediction-differs"]),
    "names turned": (
        {"decode": turned, "predict": lambda table: turned(ask(table), table)},
        ["score-differs"],
    ),
    "another score": ({"score": ACCURACY + 0.1}, ["score-differs"]),
    "other samples": ({"outputs": ask(TABLE)[:100]}, ["prediction-differs"]),
}


@pytest.mark.parametrize("seam", SEAMS)
def test_each_seam_is_seen(seam: str) -> None:
    given, wanted = SEAMS[seam]
    names = found(lambda: trip(**given))
    assert names[: len(wanted)] == wanted and bool(names) == bool(wanted)


def test_a_sample_alone_is_answered_as_among_others() -> None:
    assert "alone-differs" in found(lambda: trip(predict=mean_of_its_own))


def test_ties_that_rounding_settles_are_no_difference() -> None:
    def nearly(table: pd.DataFrame) -> pd.DataFrame:
        answers = predict(table)
        return answers.assign(probability=answers["probability"] + 1e-4)

    assert found(lambda: trip(predict=nearly)) == []


def test_windows_in_time() -> None:
    size, horizon = 8, 2
    values = np.sin(np.arange(100) / 3)
    table = pd.DataFrame({"time": np.arange(100), "y": values})
    outputs = np.array([[values[at + 5]] * 2 for at in range(len(values) - size + 1)])

    def decoded(outputs: np.ndarray, rows: pd.DataFrame) -> pd.DataFrame:
        times = rows[["time"]].tail(horizon).reset_index(drop=True)
        return times.assign(y=outputs[-1])

    def forecast(rows: pd.DataFrame) -> pd.DataFrame:
        assert rows["y"].tail(horizon).isna().all()
        return decoded(np.array([[rows["y"].iloc[-horizon - 1]] * 2]), rows)

    def score(places: np.ndarray, steps: int = 2) -> float:
        true = np.array([values[at + size - horizon : at + size] for at in places])
        return float(np.sqrt(np.mean((outputs[places] - true)[:, :steps] ** 2)))

    def made(forecast: Any = forecast, score: Any = score) -> RoundTrip:
        where = (["y"], "time", horizon, "rmse")
        return trip_in_time(forecast, decoded, table, outputs, *where, score)

    assert found(made) == []
    assert found(lambda: made(score=lambda places: score(places, 1))) == ["score-differs"]
    late = found(lambda: made(lambda rows: forecast(rows).assign(y=0.1)))
    assert late == ["prediction-differs"]


def test_scores_are_counted_from_answers_alone() -> None:
    errors = np.array([0.1, 0.2, 0.9, 0.4])
    marks = np.array([0, 0, 1, 1])
    assert COUNTED["roc_auc"]({"times_threshold": errors}, {"mark": marks}) == 1
    assert COUNTED["roc_auc"]({"times_threshold": -errors}, {"mark": marks}) == 0
    labels = {"p(a)": np.array([0.9, 0.1]), "p(b)": np.array([0.9, 0.9])}
    assert COUNTED["micro_f1"](labels, {"a": np.ones(2), "b": np.ones(2)}) == pytest.approx(6 / 7)
    said, true = np.array(["a/O b/B-X"], object), np.array(["a/O b/O"], object)
    assert COUNTED["token_accuracy"]({"tagged": said}, {"tagged": true}) == 0.5
    two = {"a": np.array([0.0, 2.0]), "b": np.zeros(2)}
    assert COUNTED["rmse"](two, {"a": np.zeros(2), "b": np.ones(2)}) == pytest.approx(
        (2**0.5 + 1) / 2
    )


def test_scores_of_rare_classes_are_counted_from_answers_alone() -> None:
    answers, marks = decode(ask(TABLE), TABLE), TABLE["y"].to_numpy()
    decoded = {name: answers[name].to_numpy() for name in answers}
    area, balanced = (COUNTED[name](decoded, {"y": marks}) for name in SCORES)
    assert area == pytest.approx(metrics.roc_auc_score(marks == "yes", ask(TABLE)), abs=1e-3)
    assert balanced == pytest.approx(metrics.balanced_accuracy_score(marks, answers["y"]))


def test_what_is_kept_is_the_network_that_was_chosen() -> None:
    assert not [*other_value(0.5, 0.501, 3, "val_loss")]
    assert [*other_value(0.5, 0.6, 3, "val_loss")]
    outputs = RANDOM.normal(size=(50, 3)).astype("float32")
    assert not [*other_network(outputs, outputs + 1e-6)]
    assert [*other_network(outputs, outputs[::-1])]


def test_what_is_no_number_is_no_answer() -> None:
    answers = decode(ask(TABLE[:4]), TABLE[:4])
    outputs = np.array([[0.2], [np.nan], [0.4], [np.inf]])
    assert blanked(answers, np.zeros((4, 2))).equals(answers) and unanswered(answers) == ""
    left = blanked(answers, outputs)
    assert left["y"].isna().tolist() == [False, True, False, True]
    assert unanswered(left).endswith("for 2 of 4: number 2 is the first")
    forecast = blanked(answers.assign(y=1), np.array([[1.0, np.nan]]))
    assert forecast["probability"].isna().all()
