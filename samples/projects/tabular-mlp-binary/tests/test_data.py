"""Rows are read whole, split without leaks, and refused where they cannot be trained on."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import data
import predict
from config import Config, HeadConfig
from features import Encoder
from run import Run
from task import Target

Small = Callable[..., Config]


def test_splits_are_disjoint_and_lose_no_row(small: Small, table: pd.DataFrame) -> None:
    parts = data.split(table, small())
    places = [place for part in parts.values() for place in part.index]
    assert sorted(places) == list(table.index)


def test_equal_rows_stay_together(small: Small, table: pd.DataFrame) -> None:
    twice = pd.concat([table, table], ignore_index=True)
    parts = data.split(twice, small())
    for part in parts.values():
        assert {place % len(table) for place in part.index} == {
            place for place in part.index if place < len(table)
        }


def test_many_copies_of_few_rows_leave_the_parts_their_shares(
    small: Small, table: pd.DataFrame
) -> None:
    copies = table.iloc[np.arange(len(table) // 2) % 3]
    many = pd.concat([table, copies], ignore_index=True)
    for seed in range(8):
        parts = data.split(many, small(f"training.seed={seed}"))
        for name, share in (("validation", 0.2), ("test", 0.2)):
            assert abs(len(parts[name]) / len(many) - share) < 0.05


def test_a_group_stays_together(small: Small, table: pd.DataFrame) -> None:
    grouped = table.assign(owner=np.arange(len(table)) // 4)
    parts = data.split(grouped, small("data.group=owner"))
    owners = [set(part["owner"]) for part in parts.values()]
    assert not owners[0] & owners[1] and not owners[0] & owners[2] and not owners[1] & owners[2]


def test_the_seed_decides_the_split(small: Small, table: pd.DataFrame) -> None:
    first, again, other = (
        data.split(table, small(f"training.seed={seed}"))["test"].index for seed in (0, 0, 1)
    )
    assert first.equals(again) and not first.equals(other)


def test_csv_and_parquet_read_alike(small: Small, table: pd.DataFrame, tmp_path: Path) -> None:
    table.to_csv(tmp_path / "rows.csv", index=False)
    table.to_parquet(tmp_path / "rows.parquet")
    config = small(f'data.path="{tmp_path / "rows.csv"}"')
    csv = data.read_table(config)
    parquet = data.read_table(small(f'data.path="{tmp_path / "rows.parquet"}"'))
    encoder, target = Encoder.fit(csv, config.data), Target.fit(csv, config)
    assert np.allclose(encoder.encode(csv, "refuse"), encoder.encode(parquet, "refuse"))
    assert np.allclose(target.encode(csv), target.encode(parquet))


def test_dates_become_numbers(small: Small, table: pd.DataFrame, tmp_path: Path) -> None:
    days = pd.Timestamp("2024-02-01") + pd.to_timedelta(np.arange(len(table)) % 700, "D")
    table.assign(due=days.strftime("%d/%m/%Y")).to_csv(tmp_path / "rows.csv", index=False)
    path, dates = f'data.path="{tmp_path / "rows.csv"}"', 'data.dates=["due=month", "due=days"]'
    config = small(path, dates, "data.day_first=true")
    read = data.read_table(config)
    assert "due" not in read and read["due days"].iloc[:2].diff().iloc[1] == 1
    encoder = Encoder.fit(read, config.data)
    assert {"due month sin", "due month cos", "due days"} <= {*encoder.numeric}
    whole = encoder.encode(read, "refuse")
    table.assign(due=days.strftime("%d/%m/%Y")).head(3).to_csv(tmp_path / "new.csv", index=False)
    new = data.read_new([str(tmp_path / "new.csv")], config)  # 01/02 to 03/02 in both readings
    assert np.array_equal(encoder.encode(new, "refuse"), whole[:3])


def test_arrays_of_a_file_are_columns(small: Small, tmp_path: Path) -> None:
    np.savez(tmp_path / "rows.npz", X=np.arange(6.0).reshape(3, 2), y=np.array([0, 1, 0]))
    table = data.read_rows(tmp_path / "rows.npz", small().data)
    wanted = {"column_1": [0, 2, 4], "column_2": [1, 3, 5], "target": [0, 1, 0]}
    assert table.to_dict("list") == wanted
    np.savez(tmp_path / "other.npz", x=np.zeros((3, 2, 2)))
    with pytest.raises(SystemExit):
        data.read_rows(tmp_path / "other.npz", small().data)


def test_features_are_finite_and_learned_from_the_training_rows(
    small: Small, table: pd.DataFrame
) -> None:
    parts = data.split(table, small())
    encoder = Encoder.fit(parts["train"], small().data)
    x = encoder.encode(parts["train"], "refuse")
    mean, variance = encoder.statistics(x)
    numbers = slice(len(encoder.numeric))
    scaled = ((x - mean) / np.sqrt(variance))[:, numbers]
    assert x.dtype == np.float32 and np.isfinite(encoder.encode(table, "ignore")).all()
    assert np.allclose(scaled.mean(axis=0), 0, atol=1e-3)
    assert np.allclose(scaled.std(axis=0), 1, atol=1e-3)


def test_parts_that_are_given_are_kept(small: Small, table: pd.DataFrame) -> None:
    given = table.assign(where=np.where(np.arange(len(table)) < 300, "train", "test"))
    parts = data.split(given, small("data.part=where"))
    assert set(given.index[300:]) <= set(parts["test"].index)
    assert 0 < len(parts["validation"]) < len(parts["train"]) < 300
    with pytest.raises(SystemExit):
        data.split(table.assign(where="somewhere"), small("data.part=where"))


def test_a_file_of_rows_becomes_answers(run: Run, table: pd.DataFrame, tmp_path: Path) -> None:
    table.drop(columns=run.config.data.targets).head(7).to_csv(tmp_path / "rows.csv", index=False)
    options = [str(tmp_path / "rows.csv"), "--run", str(run.path), "--unseen", "ignore"]
    assert len(predict.main(options)) == 7


def test_gaps_and_unknown_categories(small: Small) -> None:
    rows = pd.DataFrame({"size": [1.0, 3.0, None, 5.0], "colour": ["red", "blue", None, "red"]})
    encoder = Encoder.fit(rows, small().data)
    assert encoder.numeric == {"size": 3.0} and encoder.flagged == ["size"]
    assert encoder.categorical == {"colour": ["<missing>", "blue", "red"]}
    new = pd.DataFrame({"size": [None], "colour": ["green"]})
    assert encoder.encode(new, "ignore").tolist() == [[3.0, 1.0, 0.0, 0.0, 0.0]]
    with pytest.raises(SystemExit) as stopped:
        encoder.encode(new, "refuse")
    assert stopped.value.code == 2


def test_what_is_unlike_the_training_rows_is_told(
    small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = pd.DataFrame({"size": [1.0, 3.0, 5.0, 2.0], "colour": ["red", "blue", "red", "blue"]})
    encoder = Encoder.fit(rows, small().data)
    encoder.encode(rows, "refuse")
    assert not capsys.readouterr().out
    encoder.encode(pd.DataFrame({"size": [None, 900.0], "colour": [None, "red"]}), "refuse")
    said = capsys.readouterr().out
    assert "'size': 1 of 1 numbers lie far from 1 to 5, the training rows', such as 900" in said
    assert "'size': 1 of 2 cells are empty" in said and "'colour': 1 of 2 cells" in said


@pytest.mark.parametrize("slip", ["n/a?", "3 cm"])
def test_a_word_among_numbers_is_refused(small: Small, slip: str) -> None:
    rows = pd.DataFrame({"size": [*map(str, range(30)), slip]})
    with pytest.raises(SystemExit) as stopped:
        Encoder.fit(rows, small().data)
    assert stopped.value.code == 2
    named = Encoder.fit(rows, small('data.categorical=["size"]', "data.max_categories=99").data)
    assert slip in named.categorical["size"]


def write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return f'data.path="{path}"'


def rows_of(table: pd.DataFrame, empty: str = "", rows: int = 40) -> str:
    head = table.head(40).copy()
    if empty:
        head[empty] = head[empty].where(np.arange(40) >= rows)
    return head.to_csv(index=False)


def test_bad_files_are_refused(
    small: Small, table: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = table.columns[-1]
    first = table.columns[0]
    cases = {
        "does not exist": None,
        "holds no rows": "",
        "line 2: 3 cells, where other lines have 2": f"a,{target}\n1,2,3\n4,5\n",
        "holds a header alone": ",".join(table.columns) + "\n",
        f"has no column '{target}'": rows_of(table).replace(target, "something"),
        "have no target": rows_of(table, empty=target, rows=1),
        f"column '{first}' has no value at all": rows_of(table, empty=first),
    }
    for message, text in cases.items():
        override = write(tmp_path / "rows.csv", text or "")
        if text is None:
            override = 'data.path="nowhere.csv"'
        with pytest.raises(SystemExit) as stopped:
            data.read_table(small(override))
        assert stopped.value.code == 2
        assert message in capsys.readouterr().err


def test_a_target_with_one_value_is_refused_unless_it_is_normal(
    small: Small, table: pd.DataFrame
) -> None:
    targets = small().data.targets
    constant = table.assign(**{name: table[name].iloc[0] for name in targets})
    if "normal" in HeadConfig.model_fields:
        Target.fit(constant, small())
        return
    with pytest.raises(SystemExit) as stopped:
        Target.fit(constant, small())
    assert stopped.value.code == 2


def test_a_batch_above_the_rows_is_refused(small: Small, table: pd.DataFrame) -> None:
    with pytest.raises(SystemExit) as stopped:
        data.split(table, small("training.batch_size=399"))
    assert stopped.value.code == 2


def test_targets_that_do_not_fit_the_head_are_refused(small: Small) -> None:
    with pytest.raises(SystemExit) as stopped:
        small('data.targets=["a", "b", "c", "d", "e", "f", "g"]')
    assert stopped.value.code == 2
