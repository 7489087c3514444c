"""Rows in time are read whole, windows never reach across, and bad times are refused."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import data
import predict
import sample
from config import Config
from features import Encoder, season_length
from run import Run
from task import Target

Small = Callable[..., Config]


def refused(read: Callable[[], object], capsys: pytest.CaptureFixture[str]) -> str:
    """What `read` says when it stops."""
    with pytest.raises(SystemExit) as stopped:
        read()
    assert stopped.value.code == 2
    return capsys.readouterr().err


def write(path: Path, table: pd.DataFrame) -> str:
    table.to_csv(path, index=False)
    return f'data.path="{path}"'


def test_parts_follow_each_other_and_lose_no_row(small: Small, table: pd.DataFrame) -> None:
    parts = data.split(table, small())
    assert list(parts) == ["train", "validation", "test"]
    assert [place for part in parts.values() for place in part.index] == list(table.index)


def test_windows_and_what_follows_them(small: Small, table: pd.DataFrame) -> None:
    config = small("head.standardize_targets=false", "head.anchor=none")
    target, encoder = Target.fit(table, config), Encoder.fit(table, config.data)
    x, y = encoder.encode(table, "refuse"), target.encode(table)
    window, horizon, columns = config.data.window, config.data.horizon, config.data.targets
    assert len(x) == len(y) == len(table) - window - horizon + 1
    for place in (0, 7, len(x) - 1):
        seen = table[encoder.columns].iloc[place : place + window]
        ahead = table[columns].iloc[place + window : place + window + horizon]
        assert np.allclose(x[place], seen, rtol=1e-5)
        assert np.allclose(y[place], ahead.to_numpy().ravel(), rtol=1e-5)


@pytest.mark.parametrize("anchor", ["last", "season", "none"])
def test_what_is_encoded_comes_back(small: Small, table: pd.DataFrame, anchor: str) -> None:
    config = small(f"head.anchor={anchor}", "data.season=6", "head.standardize_targets=true")
    target = Target.fit(table, config)
    y = target.encode(table)
    assert abs(y.mean()) < 1e-3 and abs(y.std() - 1) < 0.2
    back = target.decode(y, table)
    ends = table[[config.data.time_column, *config.data.targets]].tail(config.data.horizon)
    assert np.allclose(back[target.columns], ends[target.columns], rtol=1e-4)
    assert (back[target.time].to_numpy() == ends[target.time].to_numpy()).all()


def test_the_forecast_goes_on_where_the_file_ends(
    run: Run, table: pd.DataFrame, tmp_path: Path
) -> None:
    write(tmp_path / "past.csv", table.head(50))
    options = ["--run", str(run.path)]
    answers = predict.main([str(tmp_path / "past.csv"), *options])
    assert answers[run.target.time].tolist() == table[run.target.time].iloc[50:52].tolist()
    outputs = run.model.predict(run.encoder.encode(table.head(52), "ignore")[-1:], verbose=0)
    again = run.target.decode(outputs, table.head(52))
    assert np.allclose(again[run.target.columns], answers[run.target.columns], rtol=1e-3)


def test_no_model_beats_the_best_of_the_sample(small: Small) -> None:
    config = small("sample.rows=4000")
    made, best = sample.make(config)
    values = made[config.data.targets[0]].to_numpy()
    hours = 2 * np.pi * np.arange(len(made))[:, None] / 24
    waves = np.hstack([np.sin(hours), np.cos(hours), np.sin(2 * hours), np.cos(2 * hours)])
    known = np.hstack([waves, np.ones_like(hours), np.arange(len(made))[:, None] / len(made)])
    rest = values - known @ np.linalg.lstsq(known, values)[0]
    errors = [rest[ahead:] - sample.MEMORY**ahead * rest[:-ahead] for ahead in (1, 2)]
    assert abs(np.sqrt(np.mean([np.mean(one**2) for one in errors])) / best - 1) < 0.05


@pytest.mark.parametrize(
    ("first", "frequency", "season"),
    [
        ("2024-01-01", "h", 24),
        ("2024-01-01", "15min", 96),
        ("2024-02-28", "D", 7),
        ("2024-01-07", "W", 52),
        ("2023-12-01", "MS", 12),
        ("2023-12-31", "ME", 12),
        ("2023-01-01", "QS", 4),
    ],
)
def test_times_go_on_at_their_step(small: Small, first: str, frequency: str, season: int) -> None:
    times = pd.Series(pd.date_range(first, periods=60, freq=frequency))
    step = data.usual_step(times.iloc[:40])
    assert data.times_from(times[39], step, 21).tolist() == times[39:].tolist()
    assert season_length(times.iloc[:40], small().data) == season


def test_numbers_may_stand_for_times(small: Small, table: pd.DataFrame, tmp_path: Path) -> None:
    time = small().data.time_column
    numbered = table.assign(**{time: np.arange(len(table)) * 0.1})
    read = data.read_table(small(write(tmp_path / "numbers.csv", numbered)))
    assert len(read) == len(table) and season_length(read[time], small().data) == 1
    rows = write(tmp_path / "rows.csv", table.drop(columns=time))
    steps = data.read_table(small(rows, f'data.time_column="{data.ROW_NUMBER}"'))
    assert steps[data.ROW_NUMBER].tolist() == list(range(len(table)))
    months = pd.Series(1949 + np.arange(60) / 12)  # as many public series have them
    assert season_length(months.round(6), small().data) == 12


def test_times_may_stand_in_several_columns(
    small: Small, table: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    time = small().data.time_column
    moments = pd.to_datetime(table[time])
    rest = table.drop(columns=time)
    clock = {name: getattr(moments.dt, name) for name in ("year", "month", "day", "hour")}
    words = {"date": moments.dt.strftime("%d/%m/%Y"), "at": moments.dt.strftime("%H:%M")}
    for columns in (clock, words):
        name = " + ".join(columns)
        override = write(tmp_path / "rows.csv", rest.assign(**columns))
        read = data.read_table(small(override, f'data.time_column="{name}"'))
        assert read[name].tolist() == moments.tolist()
    broken = rest.assign(**clock).assign(month=13)
    override = write(tmp_path / "rows.csv", broken)
    name = 'data.time_column="year + month + day + hour"'
    assert "a time in each row" in refused(lambda: data.read_table(small(override, name)), capsys)


def test_the_order_of_the_rows_says_what_is_a_day(
    small: Small, table: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    time = small().data.time_column
    days = pd.date_range("2024-01-01", periods=60)
    months = pd.date_range("2021-01-01", periods=36, freq="MS")
    for times in (days, months):
        for form in ("%d/%m/%Y", "%m/%d/%Y"):
            rows = table.head(len(times)).assign(**{time: times.strftime(form)})
            read = data.read_table(small(write(tmp_path / "days.csv", rows)))
            assert read[time].tolist() == times.tolist()
    either = table.head(12).assign(**{time: months[:12].strftime("%d/%m/%Y")})
    override = write(tmp_path / "either.csv", either)
    said = refused(lambda: data.read_table(small(override)), capsys)
    assert "may begin with the day" in said


@pytest.mark.parametrize("form", ["%Y-%m-%dT%H:%M:%S+00:00", "%m/%d/%Y %I:%M %p", "%Y-%m-%d %H:%M"])
def test_rows_are_put_in_order_and_what_is_ahead_is_left(
    form: str, small: Small, table: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    time, name = small().data.time_column, small().data.targets[0]
    moments = pd.to_datetime(table[time])
    mixed = table.assign(**{time: moments.dt.strftime(form)})
    mixed.loc[290:, name] = np.nan  # these are to be forecast
    override = write(tmp_path / "mixed.csv", mixed.sample(frac=1, random_state=0))
    read = data.read_table(small(override))
    assert (read[time].dt.tz is None) == ("+" not in form)  # an offset is kept
    assert read[time].dt.tz_localize(None).tolist() == moments[:290].tolist()
    assert np.allclose(read[name], table[name][:290])
    said = capsys.readouterr().out
    assert "put in the order" in said and "last 10 rows have no target" in said


def test_rows_of_one_time_are_refused_or_made_one(
    small: Small, table: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = small().data.targets[0]
    twice = pd.concat([table, table.iloc[[7]].assign(**{name: table[name][7] + 2})])
    override = write(tmp_path / "twice.csv", twice)
    assert "data.repeated" in refused(lambda: data.read_table(small(override)), capsys)
    for way, more in {"average": 1, "first": 0, "last": 2}.items():
        read = data.read_table(small(override, f"data.repeated={way}"))
        assert len(read) == len(table) and np.isclose(read[name][7], table[name][7] + more)


def test_gaps_are_refused_or_filled(
    small: Small, table: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = small().data.targets[0]
    broken = table.drop(index=[10, 11]).astype({name: object})
    broken.loc[20, name] = "NA"
    override = write(tmp_path / "gaps.csv", broken)
    said = refused(lambda: data.read_table(small(override)), capsys)
    assert "3 of 300 steps have no row or no value" in said and "--set data.gaps=fill" in said
    filled = data.read_table(small(override, "data.gaps=fill"))
    assert "3 of 300 steps" in capsys.readouterr().out
    between = np.linspace(table[name][9], table[name][12], 4)
    assert np.allclose(filled[name][9:13], between)


def test_bad_files_are_refused(
    small: Small, table: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, time, name = tmp_path / "rows.csv", small().data.time_column, small().data.targets[0]
    words = table.astype({name: object})
    words.loc[3, name] = "3 cm"
    odd = table.astype({time: object})
    odd.loc[5, time] = table[time][5] + pd.Timedelta(minutes=7)
    cases = {
        "a time that another row has": table.loc[[0, 1, 2, 3, 3, 4, 5]],
        "'3 cm'": words,
        "is not on the grid": odd,
        f"has no column '{name}'": table.drop(columns=name),
        f"has no column '{time}'": table.drop(columns=time),
        "'soon' in": table.assign(**{time: "soon"}),
        "fewer than two rows": table.head(1),
    }
    override = write(path, table)
    for message, broken in cases.items():
        write(path, broken)
        assert message in refused(lambda: data.read_table(small(override)), capsys)
    assert "does not exist" in refused(lambda: data.read_table(small('data.path="no.csv"')), capsys)


def test_what_cannot_be_split_is_refused(
    small: Small, table: pd.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(lambda: data.split(table, small("data.window=59")), capsys)
    assert "60 rows in the validation part" in said and "shorten data.window" in said
    said = refused(lambda: data.split(table, small("training.batch_size=299")), capsys)
    assert "training windows" in said


def test_settings_that_do_not_fit_are_refused(
    small: Small, table: pd.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "is their product" in refused(lambda: small("head.output_units=1"), capsys)
    too_long = ("head.anchor=season", "data.season=13")
    assert "a season within" in refused(lambda: small(*too_long), capsys)
    constant = table.assign(**{small().data.targets[0]: 7.0})
    assert "in every training row" in refused(lambda: Target.fit(constant, small()), capsys)
    seasonless = small("head.anchor=season")
    assert "the season has 24 steps" in refused(lambda: Target.fit(table, seasonless), capsys)
