"""Sentences are read whole, split without leaks, and refused where they cannot be trained on."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import data
import predict
from config import Config
from features import PADDING, UNKNOWN, VIEWS, Encoder, shape
from model import build_model
from run import Run
from task import Target

Small = Callable[..., Config]


def written(table: pd.DataFrame) -> str:
    """The sentences of `table` in CoNLL's form."""
    rows = zip(table["tokens"], table["tags"], strict=True)
    lines = ["\n".join(f"{a} {b}" for a, b in zip(*row, strict=True)) for row in rows]
    return "\n\n".join(lines) + "\n"


def test_splits_are_disjoint_and_lose_no_sentence(small: Small, table: pd.DataFrame) -> None:
    parts = data.split(table, small())
    places = sorted(place for part in parts.values() for place in part.index)
    assert places == list(table.index)
    texts = [set(part["tokens"].str.join(" ")) for part in parts.values()]
    assert not texts[0] & texts[1] and not texts[0] & texts[2] and not texts[1] & texts[2]


def test_what_is_known_comes_from_the_training_sentences_alone(small: Small) -> None:
    rows = pd.DataFrame({"tokens": [["Ada", "saw", "ada"], ["She", "saw", "IBM"]]})
    encoder = Encoder.fit(rows, small("data.length=4").data)
    assert encoder.words == ["ada", "saw"] and encoder.shapes == ["x", "Xx"]
    x = encoder.encode(pd.DataFrame({"tokens": [["ADA", "heard", "Bob"]]}), "refuse")
    assert x.shape == (1, 4, len(VIEWS)) and x.dtype == np.int32
    assert x[0, :, 0].tolist() == [2, UNKNOWN, UNKNOWN, PADDING]
    assert x[0, :, 1].tolist() == [UNKNOWN, 2, 3, PADDING]
    assert shape("McDonald's-1999") == "XxXx'x-9"


@pytest.mark.parametrize(
    ("tags", "entities"),
    {
        "one of two words": ("B-P I-P O", [(0, 2, "P")]),
        "two side by side": ("B-P B-P I-P", [(0, 1, "P"), (1, 3, "P")]),
        "two kinds": ("B-P I-L", [(0, 1, "P"), (1, 2, "L")]),
        "without B": ("I-P I-P O I-P I-L", [(0, 2, "P"), (3, 4, "P"), (4, 5, "L")]),
        "nothing": ("O O", []),
    }.values(),
)
def test_entities(tags: str, entities: list[tuple[int, int, str]]) -> None:
    target = Target(tags=["B-L", "B-P", "I-L", "I-P", "O"], length=6)
    codes = target.encode(pd.DataFrame({"tags": [["O"], tags.split()]}))
    found = [(start, end, target.kinds()[kind]) for _, start, end, kind in target.spans(codes)]
    assert found == entities
    assert (target.spans(codes)[:, 0] == 1).all()


def test_padding_changes_no_answer(small: Small, table: pd.DataFrame) -> None:
    config = small("model.dropout=0.0")
    encoder = Encoder.fit(table, config.data)
    x, bias = encoder.encode(table.head(8), "ignore"), np.zeros(config.head.output_units)
    x[0], x[1, 1:] = PADDING, PADDING  # an empty sentence, and one of a single token
    longer = np.pad(x, ((0, 0), (0, 9), (0, 0)))
    models = [build_model(config.model, config.head, encoder, one, bias) for one in (x, longer)]
    for old, new in zip(models[0].weights, models[1].weights, strict=True):
        kept = np.zeros(new.shape)  # a longer network knows more positions
        kept[tuple(slice(size) for size in old.shape)] = old.numpy()
        new.assign(kept)
    short, long = (
        model.predict(one, verbose=0) for model, one in zip(models, (x, longer), strict=True)
    )
    real = x[:, :, 0] != PADDING
    assert np.isfinite(short).all()
    assert np.allclose(short[real], long[:, : x.shape[1]][real], atol=1e-5)


def test_files_and_folders_are_read(small: Small, table: pd.DataFrame, tmp_path: Path) -> None:
    for name in ("train.conll", "test.conll"):
        (tmp_path / name).write_text(written(table), encoding="utf-8")
    one = data.read_table(small(f'data.path="{tmp_path / "train.conll"}"'))
    assert one["tokens"].tolist() == table["tokens"].tolist()
    assert one["tags"].tolist() == table["tags"].tolist()
    (tmp_path / "test.conll").rename(tmp_path / "names.test.annotated")
    (tmp_path / "README.md").write_text("About the names.", encoding="utf-8")
    config = small(f'data.path="{tmp_path}"')
    assert len(data.split(data.read_table(config), config)["test"]) == len(table)


def test_long_sentences_lose_no_token(small: Small, table: pd.DataFrame, tmp_path: Path) -> None:
    (tmp_path / "all.conll").write_text(written(table), encoding="utf-8")
    found = data.read_table(small(f'data.path="{tmp_path / "all.conll"}"', "data.length=4"))
    assert found["tokens"].map(len).max() == 4
    assert found["tags"].explode().tolist() == table["tags"].explode().tolist()


def test_sentences_become_answers(run: Run, table: pd.DataFrame, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("Later we met Jordan Hill.\n\nOnce.\n", encoding="utf-8")
    (tmp_path / "new.conll").write_text("Later\nwe\n\nOnce\n", encoding="utf-8")
    for given in (["new.txt"], ["new.conll"], ["We met Jordan.", "They left Sydney."]):
        named = [str(tmp_path / one) if one.startswith("new") else one for one in given]
        assert len(predict.main([*named, "--run", str(run.path)])) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    {
        "no file": (None, "No such file"),
        "nothing in it": (b"\n\n", "holds no sentence"),
        "a ragged line": (b"Ada B\nwrote\n", "line 2: 'wrote' has 1 column(s), and line 1 has 2"),
        "no tags": (b"Ada\nwrote\n", "data.tag_column = -1"),
        "bytes of another encoding": (b"Ada B\n\xff O\n", "in line 2, is 0xff"),
    }.values(),
)
def test_bad_files_are_refused(
    content: bytes | None,
    message: str,
    small: Small,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if content is not None:
        (tmp_path / "bad.conll").write_bytes(content)
    with pytest.raises(SystemExit) as stopped:
        data.read_table(small(f'data.path="{tmp_path / "bad.conll"}"'))
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_tags_that_do_not_fit_the_head_are_refused(
    small: Small, table: pd.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        Target.fit(table, small("head.output_units=40"))
    target = Target.fit(table, small())
    with pytest.raises(SystemExit):
        target.encode(pd.DataFrame({"tags": [["B-unheard"]]}))
    assert "'B-unheard' stands in none of the training sentences" in capsys.readouterr().err
