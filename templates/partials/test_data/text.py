"""Texts are read whole, split without leaks, and refused where they cannot be trained on."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import data
import predict
from config import Config
from features import PADDING, UNKNOWN, Encoder, words
from model import build_model
from run import Run

Small = Callable[..., Config]


def test_texts_of_the_same_words_stay_together(small: Small, table: pd.DataFrame) -> None:
    shouted = table.assign(text=table["text"].str.upper() + " ")
    parts = data.split(pd.concat([table, shouted], ignore_index=True), small())
    assert sum(map(len, parts.values())) == 2 * len(table)
    sides = [{place % len(table) for place in part.index} for part in parts.values()]
    assert not sides[0] & sides[1] and not sides[0] & sides[2] and not sides[1] & sides[2]


def test_words_of_all_scripts() -> None:
    assert words("It's 9 O'CLOCK!") == ["it", "'", "s", "9", "o", "'", "clock", "!"]
    assert words("Straße, École") == ["straße", ",", "école"]
    assert words("Добрый день") == ["добрый", "день"]
    assert words("हिन्दी में") == ["हिन्दी", "में"]
    assert words("我很好。") == ["我", "很", "好", "。"]
    assert words("ok 👍\n") == ["ok", "👍"] and words(" \t") == []


def test_the_words_come_from_the_training_texts_alone(small: Small) -> None:
    rows = pd.DataFrame({"text": ["Good food, good view", "bad food", "once"]})
    encoder = Encoder.fit(rows, small("data.length=5").data)
    assert encoder.words == ["good", "food"]  # what stands there once is left unknown
    new = pd.DataFrame({"text": ["FOOD unheard of", "one two three four five six good", " "]})
    x = encoder.encode(new, "refuse")
    assert x.dtype == np.int32
    assert x.tolist() == [[3, 1, 1, 0, 0], [UNKNOWN] * 5, [PADDING] * 5]


def test_columns_are_joined_to_one_text(small: Small, tmp_path: Path) -> None:
    rows = [["Pay", "the bill"], [None, "no more"], ["only", None]]
    path = tmp_path / "mails.csv"
    pd.DataFrame(rows, columns=["subject", "body"]).to_csv(path, index=False)
    texts = data.read_rows(path, small('data.text_column="subject + body"').data, [])["text"]
    assert texts.str.strip().tolist() == ["Pay the bill", "no more", "only"]


def test_padding_changes_no_answer(small: Small, table: pd.DataFrame) -> None:
    config = small("model.dropout=0.0")
    encoder = Encoder.fit(table, config.data)
    x, bias = encoder.encode(table.head(8), "ignore"), np.zeros(config.head.output_units)
    x[0], x[1, 1:] = PADDING, PADDING  # an empty text, and one of a single word
    longer = np.pad(x, ((0, 0), (0, 9)))
    models = [build_model(config.model, config.head, encoder, one, bias) for one in (x, longer)]
    for old, new in zip(models[0].weights, models[1].weights, strict=True):
        kept = np.zeros(new.shape)  # a longer network knows more positions
        kept[tuple(slice(size) for size in old.shape)] = old.numpy()
        new.assign(kept)
    answers = [
        model.predict(one, verbose=0) for model, one in zip(models, (x, longer), strict=True)
    ]
    assert np.isfinite(answers[0]).all()
    assert np.allclose(answers[0], answers[1], atol=1e-5)


def test_a_csv_and_folders_read_alike(small: Small, table: pd.DataFrame, tmp_path: Path) -> None:
    targets = small().data.targets
    table.to_csv(tmp_path / "texts.csv", index=False)
    csv = data.read_table(small(f'data.path="{tmp_path / "texts.csv"}"'))
    assert csv["text"].tolist() == table["text"].tolist()
    (tmp_path / "parts").mkdir()
    for name in ("train", "test"):
        table.to_csv(tmp_path / "parts" / f"{name}.csv", index=False)
    config = small(f'data.path="{tmp_path / "parts"}"')
    assert len(data.split(data.read_table(config), config)["test"]) == len(table)
    if len(targets) > 1:
        return
    for part, rows in (("train", table.iloc[::2]), ("test", table.iloc[1::2])):
        for place, text, label in rows[["text", targets[0]]].itertuples():
            file = tmp_path / "folders" / part / str(label) / f"{place:04}.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    config = small(f'data.path="{tmp_path / "folders"}"')
    folders = data.read_table(config)
    assert sorted(folders["text"]) == sorted(table["text"])
    assert len(data.split(folders, config)["test"]) == len(table) // 2


def test_a_file_may_hold_the_texts_of_a_class(small: Small, tmp_path: Path) -> None:
    for name in ("rt.good", "rt.bad"):
        lines = "".join(f"it was {name[3:]} \x85 {place}\n\n" for place in range(9))
        (tmp_path / name).write_bytes(lines.encode("latin-1"))
    (tmp_path / "README").write_text("about the texts", encoding="utf-8")
    config = small(f'data.path="{tmp_path}"', 'data.encoding="cp1252"')
    if len(config.data.targets) > 1:
        return
    table = data.read_table(config)
    assert table[config.data.targets[0]].tolist() == ["bad"] * 9 + ["good"] * 9
    assert table["text"].iloc[0] == "it was bad … 0"
    assert len(data.read_new([str(tmp_path / "rt.bad")], config)) == 9


def test_labels_may_stand_in_front_of_each_text(small: Small, tmp_path: Path) -> None:
    path = tmp_path / "train.txt"
    path.write_text("__label__a __label__b one, two\n\nno label\n__label__b three\n", "utf-8")
    known = small('data.text_column="text"').data
    assert data.read_cells(path, known, [])["label"].fill_null("").to_list() == ["a,b", "", "b"]
    assert data.read_one(str(path), known)["text"].tolist() == ["one, two", "no label", "three"]


def test_names_of_files_say_the_part(
    small: Small, table: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("mails_dev", "mails_test", "more"):
        table.to_csv(tmp_path / f"{name}.csv", index=False)
    read = data.read_table(small(f'data.path="{tmp_path}"'))
    assert read[data.PART].value_counts().to_dict() == {"train": len(table), "test": len(table)}
    said = capsys.readouterr().out
    assert "left out more.csv" in said and "mails_dev is trained on" in said


def test_texts_become_answers(run: Run, table: pd.DataFrame, tmp_path: Path) -> None:
    table[["text"]].head(7).to_csv(tmp_path / "texts.csv", index=False)
    (tmp_path / "texts.txt").write_text("a good room\n\nthe food was not good\n", encoding="utf-8")
    for given, answers in (
        ([str(tmp_path / "texts.csv")], 7),
        ([str(tmp_path / "texts.txt")], 2),
        (["the food was very bad.", "the bed was clean"], 2),
    ):
        assert len(predict.main([*given, "--run", str(run.path)])) == answers


def test_bad_files_are_refused(
    small: Small, table: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = table.head(40).to_csv(index=False)
    target = small().data.targets[0]
    without = table.head(40).assign(**{target: [None] * 3 + [table[target].iloc[0]] * 37})
    cases = {
        "does not exist": None,
        "holds no rows": b"",
        "holds a header alone": ",".join(table.columns).encode() + b"\n",
        "has no column 'text'": rows.replace("text", "words", 1).encode(),
        "have no target": without.to_csv(index=False).encode(),
        "texts are empty": table.head(40).assign(text=" ").to_csv(index=False).encode(),
        "in line 3, is 0xff": rows.encode().replace(b"\n", b"\n\n\xff", 1),
        "12 cells, where other lines have": rows.encode() + b"a,b,c,d,e,f,g,h,i,j,k,l\n",
    }
    for message, content in cases.items():
        path = tmp_path / "texts.csv"
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(SystemExit) as stopped:
            data.read_table(small(f'data.path="{path}"'))
        assert stopped.value.code == 2
        assert message in capsys.readouterr().err


def test_folders_that_are_not_as_promised_are_refused(
    small: Small, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "spam").mkdir()
    (tmp_path / "1.txt").write_text("on its own", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(SystemExit):
            data.read_table(small(f'data.path="{tmp_path}"'))
        assert "mails/spam/1.txt" in capsys.readouterr().err
        (tmp_path / "1.txt").unlink(missing_ok=True)


def test_empty_texts_are_skipped_where_that_is_asked(
    small: Small, table: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table.head(40).assign(text=[" ", *table["text"][1:40]]).to_csv(tmp_path / "t.csv", index=False)
    found = data.read_table(small(f'data.path="{tmp_path / "t.csv"}"', "data.empty=skip"))
    assert len(found) == 39 and "1 of 40 texts are empty" in capsys.readouterr().out


def test_targets_that_do_not_fit_the_head_are_refused(small: Small) -> None:
    with pytest.raises(SystemExit) as stopped:
        small('data.targets=["a", "b", "c", "d", "e", "f", "g"]')
    assert stopped.value.code == 2
