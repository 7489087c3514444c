"""What cannot work is refused before training, with a way out."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from config import Config, load_config
from conftest import CONFIG

REFUSED = {
    "a misspelt key": ("training.batchsize=32", "did you mean batch_size?"),
    "an unknown section": ("trainings.epochs=3", "use one of the sections"),
    "no value": ("training.epochs", "section.key=value"),
    "text for a number": ("training.epochs=many", "a valid integer"),
    "a fraction of a row": ("training.batch_size=1.5", "training.batch_size"),
    "no batch": ("training.batch_size=0", "greater than 0"),
    "a negative learning rate": ("optimizer.learning_rate=-0.001", "greater than 0"),
    "a learning rate of nothing": ("optimizer.learning_rate=0", "greater than 0"),
    "momentum of one": ("optimizer.momentum=1", "less than 1"),
    "dropout of everything": ("model.dropout=1.0", "less than or equal to 0.7"),
    "no hidden layer": ("model.hidden_units=[]", "at least 1 item"),
    "an unknown activation": ("model.activation=rellu", "'relu'"),
    "an activation of another task": ("head.output_activation=tanh", "head.output_activation"),
    "a loss of another task": ("head.loss=poisson", "head.loss"),
    "units that do not fit the targets": ("head.output_units=0", "head.output_units"),
    "a metric of another task": ('head.metrics=["auc"]', "head.metrics"),
    "a monitor that is never logged": ("early_stopping.monitor=val_auc", "a value that is logged"),
    "a monitor the wrong way round": ("early_stopping.mode=max", "mode = 'min'"),
    "patience that never fires": ("early_stopping.patience=3", "patience below epochs"),
    "a schedule without an end": ("optimizer.decay_epochs=3", "ends in time"),
    "nothing left to train on": ("split.test=0.7", "at most 0.8"),
}


SETTINGS = tomllib.loads(CONFIG.read_text(encoding="utf-8"))


def stands_here(override: str) -> bool:
    """Whether config.toml has the setting; not every architecture has every one of them."""
    section, _, key = override.partition("=")[0].partition(".")
    return key in (*SETTINGS.get(section, [key]), "batchsize")


CASES = [case for case, (override, _) in REFUSED.items() if stands_here(override)]


@pytest.mark.parametrize("case", CASES)
def test_is_refused(
    case: str, small: Callable[..., Config], capsys: pytest.CaptureFixture[str]
) -> None:
    override, message = REFUSED[case]
    with pytest.raises(SystemExit) as stopped:
        small(override)
    error = capsys.readouterr().err
    assert stopped.value.code == 2
    assert message in error
    assert "fix: " in error


def test_overrides_are_kept(small: Callable[..., Config]) -> None:
    config = small("split.test=0.25", "training.seed=7")
    assert (config.split.test, config.training.seed) == (0.25, 7)


@pytest.mark.parametrize("text", [None, "[data", "\xff"])
def test_a_broken_file_is_refused(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "config.toml").write_text(text, encoding="latin-1")
    with pytest.raises(SystemExit) as stopped:
        load_config(tmp_path / "config.toml")
    assert stopped.value.code == 2
