"""Each symptom is told where it is there, once, and a healthy training says nothing."""

from collections.abc import Callable, Iterator

import keras
import numpy as np
import pytest

import monitors
from config import Config
from findings import Finding
from monitors import Monitors, symptoms
from monitors.probe import Look, guessing_loss
from monitors.symptoms import Course
from task import training_arrays
from train import Fitted, Prepared, compile_model, fit, prepare, training_batches

Small = Callable[..., Config]
HEALTHY = Look(loss=0.5, spread=0.3, true_share=0.5, said_share=0.6, dead={"one": 0.1})


def course(
    losses: list[float], watched: list[float], steps: list[list[float]], look: Look = HEALTHY
) -> Course:
    """Thirty planned epochs of a network with three layers."""
    return Course(30, ["a", "b", "c"], look, losses, watched, [np.array(one) for one in steps])


WELL = [0.9, 0.8, 0.7, 0.6, 0.5]
FLAT = [1.0] * 5
STEPS = [[0.001, 0.002, 0.003]] * 2
SAME = HEALTHY._replace(spread=0.0)
FAULTS = {
    "no progress": (course(FLAT, FLAT, STEPS), "no-progress", "warning"),
    "no progress, one answer": (course(FLAT, FLAT, STEPS, SAME), "no-progress", "error"),
    "learns by heart": (course([*WELL[2:], 0.3, 0.2], [1.1] * 5, STEPS), "memorises", "warning"),
    "half of the units dead": (
        course(WELL, WELL, STEPS, HEALTHY._replace(dead={"one": 0.6})),
        "dead-units",
        "warning",
    ),
    "all units dead": (
        course(FLAT, FLAT, STEPS, SAME._replace(dead={"one": 1.0})),
        "dead-units",
        "error",
    ),
    "long steps": (course(WELL, WELL, [[0.5] * 3]), "updates-too-large", "warning"),
    "short steps": (course(FLAT, FLAT, [[1e-7] * 3]), "updates-too-small", "warning"),
    "one layer stands still": (
        course(FLAT, FLAT, [[0.0, 0.002, 0.003]]),
        "gradient-collapse",
        "warning",
    ),
    "growing steps": (
        course(FLAT, FLAT, [[0.001] * 3, [0.2] * 3]),
        "gradient-explosion",
        "warning",
    ),
    "one class for all": (
        course(WELL, WELL, STEPS, HEALTHY._replace(said_share=1.0)),
        "stuck-at-majority",
        "warning",
    ),
}


def found(one: Course) -> Iterator[Finding]:
    yield from symptoms.of_an_epoch(one)
    yield from symptoms.of_a_look(one)


@pytest.mark.parametrize("fault", FAULTS)
def test_the_symptom_is_told(fault: str) -> None:
    one, check, level = FAULTS[fault]
    assert (check, level) in [(finding.check, finding.level) for finding in found(one)]


@pytest.mark.parametrize("losses", [WELL, [0.02] * 5, [1.0, 0.99, 0.97, 0.96, 0.95]])
def test_a_healthy_course_says_nothing(losses: list[float]) -> None:
    assert not list(found(course(losses, WELL, STEPS)))
    assert not list(found(course(FLAT[:4], FLAT[:4], STEPS)))  # too early to say


@pytest.fixture
def prepared(small: Small) -> Prepared:
    return prepare(small())


def fitted(prepared: Prepared, config: Config, rate: float) -> Fitted:
    return fit(prepared.model, prepared.parts, config, prepared.device, rate)


@pytest.fixture
def every_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the answers in every epoch, however short it is."""
    monkeypatch.setattr(monitors, "EARLY", range(1, 1000))


def test_healthy_training_is_quiet(
    prepared: Prepared, small: Small, every_epoch: None, capsys: pytest.CaptureFixture[str]
) -> None:
    fitted(prepared, small(), small().optimizer.learning_rate)
    assert "warning" not in capsys.readouterr().err


def test_a_rate_far_too_high_is_told_once(
    prepared: Prepared, small: Small, every_epoch: None, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        fitted(prepared, small(), 1.0)
    except SystemExit as stopped:
        assert stopped.code == 1
    said = capsys.readouterr().err
    assert said.count("[updates-too-large]") == 1 or "blew-up" in said


def watching(prepared: Prepared, config: Config) -> Monitors:
    """Monitors as `fit` makes them, before the first epoch."""
    arrays = training_arrays(prepared.parts.x, prepared.parts.y, config.head)
    batches = training_batches(arrays, config.training)
    compile_model(prepared.model, config, prepared.device, batches, 0.001)
    one = Monitors(prepared.model, prepared.parts, config)
    one.set_model(prepared.model)
    one.on_epoch_begin(0)
    return one


def test_training_starts_near_guessing(prepared: Prepared, small: Small) -> None:
    config = small()
    one = watching(prepared, config)
    arrays = training_arrays(prepared.parts.x, prepared.parts.y, config.head)
    guessing = guessing_loss(prepared.model, arrays, config.head)
    assert guessing is None or 0.8 < one.probe.look().loss / guessing < 1.3


def test_a_loss_that_stays_high_stops_training(
    prepared: Prepared, small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    one = watching(prepared, small())
    with pytest.raises(SystemExit) as stopped:
        for step in range(500):
            one.on_train_batch_end(step, {"loss": 10 * one.bound})
    assert stopped.value.code == 1 and step > 100
    assert "[diverges]" in capsys.readouterr().err


def test_a_weight_that_is_not_finite_stops_training(
    prepared: Prepared, small: Small, every_epoch: None, capsys: pytest.CaptureFixture[str]
) -> None:
    one = watching(prepared, small())
    weight: keras.Variable = prepared.model.trainable_weights[0]
    weight.assign(weight * np.nan)
    with pytest.raises(SystemExit) as stopped:
        one.on_epoch_end(0, {"loss": 0.5, "val_loss": 0.5})
    assert stopped.value.code == 1
    assert "[blew-up]" in capsys.readouterr().err


def test_other_validation_samples_are_told(
    prepared: Prepared, small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    one = watching(prepared, small())
    own = one.validation_loss()
    one.on_epoch_end(1, {"loss": own, "val_loss": own})
    assert "other-validation" not in capsys.readouterr().err
    one.on_epoch_end(1, {"loss": own, "val_loss": 1.1 * own})
    assert capsys.readouterr().err.count("[other-validation]") == 1


def test_monitors_can_be_turned_off(
    prepared: Prepared, small: Small, every_epoch: None, capsys: pytest.CaptureFixture[str]
) -> None:
    config = small()
    checks = config.checks.model_copy(update={"monitors": False})
    fitted(prepared, config.model_copy(update={"checks": checks}), 1e-9)
    assert "updates-too-small" not in capsys.readouterr().err
