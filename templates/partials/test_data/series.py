"""Series are read whole, padded, split without leaks, and refused where they cannot be used."""

from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import pandas as pd
import pytest

import data
import predict
from config import Config
from features import PAD, Encoder, network_input
from run import Run

Small = Callable[..., Config]


def refused(read: Callable[[], object], capsys: pytest.CaptureFixture[str]) -> str:
    """What `read` says when it stops."""
    with pytest.raises(SystemExit) as stopped:
        read()
    assert stopped.value.code == 2
    return capsys.readouterr().err


def write_wide(path: Path, table: pd.DataFrame, config: Config) -> str:
    """The first channel of the sample's series as a wide CSV; short ones end in empty cells."""
    steps = pd.DataFrame([pd.Series(series[:, 0]) for series in table["series"]])
    steps.columns = [f"step {place}" for place in steps]
    steps.join(table[config.data.targets]).to_csv(path, index=False)
    return f'data.path="{path}"'


def write_long(path: Path, table: pd.DataFrame, config: Config) -> str:
    """The sample's series as a long CSV."""
    rows = []
    for place, series in enumerate(table["series"]):
        one = pd.DataFrame(series, columns=[f"channel {c}" for c in range(series.shape[1])])
        one = one.assign(id=place, time=range(len(series)))
        rows.append(one.assign(**{n: table[n].iloc[place] for n in config.data.targets}))
    pd.concat(rows).to_csv(path, index=False)
    return f'data.path="{path}"'


def write_ts(path: Path, lines: list[str], head: str = "@classLabel true a b") -> Path:
    path.write_text("\n".join(["# words", "@problemName x", head, "@data", *lines]), "utf-8")
    return path


def test_parts_are_disjoint_and_lose_no_series(small: Small, table: pd.DataFrame) -> None:
    parts = data.split(table, small())
    assert sorted(place for part in parts.values() for place in part.index) == list(table.index)


def test_padding_is_marked_and_changes_no_statistics(small: Small, table: pd.DataFrame) -> None:
    config = small("model.feature_scaling=standardize")
    encoder = Encoder.fit(table, config.data)
    x = encoder.encode(table, "ignore")
    lengths = table["series"].map(len).to_numpy().clip(max=config.data.length)
    assert x.shape[:2] == (len(table), config.data.length) and x.dtype == np.float32
    assert np.array_equal((x[:, :, 0] > PAD / 2).sum(axis=1), lengths)
    longer = np.pad(x, ((0, 0), (0, 5), (0, 0)), constant_values=PAD)
    for one in (x, longer):
        inputs, hidden, mask = network_input(encoder, one, config.model)
        found, there = keras_values(inputs, hidden, mask, one)
        assert np.array_equal(there.sum(axis=1), lengths)
        assert (found[~there] == 0).all() and abs(found[there].mean()) < 1e-3
    assert np.isfinite(encoder.flat(table)).all() and len(encoder.flat(table)) == len(table)


def keras_values(inputs: object, hidden: object, mask: object, x: np.ndarray) -> list[np.ndarray]:
    return [value.numpy() for value in keras.Model(inputs, [hidden, mask])(x)]


def test_wide_and_long_files_are_read(small: Small, table: pd.DataFrame, tmp_path: Path) -> None:
    config = small()
    wide = data.read_table(small(write_wide(tmp_path / "wide.csv", table, config)))
    long = data.read_table(small(write_long(tmp_path / "long.csv", table, config)))
    for read in (wide, long):
        assert read["series"].map(len).equals(table["series"].map(len))
        first, made = read["series"][0][:, 0], table["series"][0][:, 0]
        assert np.allclose(first, made, atol=1e-5)
    assert long["series"][0].shape == table["series"][0].shape


def test_npz_files_are_read(small: Small, table: pd.DataFrame, tmp_path: Path) -> None:
    y = table[small().data.targets].to_numpy().astype(str)
    np.savez(tmp_path / "all.npz", X=np.zeros((len(y), 9, 2)), y=y)
    read = data.read_table(small(f'data.path="{tmp_path / "all.npz"}"'))
    assert read["series"][0].shape == (9, 2) and len(read) == len(table)


def test_archive_files_are_read(small: Small, tmp_path: Path) -> None:
    lines = ["1,?,3:4,5,6:a", "1,2,3,4,?:4,5,6,7,?:b"]
    for word in ("TRAIN", "TEST"):
        write_ts(tmp_path / f"X_{word}.ts", lines)
    read = data.read_series(tmp_path, small().data)
    assert read[data.PART].tolist() == ["test", "test", "train", "train"]
    assert [len(one) for one in read["series"]] == [3, 4, 3, 4]
    assert read["series"][0].tolist() == [[1, 4], [2, 5], [3, 6]]


def test_archive_tables_have_no_header(small: Small, tmp_path: Path) -> None:
    for word in ("TRAIN", "TEST"):
        (tmp_path / f"X_{word}.tsv").write_text("1\t0.5\t2\n2\t3\t4\n", "utf-8")
    read = data.read_series(tmp_path, small('data.separator="\t"', 'data.targets=["0"]').data)
    assert read[data.PART].tolist() == ["test", "test", "train", "train"]
    assert read["0"].tolist() == ["1", "2", "1", "2"] and read["series"][0].tolist() == [[0.5], [2]]


def test_a_folder_may_hold_a_file_for_each_series(small: Small, tmp_path: Path) -> None:
    for name in ("walk/1", "walk/2", "run/1"):
        path = tmp_path / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        pd.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6]}).to_csv(path, index=False)
    config = small("data.layout=long", 'data.time_column=""').data
    read = data.read_series(tmp_path, config)
    assert read["name"].tolist() == ["run/1.csv", "walk/1.csv", "walk/2.csv"]
    assert read["series"][0].tolist() == [[1, 4], [2, 5], [3, 6]]
    if config.targets:
        assert read[config.targets[0]].tolist() == ["run", "walk", "walk"]


def test_long_series_are_cut_into_pieces(small: Small, tmp_path: Path) -> None:
    names = small().data.targets
    rows = pd.DataFrame({"value": range(60)}).assign(
        **{name: [0] * 30 + [1] + [0] * 29 for name in names}
    )
    rows.to_csv(tmp_path / "one.csv", index=False)
    for path in (tmp_path, tmp_path / "one.csv"):
        config = small("data.layout=pieces", 'data.time_column=""', "data.length=24").data
        read = data.read_series(path, config)
        assert [len(one) for one in read["series"]] == [24, 24, 12]
        assert read["name"].tolist() == [f"one.csv, {place}" for place in (1, 2, 3)]
        for name in names:
            assert read[name].tolist() == ["0", "1", "0"]


def test_what_is_filled_or_cut_is_said(
    small: Small, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_ts(tmp_path / "one.ts", ["1,?,3,4,5:a"])
    data.read_series(path, small("data.length=4").data)
    said = capsys.readouterr().out
    assert "1 missing values were filled" in said and "1 series are cut after 4" in said


def test_files_become_answers(run: Run, table: pd.DataFrame, tmp_path: Path) -> None:
    write_long(tmp_path / "new.csv", table.head(5), run.config)
    answers = predict.main([str(tmp_path / "new.csv"), "--run", str(run.path)])
    assert answers["name"].tolist() == ["0", "1", "2", "3", "4"]


def test_broken_archive_files_are_refused(
    small: Small, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = small().data
    cases = {
        "line 5: could not convert": ["1,2,x:a"],
        "channels of [3, 2] steps": ["1,2,3:4,5:a"],
        "holds no series": [],
    }
    path = tmp_path / "bad.ts"
    for message, lines in cases.items():
        write_ts(path, lines)
        assert message in refused(lambda: data.read_series(path, config), capsys)
    path.write_text("1,2,3:a", "utf-8")
    assert "no line @data" in refused(lambda: data.read_series(path, config), capsys)


def test_broken_tables_are_refused(
    small: Small, table: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rows.csv"
    override = write_long(path, table.head(20), small())
    good = pd.read_csv(path)
    cases = {
        "holds 'oops'": good.assign(**{"channel 0": ["oops", *good["channel 0"][1:]]}),
        "time in row 2": good.assign(time=0),
        "several values in": good.assign(**{small().data.targets[0]: range(len(good))}),
        "has no column 'time'": good.drop(columns="time"),
        f"has no column '{small().data.targets[0]}'": good.drop(columns=small().data.targets),
        "infinite or empty": good.assign(**{"channel 0": np.nan}),
    }
    for message, broken in cases.items():
        broken.to_csv(path, index=False)
        assert message in refused(lambda: data.read_table(small(override)), capsys)
    good.to_csv(path, index=False)
    said = refused(lambda: data.read_table(small(override, "data.layout=wide")), capsys)
    assert "read as wide" in said and "long: a row for each step" in said
    path.write_text("a,b\n1,2\n1,2,3\n", "utf-8")
    assert "3 cells, where other lines have 2" in refused(
        lambda: data.read_table(small(override)), capsys
    )
    said = refused(lambda: data.read_table(small('data.path="no.ts"')), capsys)
    assert "does not exist" in said
    path.unlink()
    said = refused(lambda: data.read_table(small(f'data.path="{tmp_path}"')), capsys)
    assert "holds no series" in said
