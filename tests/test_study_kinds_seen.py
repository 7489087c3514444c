"""Kinds of files that public data sets come in: what is told of them, asked and refused."""

from __future__ import annotations

import math
import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from goodfit.errors import GoodfitError
from goodfit.reader.pairs import group_marks, marks_of_parts
from goodfit.study import study
from goodfit.study.proposals import commands
from studied import evidence

RANDOM = np.random.RandomState(7)
ROWS = 240
CLASS = ["no" if row % 2 else "yes" for row in range(ROWS)]


def table(path: Path, columns: dict[str, list[object]], separator: str = ",") -> Path:
    pl.DataFrame({name: [str(one) for one in cells] for name, cells in columns.items()}).write_csv(
        path, separator=separator
    )
    return path


def numbers(count: int = ROWS) -> list[object]:
    return [f"{one:.3f}" for one in RANDOM.normal(size=count)]


def test_r_writes_one_name_less_than_there_are_cells(tmp_path: Path) -> None:
    lines = [f'"Town {row}" {row / 7:.2f} {row % 9} {row % 5 / 3:.3f}' for row in range(60)]
    path = tmp_path / "swiss.txt"
    path.write_text('"Farms" "Schools" "Births"\n' + "\n".join(lines))
    found = study(path, ("Births",))
    assert found.settings["ignore"] == ["Unnamed: 0"] and found.answers["samples"] == 60
    assert {"Farms", "Schools"} <= {*evidence(found, "numeric").value}


def test_empty_rows_below_a_table_are_none(tmp_path: Path) -> None:
    lines = [f"{row / 7:.2f};{CLASS[row]};" for row in range(ROWS)]
    path = tmp_path / "rows.csv"
    path.write_text("x;kind;\n" + "\n".join([*lines, *[";;"] * 30]) + "\n")
    assert study(path, ("kind",)).answers["samples"] == ROWS


def test_times_of_day_may_have_points(tmp_path: Path) -> None:
    times = pl.datetime_range(
        pl.datetime(2024, 1, 1), pl.datetime(2024, 1, 20), "1h", eager=True
    ).dt
    columns = {
        "Date": times.strftime("%d/%m/%Y").to_list(),
        "Time": times.strftime("%H.%M.%S").to_list(),
        "load": [f"{math.sin(row / 4):.3f}" for row in range(len(times.hour()))],
    }
    found = study(table(tmp_path / "air.csv", columns, ";"), ("load",))
    assert (found.answers["input"], found.answers["time_column"]) == ("series", "Date + Time")


@pytest.mark.parametrize("mark", ["A{}", "{}.json", "{}:dep"])
def test_a_code_is_no_amount(mark: str, tmp_path: Path) -> None:
    codes = [mark.format(10 + row % 30) for row in range(ROWS)]
    found = study(table(tmp_path / "rows.csv", {"code": codes, "x": numbers(), "y": CLASS}), ("y",))
    assert "code" in evidence(found, "categorical").value
    assert "number_signs" not in found.settings


@pytest.mark.parametrize("names", ['a,b,"c (d, e)"', '"c (d, e)",a,b', 'a,"c (d, e)",b'])
def test_a_name_may_hold_the_separator(names: str, tmp_path: Path) -> None:
    lines = [",".join(map(str, row)) for row in zip(*(numbers() for _ in range(3)), strict=True)]
    path = tmp_path / "rows.csv"
    path.write_text("\n".join([names, *lines]))
    assert study(path, ("c (d, e)",)).answers["samples"] == ROWS


def test_times_of_one_day_are_read(tmp_path: Path) -> None:
    times = [f"2024-03-09 {row // 60:02d}:{row % 60:02d}:00" for row in range(ROWS)]
    path = table(tmp_path / "rows.csv", {"at": times, "x": numbers(), "fault": CLASS})
    assert study(path, ("fault",)).answers["task"] == "binary-classification"


def parts(folder: Path, columns: dict[str, list[object]], *lacking: str) -> Path:
    folder.mkdir()
    table(folder / "train.csv", columns)
    kept = {name: cells for name, cells in columns.items() if name not in lacking}
    table(folder / "test.csv", kept)
    return folder


def test_what_the_file_to_test_on_lacks_is_the_target(tmp_path: Path) -> None:
    columns = {"x": numbers(), "holiday": CLASS, "band": [f"b{row % 3}" for row in range(ROWS)]}
    found = study(parts(tmp_path / "one", columns | {"z": numbers()}, "band"))
    assert found.settings["targets"] == ["band"] and "targets" not in found.open_questions
    labels = {name: [row % number for row in range(ROWS)] for name, number in (("a", 2), ("b", 2))}
    found = study(parts(tmp_path / "labels", columns | labels, "a", "b"))
    assert found.settings["targets"] == ["a", "b"]
    both = columns | {"sold": numbers(), "visitors": numbers()}
    found = study(parts(tmp_path / "two", both, "sold", "visitors"))
    asked = evidence(found, "targets")
    assert asked.confidence == "unsure" and {*asked.value, *asked.others[0]} == {"sold", "visitors"}
    sales = columns | {"Sales": numbers(), "visitors": numbers()}
    found = study(parts(tmp_path / "named", sales, "Sales", "visitors"))
    assert found.settings["targets"] == ["Sales"] and "targets" not in found.open_questions
    found = study(tmp_path / "two", ("sold",))
    assert "visitors" in found.settings["ignore"]


def test_rows_that_are_curves_are_asked_about(tmp_path: Path) -> None:
    waves = np.sin((np.arange(40) + RANDOM.uniform(0, 40, (ROWS, 1))) / 6)
    steps = {f"t{step}": [f"{one:.4f}" for one in waves[:, step]] for step in range(40)}
    asked = evidence(study(table(tmp_path / "beats.csv", steps | {"label": CLASS})), "input")
    assert (asked.value, asked.confidence, asked.others) == ("series", "unsure", ("tabular",))
    noise = {f"t{step}": numbers() for step in range(40)}
    found = study(table(tmp_path / "noise.csv", noise | {"label": CLASS}))
    assert evidence(found, "input").value == "tabular"


def test_identifiers_may_begin_with_their_group(tmp_path: Path) -> None:
    people = [f"phon_S{row // 6:02d}_{row % 6}" for row in range(ROWS)]
    sick = [int(row // 6 % 3 == 0) for row in range(ROWS)]
    path = table(tmp_path / "voices.csv", {"name": people, "pitch": numbers(), "sick": sick})
    asked = evidence(study(path, ("sick",)), "group")
    assert (asked.value, asked.confidence) == ("name", "unsure") and "40 ways" in asked.why
    assert group_marks(["S1_1", "S1_2", "S2_1"]) == ["S1", "S1", "S2"]
    assert group_marks(["S1_1", "S1_1", "S2_1"]) == ["S1_1", "S1_1", "S2_1"]
    assert marks_of_parts({"train": ["S1_1", "S1_1"], "test": ["S2_1"]})["test"] == ["S2_1"]


def test_a_patient_may_have_any_number_of_rows(tmp_path: Path) -> None:
    columns = {"subject#": [row % 12 for row in range(2_400)], "x": numbers(2_400)}
    path = table(tmp_path / "rows.csv", columns | {"score": numbers(2_400)})
    assert study(path, ("score",)).settings["group"] == "subject#"


def test_two_columns_may_tell_series_apart(tmp_path: Path) -> None:
    days = pl.date_range(pl.date(2024, 1, 1), pl.date(2024, 2, 9), eager=True).cast(str).to_list()
    keys = [(day, shop, item) for shop in range(4) for item in range(5) for day in days]
    cells = {name: [key[at] for key in keys] for at, name in enumerate(("day", "shop", "item"))}
    found = study(table(tmp_path / "rows.csv", cells | {"sales": numbers(len(keys))}), ("sales",))
    asked = evidence(found, "input")
    assert asked.confidence == "unsure" and "4 `shop` and 5 `item`" in asked.why


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a9a", "-1 3:1 11:1 14:1\n+1 5:0.5 7:1 14:1\n-1 3:1 6:2 17:1\n" * 9, "LIBSVM"),
        ("en.conllu", "1\tA\ta\tDET\tDT\t_\t0\troot\t_\t_\n\n" * 9, "CoNLL-U"),
        ("tourism.tsf", "@relation x\n@data\nT1:2000-01-01:1,2,3\n", "collection of series"),
    ],
)
def test_what_is_not_read_is_called_by_its_name(
    name: str, text: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(GoodfitError, match=said):
        study(path)


def test_another_input_is_proposed_without_the_questions_of_the_first(tmp_path: Path) -> None:
    """A text is left out of a table, and not of a network for texts."""
    words = [" ".join(RANDOM.choice(["fine", "late", "seat", "crew", "lost"], 16)) for _ in CLASS]
    columns = {"id": [f"{row:05d}" for row in range(ROWS)], "text": words, "mood": CLASS}
    more = {name: numbers() for name in ("retweets", "followers", "confidence")}
    path = table(tmp_path / "tweets.csv", columns | more)
    found = study(path, ("mood",))
    first, *others = commands(found, path, ("mood",), {}, "goodfit")
    assert "--input tabular" in first and others == ["goodfit --input text"]


def test_a_folder_of_tables_without_an_ending_is_none_of_texts(tmp_path: Path) -> None:
    for part in ("tes", "tra"):
        rows = ["  ".join(map(str, RANDOM.randint(0, 100, 17))) for _ in range(60)]
        (tmp_path / f"pendigits.{part}").write_text("\n".join(rows))
    found = study(tmp_path)
    assert found.path.name == "pendigits.tra" and found.answers["samples"] == 60


def test_a_folder_of_what_has_no_class_is_none(tmp_path: Path) -> None:
    for name in ("neg", "pos", "unsup"):
        folder = tmp_path / "reviews" / name
        folder.mkdir(parents=True)
        for row in range(12):
            (folder / f"{row}.txt").write_text(f"{name} words of the film {row}")
    with pytest.raises(GoodfitError, match="12 texts in folders called 'unsup'"):
        study(tmp_path / "reviews")


def test_a_flag_beside_years_is_asked_about(tmp_path: Path) -> None:
    lines = [
        f"{1749 + row // 12};{row % 12 + 1};{row % 131 / 3:.1f};{row % 7 // 6}"
        for row in range(600)
    ]
    path = tmp_path / "sunspots.csv"
    path.write_text("\n".join(lines))
    assert "targets" in study(path).open_questions


def test_two_tabs_may_stand_where_others_have_one(tmp_path: Path) -> None:
    lines = [f"{row / 7:.2f}\t{row % 9}.5\t{row % 3 + 1}" for row in range(60)]
    lines[4] = lines[4].replace("\t", "\t\t")
    path = tmp_path / "seeds.txt"
    path.write_text("\n".join(lines))
    found = study(path)
    assert (found.answers["samples"], found.settings["targets"]) == (60, ["column_3"])


def test_a_title_of_as_many_words_as_columns_is_no_row(tmp_path: Path) -> None:
    path = table(tmp_path / "rows.txt", {"x": numbers(), "y": numbers(), "class": [*CLASS]}, "\t")
    path.write_text("Report of May\n" + path.read_text())
    found = study(path)
    assert (found.answers["samples"], found.settings["targets"]) == (ROWS, ["class"])


def test_names_of_parts_may_be_glued_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "occupancy"
    folder.mkdir()
    for name in ("datatraining", "datatest"):
        columns = {"light": numbers(), "heat": numbers(), "Occupancy": [*CLASS]}
        table(folder / f"{name}.txt", columns)
    found = study(folder)
    assert found.settings["targets"] == ["Occupancy"] and not found.open_questions
    assert found.answers["samples"] == 2 * ROWS


def test_series_may_be_divided_by_spaces(tmp_path: Path) -> None:
    for name, count in (("Power_TRAIN.txt", 60), ("Power_TEST.txt", 90)):
        rows = RANDOM.normal(size=(count, 24)).cumsum(axis=1)
        lines = [
            f"  {row % 2 + 1:.7e}   " + "   ".join(map("{:.7e}".format, one))
            for row, one in enumerate(rows)
        ]
        (tmp_path / name).write_text("\n".join(lines))
    found = study(tmp_path)
    assert (found.answers["input"], found.answers["length"]) == ("series", 24)
    assert found.answers["task"] == "binary-classification" and found.answers["samples"] == 60


@pytest.mark.parametrize("ending", ["json", "parquet"])
def test_lists_of_as_many_numbers_are_columns(ending: str, tmp_path: Path) -> None:
    held = pl.DataFrame(
        {"place": [[row / 3, row % 7] for row in range(ROWS)], "kind": CLASS},
        schema={"place": pl.List(pl.Float64), "kind": pl.String},
    )
    path = tmp_path / f"places.{ending}"
    held.write_json(path) if ending == "json" else held.write_parquet(path)
    found = study(path, ("kind",), {"ignore": []})
    assert evidence(found, "numeric").value == ["place.0", "place.1"]


@pytest.mark.parametrize("ending", ["json", "jsonl", "parquet"])
def test_lists_of_other_lengths_are_refused(ending: str, tmp_path: Path) -> None:
    lists = {"my 'places'": [[0.5] * (row % 3) for row in range(ROWS)], "kind": CLASS}
    held = pl.DataFrame({"x": RANDOM.normal(size=ROWS), **lists})
    path = tmp_path / f"my places.{ending}"
    write = {"json": held.write_json, "jsonl": held.write_ndjson, "parquet": held.write_parquet}
    write[ending](path)
    with pytest.raises(GoodfitError, match="lists in the column") as refused:
        study(path, ("kind",))
    command = re.search(r"python -c '.*(?= writes)", refused.value.fix)
    assert command and shlex.split(command[0])[0] == "python"
    subprocess.run([sys.executable, *shlex.split(command[0])[1:]], check=True)
    found = study(path.with_stem("my places-without-lists"), ("kind",))
    assert found.columns == ("x", "kind")


AMOUNT, PAIR = "an amount", "two values"
NAMED = {  # file, columns in order with what they hold, and the target; None is asked
    "a price amid others": ("homes", {"area": AMOUNT, "price": AMOUNT, "year": AMOUNT}, "price"),
    "a price beside sales": (
        "shops",
        {"sales": AMOUNT, "area": AMOUNT, "price": AMOUNT, "staff": AMOUNT},
        None,
    ),
    "a value of houses": (
        "california",
        {"rooms": AMOUNT, "median_house_value": AMOUNT, "near": PAIR},
        "median_house_value",
    ),
    "words of the file's name": (
        "Life Expectancy Data",
        {"Alcohol": AMOUNT, "Life expectancy": AMOUNT, "Schooling": AMOUNT},
        "Life expectancy",
    ),
    "a word of the file's name, last": (
        "SeoulBikeData",
        {"heat": AMOUNT, "wind": AMOUNT, "Rented Bikes": AMOUNT},
        "Rented Bikes",
    ),
    "what a row is": ("resume", {"years": AMOUNT, "call": PAIR, "resume_kind": PAIR}, None),
    "a unit behind the name": (
        "mix",
        {"cement": AMOUNT, "age": AMOUNT, "Compressive strength(MPa, megapascals)": AMOUNT},
        "Compressive strength(MPa, megapascals)",
    ),
    "Y beside X1, X2": (
        "set",
        {"X1 age": AMOUNT, "X2 stores": AMOUNT, "Y house": AMOUNT, "X3 rooms": AMOUNT},
        "Y house",
    ),
    "default in the next month": (
        "cards",
        {"SEX": PAIR, "limit": AMOUNT, "default.payment.next.month": PAIR},
        "default.payment.next.month",
    ),
}


def test_the_close_of_a_day_is_forecast(tmp_path: Path) -> None:
    days = pl.date_range(pl.date(2020, 1, 1), pl.date(2020, 12, 31), eager=True).cast(str)
    names = ("Open", "High", "Low", "Close", "Adj Close", "Volume")
    columns = {"Date": days.to_list(), **{name: numbers(len(days)) for name in names}}
    found = study(table(tmp_path / "ACME.csv", columns))
    assert (found.answers["task"], found.settings["targets"]) == ("forecasting", ["Close"])


@pytest.mark.parametrize("end", ["first", "last"])
def test_the_only_codes_at_an_end_of_nameless_columns_are_classes(end: str, tmp_path: Path) -> None:
    codes: list[object] = [(0, 0, 0, 1, 2, 5)[row % 6] for row in range(ROWS)]
    columns = {f"x{place}": numbers() for place in range(9)}
    columns = {"y": codes} | columns if end == "first" else columns | {"y": codes}
    path = tmp_path / "wine.data"
    pl.DataFrame({name: map(str, one) for name, one in columns.items()}).write_csv(
        path, include_header=False
    )
    found = study(path)
    assert found.settings["targets"] == ["column_1" if end == "first" else "column_10"]
    assert found.answers["task"] == "multiclass-classification"


@pytest.mark.parametrize("case", NAMED)
def test_names_say_what_is_predicted(case: str, tmp_path: Path) -> None:
    file, columns, wanted = NAMED[case]
    cells = {name: [*CLASS] if what == PAIR else numbers() for name, what in columns.items()}
    found = study(table(tmp_path / f"{file}.csv", cells))
    if wanted is None:
        assert "targets" in found.open_questions
    else:
        assert found.settings["targets"] == [wanted]


def test_arff_keeps_the_class_last(tmp_path: Path) -> None:
    path = tmp_path / "trees.arff"
    head = (
        "@relation r\n@attribute height numeric\n@attribute place {a,b}\n@attribute use {yes,no}\n"
    )
    rows = [f"{row / 7:.2f},{'ab'[row // 2 % 2]},{kind}" for row, kind in enumerate(CLASS)]
    path.write_text(head + "@data\n" + "\n".join(rows))
    assert study(path).settings["targets"] == ["use"]


def test_numbers_called_classes_are_classes(tmp_path: Path) -> None:
    codes = [(0, 0, 0, 0, 1, 2)[row % 6] for row in range(ROWS)]
    path = table(tmp_path / "rows.csv", {"x1": numbers(), "x2": numbers(), "class": [*codes]})
    assert study(path).answers["task"] == "multiclass-classification"


@pytest.mark.parametrize("named", [True, False])
def test_a_class_spread_over_columns_is_asked_about(named: bool, tmp_path: Path) -> None:
    """Each row has one fault of four, in columns of their own; the last is no target by itself."""
    faults = ("scratch", "stain", "dirt", "bump")
    kinds = RANDOM.randint(0, 4, ROWS).tolist()
    marks = {name: [str(int(one == place)) for one in kinds] for place, name in enumerate(faults)}
    path = table(tmp_path / "plates.csv", {"area": numbers(), "depth": numbers()} | marks)
    if not named:
        path.write_text(path.read_text().partition("\n")[2])
    asked = evidence(study(path), "targets")
    wanted = [*faults] if named else [f"column_{place}" for place in range(3, 7)]
    assert asked.confidence == "unsure" and asked.value == wanted
    found = study(path, tuple(asked.value))
    assert found.answers["task"] == "multilabel-classification"
    marks["bump"] = [str(1 - int(cell)) for cell in marks["bump"]]
    table(path, {"area": numbers(), "depth": numbers()} | marks)
    assert evidence(study(path), "targets").value != wanted


def test_a_target_that_somebody_set_is_a_feature(tmp_path: Path) -> None:
    columns = {name: numbers() for name in ("age", "Hit target", "distance", "work load")}
    found = study(table(tmp_path / "rows.csv", columns | {"hours away": numbers()}))
    assert "targets" in found.open_questions


@pytest.mark.parametrize("word", ["Total", "store 3"])
def test_a_total_far_below_is_asked_about(word: str, tmp_path: Path) -> None:
    amounts = RANDOM.randint(1, 999, 2_500)
    lines = [f"store {row % 9},{amount},{CLASS[row % ROWS]}" for row, amount in enumerate(amounts)]
    path = tmp_path / "sales.csv"
    path.write_text("\n".join(["store,amount,kind", *lines, f"{word},{amounts.sum()},"]))
    found = study(path, ("amount",))
    if word == "Total":
        asked = evidence(found, "skip_lines")
        assert (asked.value, asked.confidence) == ([2_502], "unsure")
        assert study(path, ("amount",), {"skip_lines": [2_502]}).answers["samples"] == 2_500
    else:
        assert "skip_lines" not in found.open_questions


@pytest.mark.parametrize("separator", ["\t", "  "])
def test_a_nameless_file_of_curves_is_asked_about(separator: str, tmp_path: Path) -> None:
    """A class, and a curve behind it: one file of an archive."""
    lines = []
    for row in range(60):
        wave = [math.sin(at / 5 + row % 2 + RANDOM.normal()) + row % 7 for at in range(40)]
        lines.append(separator.join([str(row % 2), *(f"{step:.4f}" for step in wave)]))
    path = tmp_path / "waves.txt"
    path.write_text("\n".join(lines))
    asked = evidence(study(path), "input")
    assert (asked.value, asked.confidence, asked.others) == ("series", "unsure", ("tabular",))
    found = study(path, (), {"input": "series"})
    assert found.settings["targets"] == ["0"] and found.answers["length"] == 40
    assert study(path, (), {"input": "tabular"}).settings["targets"] == ["column_1"]
    assert not found.open_questions


@pytest.mark.parametrize("name", ["fnlwgt", "wgt", "Survey weight", "PERWT", "weight"])
def test_the_weight_of_a_survey_is_no_feature(name: str, tmp_path: Path) -> None:
    columns = {"age": numbers(), name: numbers(), "vote": CLASS}
    left_out = study(table(tmp_path / "rows.csv", columns), ("vote",)).settings.get("ignore", [])
    assert left_out == ([] if name == "weight" else [name])


def test_a_word_of_the_file_is_no_target_where_other_columns_have_it(tmp_path: Path) -> None:
    words = [f"w{row % 5}" for row in range(ROWS)]
    columns = {"track_id": [f"t{row}" for row in range(ROWS)], "loud": numbers(), "fast": numbers()}
    path = table(tmp_path / "spotify-tracks.csv", columns | {"track_genre": words})
    assert evidence(study(path), "targets").confidence == "unsure"
    path = table(
        tmp_path / "more-tracks.csv", {"x": numbers(), "z": numbers(), "track_genre": words}
    )
    assert evidence(study(path), "targets").confidence == "likely"


@pytest.mark.parametrize(("codes", "sure"), [(3, "likely"), (4, "likely"), (5, "unsure")])
def test_few_codes_one_behind_the_other_are_classes(codes: int, sure: str, tmp_path: Path) -> None:
    often = [min(codes, 1 + row % (2 * codes)) for row in range(ROWS)]  # the last one most
    path = table(tmp_path / "rows.csv", {"x": numbers(), "health": often})
    found = evidence(study(path, ("health",)), "task")
    assert found.confidence == sure
    assert found.value == "multiclass-classification" or sure == "unsure"
