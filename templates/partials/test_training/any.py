"""The network starts where theory says, and can learn; from config.toml to a run folder and from
that alone back to answers; what cannot work is refused before training, with a way out."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pandas as pd
import pytest

import data
import evaluate
import predict
from config import Config, load_config
from conftest import CONFIG
from model import build_model
from run import Run, load_run
from task import HIGHER_IS_BETTER
from train import train

Small = Callable[..., Config]
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
    "a monitor that is never logged": ("early_stopping.monitor=val_auc", "val_loss"),
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


def test_a_run_leaves_everything(run: Run) -> None:
    left = {path.name for path in run.path.iterdir()}
    assert left >= {"config.toml", "model.keras", "history.csv", "curves.png", "metrics.json"}
    report = json.loads((run.path / "metrics.json").read_text(encoding="utf-8"))
    assert len(pd.read_csv(run.path / "history.csv")) == report["epochs"]
    assert run.config.training.epochs == 3


def test_two_runs_with_one_seed_are_the_same(run: Run, small: Small, tmp_path: Path) -> None:
    again = load_run(train(small(), tmp_path))
    first, second = (pd.read_csv(one.path / "history.csv") for one in (run, again))
    pd.testing.assert_frame_equal(first, second)


def test_a_reloaded_model_gives_the_same_answers(run: Run, table: pd.DataFrame) -> None:
    again = load_run(run.path)
    x = run.encoder.encode(table, "ignore")
    assert np.allclose(run.model.predict(x, verbose=0), again.model.predict(x, verbose=0))


def test_samples_become_readable_answers(run: Run, tmp_path: Path) -> None:
    options = ["--run", str(run.path), "--unseen", "ignore"]
    answers = predict.main([*options, "--output", str(tmp_path / "answers.csv")])
    written = pd.read_csv(tmp_path / "answers.csv")
    assert len(answers) == len(written) > 0
    with pytest.raises(SystemExit):  # never over an existing file
        predict.main([*options, "--output", str(tmp_path / "answers.csv")])


def test_evaluation_scores_every_test_sample_beside_the_baselines(run: Run) -> None:
    scores = evaluate.main([str(run.path)])
    assert len(scores) > 2 and all(run.config.head.headline in row for row in scores.values())
    assert (run.path / "evaluation.json").is_file()


def test_evaluation_keeps_to_its_own_test_samples(
    run: Run, monkeypatch: pytest.MonkeyPatch, table: pd.DataFrame, capsys: pytest.CaptureFixture
) -> None:
    before = evaluate.parts_of(run)["test"]
    monkeypatch.setattr(data, "read_table", lambda config: table.drop(index=before.index[:2]))
    left = evaluate.parts_of(run)["test"]
    assert left.index.tolist() == before.index[2:].tolist()
    said = capsys.readouterr().out
    assert f"test {data.SAMPLES} gone: 2 of {len(before):,}" in said, said


def test_evaluation_refuses_other_data(run: Run, small: Small) -> None:
    other = run._replace(config=small("sample.sample_seed=99"))
    with pytest.raises(SystemExit) as stopped:
        evaluate.parts_of(other)
    assert stopped.value.code == 2


def test_the_verdict_is_plain() -> None:
    trivial, strong = {"score": 0.5}, {"score": 0.6}
    said = [
        evaluate.verdict(
            {"this network": {"score": own}, "trivial": trivial, "strong": strong}, "score"
        )
        for own in (0.4, 0.55, 0.7)
    ]
    if not HIGHER_IS_BETTER:  # then 0.4 is the best of the three, and "strong" is the weakest
        said.reverse()
        assert "no better than guessing" in said[0] and "no better than guessing" in said[1]
    else:
        assert "no better than guessing" in said[0] and "The simple model wins" in said[1]
    assert "This network wins" in said[2]
    near = {"this network": {"score": 0.6}, "trivial": {"score": 0.5}, "strong": {"score": 0.61}}
    if HIGHER_IS_BETTER:
        gaps = {"trivial": (0.05, 0.15), "strong": (-0.03, 0.01)}
        said_of_near = evaluate.verdict(near, "score", gaps)
        assert "A tie" in said_of_near and "-0.03 to +0.01" in said_of_near
        gaps["trivial"] = (-0.05, 0.15)
        assert "does not tell" in evaluate.verdict(near, "score", gaps)


def test_a_gap_is_as_sure_as_its_witnesses_are_many(run: Run) -> None:
    test, y, answers = evaluate.evaluate(run)
    together, same = data.groups(test, run.config), {**answers, "same": answers["this network"]}
    assert evaluate.intervals(y, same, {"same"}, run, together) == {"same": (0, 0)}
    name, twice = list(answers)[1], np.repeat(np.arange(len(y)), 2)
    doubled = {one: answer[twice] for one, answer in answers.items()}
    gaps = evaluate.intervals(y[twice], doubled, {name}, run, together[twice])
    assert gaps[name] == pytest.approx(evaluate.intervals(y, answers, {name}, run, together)[name])


def test_training_that_blows_up_says_so_and_saves_nothing(
    small: Small,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*arguments: Any) -> keras.Model:
        model = build_model(*arguments)
        for weight in model.trainable_weights:
            weight.assign(weight * np.nan)
        return model

    monkeypatch.setattr("train.build_model", broken)
    with pytest.raises(SystemExit) as stopped:
        train(small("checks.before_training=false"), tmp_path / "runs")
    assert stopped.value.code == 1
    assert "blew" in capsys.readouterr().err
    assert not (tmp_path / "runs").exists()
