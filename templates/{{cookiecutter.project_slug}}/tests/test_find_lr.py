"""The range test reads curves right, chooses with care, and never touches the run's model."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import find_lr
from checks import pace
from config import Config, load_config
from conftest import CONFIG
from finder import candidates
from finder.budget import Pace, enough, lengths
from finder.candidates import RULE, SAFE, SAFE_NAME, Found, choose, propose
from finder.range_test import read
from train import prepare

RATES = np.geomspace(1e-5, 1, 400)


def curve(lowest: float) -> np.ndarray:
    """Losses that fall until `lowest`, and rise from there as they fell; a little noise."""
    noise = np.random.default_rng(0).normal(0, 0.05, len(RATES))
    return 0.3 + 0.2 * np.abs(np.log10(RATES / lowest)) + noise


def test_divergence_is_where_the_loss_turns() -> None:
    reading = read(RATES, curve(0.01), 22)
    assert 0.005 < reading.lowest < 0.02
    assert reading.divergence and reading.lowest < reading.divergence < 0.1
    assert reading.steepest < reading.lowest


def test_a_loss_that_only_falls_does_not_diverge() -> None:
    readings = [read(RATES, curve(1.0), 22)] * 3
    assert readings[0].divergence is None
    assert RULE not in propose(readings, 0.001)


def test_a_loss_that_explodes_diverges() -> None:
    losses = curve(1.0)
    losses[300:] = np.nan
    assert read(RATES, losses, 22).divergence == RATES[299]


@pytest.mark.parametrize(("best", "rate"), [(0.2, 0.002), (0.49, SAFE), (0.6, SAFE)])
def test_the_safe_rate_stays_unless_another_is_clearly_better(best: float, rate: float) -> None:
    rates = {SAFE_NAME: SAFE, RULE: 0.002}
    losses = {SAFE_NAME: np.array([0.48, 0.5, 0.52]), RULE: np.full(3, best)}
    chosen, reason = choose(rates, losses, 0.01)
    assert chosen == rate
    assert reason.startswith(SAFE_NAME if rate == SAFE else RULE)
    assert ("noise" in reason) == (rate == SAFE)


def test_of_two_good_rates_the_lower_one_is_taken() -> None:
    rates = {SAFE_NAME: SAFE, "a": 0.001, RULE: 0.01}
    losses = {SAFE_NAME: np.full(3, 0.9), "a": np.full(3, 0.5), RULE: np.full(3, 0.41)}
    assert choose(rates, losses, 0.01)[0] == 0.001
    noisy = {**losses, "a": np.full(3, 0.7), RULE: np.array([0.3, 0.4, 0.6])}
    assert choose(rates, noisy, 0.01)[0] == 0.001
    assert choose(rates, {**losses, "a": np.full(3, 0.55)}, 0.01)[0] == 0.01
    assert choose(rates, {**losses, "a": np.full(3, 0.55)}, 0.009)[0] == 0.001


@pytest.mark.parametrize(
    ("pace", "share", "steps"),
    [
        (Pace(5_000, 0.1, 15), 0.1, (0, 0)),
        (Pace(300, 0.1, 200), 0.1, (0, 0)),  # a search takes longer than the training
        (Pace(10_000, 0.1, 15), 0.1, (200, 25)),
        (Pace(5_000, 0.1, 15), 0.5, (400, 50)),
        (Pace(100, 0.0005, 900), 0.1, (400, 50)),  # cheap: a second of them
        (Pace(250_000, 0.1, 15), 0.1, (400, 400)),
    ],
)
def test_all_steps_together_are_a_share_of_training(
    pace: Pace, share: float, steps: tuple[int, int]
) -> None:
    assert lengths(pace, share) == steps
    for other in (0.2, 1.0, 2.0):  # another start compiles faster, or more slowly
        again = pace._replace(compiling=other * pace.compiling)
        assert lengths(again, enough(pace))[1] > 0


@pytest.fixture(scope="module")
def result(small: Callable[..., Config]) -> Found:
    """A search with few steps; it checks that the prepared model stays as it was."""
    prepared = prepare(small())
    before = [variable.numpy() for variable in prepared.model.variables]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "lengths", lambda pace, share: (16, 8))
        found = candidates.find(prepared, small())
    for one, variable in zip(before, prepared.model.variables, strict=True):
        assert np.array_equal(one, variable.numpy())
    return found


def test_every_candidate_has_a_short_run_for_each_seed(result: Found) -> None:
    assert len(result.readings) == candidates.RAMPS
    assert {SAFE_NAME, "steepest slope"} <= {*result.rates}
    assert all(losses.shape == (candidates.RUNS,) for losses in result.losses.values())
    assert result.rate in result.rates.values()


def test_all_readings_are_told_and_drawn(result: Found, tmp_path: Path) -> None:
    said = find_lr.report(result)
    assert all(name in said for name in result.rates) and RULE in said
    find_lr.draw(result, tmp_path / "runs" / "find_lr.png")
    assert (tmp_path / "runs" / "find_lr.png").stat().st_size > 1000


def test_a_rate_beyond_where_the_loss_turned_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "runs" / "find_lr.json"
    monkeypatch.setattr(pace, "RANGE_TEST", path)
    assert not [*pace.range_test(0.5)]  # nobody has looked yet
    readings = [read(RATES, curve(lowest), 22) for lowest in (0.003, 0.01, 1.0)]
    find_lr.keep(Found(readings, {}, {}, 0.6, "because"), path)
    assert [one.check for one in pace.range_test(0.5)] == ["learning-rate"]
    assert not [*pace.range_test(0.002)]
    assert not [*pace.range_test(0.6)]  # tried, and found good


FOUND = Found([], {}, {}, 0.0012, "because")


def test_writing_changes_one_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(CONFIG.read_bytes().replace(b"\n", b"\r\n"))
    old = path.read_bytes().splitlines(keepends=True)
    for _ in range(2):
        find_lr.write(path, FOUND)
    assert load_config(path).optimizer.learning_rate == 0.0012
    new = path.read_bytes().splitlines(keepends=True)
    changed = [line for line, was in zip(new, old, strict=True) if line != was]
    assert changed == [b"learning_rate = 0.0012  # by find_lr.py: because\r\n"]
    assert [*tmp_path.iterdir()] == [path]


ODD = [  # texts of a config.toml, and the line that has to change
    ("[a]\r\nlearning_rate=1\r\n[ optimizer ] # here\r\n  learning_rate\t=0.3 # old\r\n", 3),
    ("[optimizer]\nnote = '''\nlearning_rate = 0.1\n'''\nlearning_rate = 0.1\n", 4),
    ("optimizer.learning_rate = 0.1", 0),
]


@pytest.mark.parametrize(("text", "line"), ODD)
def test_odd_formatting_stays(text: str, line: int) -> None:
    old = text.splitlines(keepends=True)
    new = find_lr.with_rate(text, 0.0012, "because").splitlines(keepends=True)
    assert [place for place, one in enumerate(new) if one != old[place]] == [line]
    assert new[line] == re.sub(r"0.\d( # old)?", "0.0012  # because", old[line])


def test_a_rate_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("optimizer = {learning_rate = 0.1}", encoding="utf-8")
    with pytest.raises(SystemExit):
        find_lr.write(path, FOUND)
    assert path.read_text(encoding="utf-8") == "optimizer = {learning_rate = 0.1}"


def test_too_short_a_training_keeps_its_rate(
    small: Callable[..., Config], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "Copy", lambda prepared, config: None)
    monkeypatch.setattr(candidates, "measured", lambda copy: Pace(2_000, 0.1, 10))
    found = candidates.find(None, small("optimizer.learning_rate=0.5"))  # type: ignore[arg-type]
    said = find_lr.report(found)
    assert "--share 0.45 is enough, 86 s" in said and "as it is, 0.5" in said
