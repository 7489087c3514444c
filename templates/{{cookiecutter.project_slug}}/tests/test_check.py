"""A healthy project passes its checks, and faults that Keras takes without a word are found."""

from collections.abc import Callable, Iterator
from typing import Any

import keras
import pytest

from checks.frozen import behind_frozen
from checkup import before_training, examine
from config import Config
from train import Prepared, prepare

Small = Callable[..., Config]


@pytest.fixture(scope="module")
def prepared(small: Small) -> Prepared:
    return prepare(small())


def errors(prepared: Prepared, config: Config) -> set[str]:
    """The names of the errors that the short form finds."""
    found = examine(prepared, config, quick=True)
    return {finding.check for finding in found if finding.level == "error"}


def test_a_healthy_project_has_no_error_and_is_left_as_it_was(
    prepared: Prepared, small: Small
) -> None:
    before = [weight.numpy() for weight in prepared.model.weights]
    found = examine(prepared, small(), quick=False)
    wrong = [one for one in found if one.level == "error" or one.check == "not-checked"]
    assert wrong == []
    after = [weight.numpy() for weight in prepared.model.weights]
    assert all((one == other).all() for one, other in zip(before, after, strict=True))


def with_section(config: Config, section: str, **values: Any) -> Config:
    """`config` with values that config.toml may not have, but that an edit of the code may make."""
    return config.model_copy(update={section: getattr(config, section).model_copy(update=values)})


FAULTS: dict[str, tuple[str, dict[str, Any], str]] = {
    "a rate that throws the weights about": ("optimizer", {"learning_rate": 5.0}, "learning-rate"),
    "a monitor that is never logged": ("early_stopping", {"monitor": "val_auc"}, "monitor"),
    "a monitor the wrong way round": ("early_stopping", {"mode": "max"}, "monitor"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_setting_is_found(fault: str, prepared: Prepared, small: Small) -> None:
    section, values, check = FAULTS[fault]
    assert errors(prepared, with_section(small(), section, **values)) == {check}


def test_a_validation_part_that_was_trained_on_is_found(prepared: Prepared, small: Small) -> None:
    tables = prepared.tables | {"validation": prepared.tables["train"]}
    copied = prepared._replace(tables=tables)
    assert errors(copied, small()) & {"shared-rows", "overlapping-windows"}


def test_another_loss_than_the_one_in_the_head_is_found(
    prepared: Prepared, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("train.objective", lambda head: {"loss": "poisson"})
    assert "head-agreement" in errors(prepared, small())


@pytest.fixture
def frozen(prepared: Prepared) -> Iterator[Prepared]:
    prepared.model.trainable = False
    yield prepared
    prepared.model.trainable = True


def test_training_that_would_be_wasted_does_not_start(
    frozen: Prepared, small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        before_training(frozen, small())
    assert stopped.value.code == 1
    assert "[nothing-trains]" in capsys.readouterr().err


def test_what_a_frozen_network_makes_of_samples_is_worked_out_once(prepared: Prepared) -> None:
    x = prepared.parts.x
    inputs = keras.Input(x.shape[1:], dtype=x.dtype.name)
    flat = keras.layers.Flatten()(keras.layers.Rescaling(0.01, dtype="float32")(inputs))
    front = keras.Sequential([keras.Input(flat.shape[1:]), keras.layers.Dense(4)])
    front.trainable = False
    answers = keras.layers.Dense(1)(front(flat))
    whole = prepared._replace(model=keras.Model(inputs, answers))
    behind = behind_frozen(whole)
    assert behind.parts.x.shape == (len(behind.parts.y), 4)
    said = behind.model.predict_on_batch(behind.parts.x)
    assert abs(said - whole.model.predict(x, verbose=0).T).min(axis=1).max() < 1e-4

    around = keras.Model(inputs, keras.layers.Concatenate()([answers, flat]))
    front.trainable = True  # it learns itself
    assert behind_frozen(whole) is whole
    front.trainable = False
    for other in (around, keras.Model(inputs, front(flat))):
        whole = prepared._replace(model=other)
        assert behind_frozen(whole) is whole
