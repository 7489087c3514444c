"""What many trainings say together, and what becomes of it: `explain`, DECISIONS.md, the pages."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import evidence
import evidence_page
import pytest
from click.testing import CliRunner
from evidence_changes import CHANGES, one_layer, weights_between
from evidence_sets import evidence_sets, stripped
from evidence_sums import AS_GENERATED, Line, gain, holm, needs_more, summary
from goodfit.answers import complete
from goodfit.cells import ARCHITECTURES
from goodfit.cli import main
from goodfit.plan import make_plan
from goodfit.render import render
from goodfit.rulebook import evidence as quoted
from goodfit.settings import BY_NAME, require_setting


def result(score: float, lower: bool = False, **more: Any) -> dict[str, Any]:
    """What one training leaves."""
    kept = {"headline": "rmse" if lower else "accuracy", "score": score, "lower_is_better": lower}
    return {**kept, "epochs": 9, "seconds": 4.0, **more}


def lines(gains: list[float], arm: str = "no dropout", counts: bool = True) -> list[Line]:
    """Pairs of trainings on as many sets, two seeds each, the second a little off."""
    made = []
    for place, points in enumerate(gains):
        for seed, off in enumerate((-0.001, 0.001)):
            key = f"own {place} {seed}"
            name = f"set {place}"
            own = (key, "", "tabular", name, AS_GENERATED, "", "", {}, True, seed, result(0.8))
            made.append(Line(*own))
            other = result(0.8 - points / 100 + off)
            turned = ("DROP01", "dropout", {"model.dropout": "0.0"})
            made.append(
                Line(f"{arm} {key}", key, "tabular", name, arm, *turned, counts, seed, other)
            )
    return list({line.key: line for line in made}.values())


def test_a_gain_is_points_of_a_score_or_per_cent_of_an_error() -> None:
    assert gain(result(0.81), result(0.79)) == pytest.approx(2)
    assert gain(result(1.0, lower=True), result(1.1, lower=True)) == pytest.approx(9.53, abs=0.01)
    there = gain(result(2.0, lower=True), result(1.0, lower=True))
    back = gain(result(1.0, lower=True), result(2.0, lower=True))
    assert there == pytest.approx(-back)


def test_p_values_are_corrected_after_holm() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]) == [1.0, 1.0]


@pytest.mark.parametrize(
    ("gains", "verdict"),
    [
        ([1.0, 2.0, 1.5, 1.2, 0.8, 2.2, 1.9, 1.1], "helps"),
        ([-1.0, -2.0, -1.5, -1.2, -0.8, -2.2, -1.9, -1.1], "hurts"),
        ([1.0, -2.0, 1.5, -1.2, 0.8, -2.2, 1.9, -1.1], "no difference seen"),
        ([1.0, 2.0], "too few sets"),
    ],
)
def test_a_verdict_needs_an_interval_and_signed_ranks(gains: list[float], verdict: str) -> None:
    (one,) = summary(lines(gains))
    assert one.verdict == verdict
    assert one.gain == pytest.approx(sum(gains) / len(gains))
    assert one.better == sum(one > 0 for one in gains)
    assert (one.name in needs_more(lines(gains))) == (one.low <= 0 <= one.high)


def test_sets_on_which_a_rule_was_made_are_shown_and_do_not_count() -> None:
    (one,) = summary(lines([5.0, 6.0, 7.0, 8.0], counts=False))
    assert (len(one.sets), one.counted, one.verdict) == (4, [], "too few sets")
    assert "(set 3 +8.0)" in evidence_page.page([one])
    assert "set 3" not in evidence_page.quoted([one])


def test_what_failed_is_counted_and_has_no_gain() -> None:
    some = lines([1.0, 1.0, 1.0, 1.0])
    last = some[-1]
    some[-1] = Line(**{**last.__dict__, "result": {"failed": "ended with 1"}})
    (one,) = summary(some)
    assert (one.other_failures, one.own_failures) == (1 / 8, 0)
    assert one.sets[-1].seeds == 1 or one.sets[0].seeds == 1


def test_a_line_whose_counterpart_has_gone_says_nothing() -> None:
    before = {line.key: line for line in lines([1.0, 2.0, 3.0])}
    own = before["own 0 0"]
    now = Line(**{**own.__dict__, "key": "other code"})
    kept = evidence.kept_lines(before, [now])
    assert "other code" in {line.key for line in kept}
    assert not [line for line in kept if line.against == "own 0 0"]
    assert len(kept) == len(before) - 1


def test_each_comparison_is_of_settings_that_there_are() -> None:
    for one in evidence.comparisons():
        assert bool(one.set) + bool(one.change) + bool(one.architecture) == 1, one.name
        for name, value in one.set.items():
            require_setting(name, value)
        assert not one.change or one.change in CHANGES
        assert not one.architecture or one.architecture in {net.name for net in ARCHITECTURES}
    names = [one.name for one in evidence_sets()]
    assert len(set(names)) == len(names)


def test_changes_of_what_a_plan_has() -> None:
    values = {"hidden_units": [256, 128, 64], "epochs": 100, "warmup_epochs": 2, "patience": 10}
    (wide,) = one_layer(values)["hidden_units"]
    assert wide * (256 + 1) == pytest.approx(weights_between([256, 128, 64]), rel=0.01)
    assert one_layer({"hidden_units": [64]}) == {}
    assert CHANGES["widening"](values) == {"hidden_units": [64, 128, 256]}
    assert CHANGES["quarter_of_the_time"](values)["epochs"] == 25
    assert CHANGES["by_accuracy"]({"metrics": ["mean_squared_error"]}) == {}


def test_comments_and_docstrings_ask_for_no_new_training() -> None:
    one = '"""Old."""\ndef f(x):\n    """Says."""\n    return x + 1  # why\n'
    assert stripped(one) == stripped("def f(x):\n    return x + 1\n")
    assert stripped(one) != stripped("def f(x):\n    return x + 2\n")


def test_the_pages_are_those_of_the_lines() -> None:
    found = summary(list(evidence.known_lines().values()))
    assert evidence_page.PAGE.read_text(encoding="utf-8") == evidence_page.page(found)
    assert evidence_page.QUOTED.read_text(encoding="utf-8") == evidence_page.quoted(found)


HURTS = quoted.Measured(
    ["DROP01"], "dropout", "tabular", "no dropout", " --set model.dropout=0.0",
    2, 12, -1.4, -2.1, -0.7, "hurts",
)  # fmt: skip


def test_explain_and_decisions_say_what_was_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(quoted, "measurements", lambda: (HURTS,))
    said = "better than no dropout on 2 of 12 tabular sets, -1.4 points or % of an error"
    output = CliRunner().invoke(main, ["explain", "DROP01"]).output
    assert f"measured {said} (-2.1 to -0.7): hurts" in output
    assert "measured" not in CliRunner().invoke(main, ["explain", "DROP05"]).output
    given = {"task": "binary-classification", "input": "tabular", "architecture": "mlp"}
    project = render(make_plan(complete(given)), tmp_path)
    decisions = (project / "DECISIONS.md").read_text(encoding="utf-8")
    assert said in decisions
    assert "`python train.py --set model.dropout=0.0`" in decisions
    own = make_plan(complete({**given, "overrides": {"dropout": 0.2}}))
    assert own.hurting == []  # who decided it knows


def test_what_is_quoted_is_of_rules_and_settings_that_there_are() -> None:
    for one in quoted.measurements():
        assert one.setting in BY_NAME or one.setting == "architecture"
        assert one.low <= one.gain <= one.high or math.isnan(one.gain)
    assert json.dumps([one.rules for one in quoted.measurements()])
