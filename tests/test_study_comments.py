"""Comments in tables: above the names, with the names in the last of them, and between rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from goodfit.errors import GoodfitError
from goodfit.reader.how import Written
from goodfit.reader.lines import header_cells, numbered
from goodfit.study import Study, study
from goodfit.study.files import divisions
from studied import RANDOM, ROWS, evidence

NUMBERS = [[f"{cell:.3f}" for cell in row] for row in RANDOM.normal(size=(ROWS, 3))]
CLASSES = ["ab"[row % 7 % 2] for row in range(ROWS)]
PROSE = (
    '{0} These data, and others, are free; see ("Keeling, 1976, Tellus", 538-551), and more',
    "{0}",
    "{0} it's \"of 1974, and others",
)


def rows(separator: str) -> list[str]:
    """Three numbers and a class in each."""
    pairs = zip(NUMBERS, CLASSES, strict=True)
    return [separator.join([*numbers, word]) for numbers, word in pairs]


def seen(path: Path, lines: list[str]) -> Study:
    """The study of these lines; what is typed to say the same says it."""
    path.write_text("\n".join(lines) + "\n")
    found = study(path, found_target(path))
    said = {"skip_lines": found.settings["skip_lines"]} if "skip_lines" in found.settings else {}
    again = study(path, found_target(path), said)
    assert again.answers == found.answers and again.settings == found.settings
    return found


def found_target(path: Path) -> tuple[str, ...]:
    return (study(path).columns or ("class",))[-1:]


@pytest.mark.parametrize("mark", ["#", "%", "//"])
@pytest.mark.parametrize("separator", [",", " ", "\t"])
def test_comments_above_a_table_are_left_out(mark: str, separator: str, tmp_path: Path) -> None:
    above = [line.format(mark) for line in PROSE]
    names = separator.join(["a", "b", "c", "class"])
    found = seen(tmp_path / "rows.dat", [*above, names, *rows(separator)])
    assert found.answers["samples"] == ROWS and found.settings["targets"] == ["class"]
    assert found.settings["skip_lines"] == [1, 2, 3]
    assert "3 lines of comment, such as" in evidence(found, "skip_lines").why


@pytest.mark.parametrize(
    ("separator", "names"),
    [
        (",", "# a,b,c,class"),
        (" ", "# a b c class"),
        (" ", "#a b c class"),
        ("\t", "#a\tb\tc\tclass"),
    ],
)
@pytest.mark.parametrize("above", [0, 3])
def test_the_last_comment_may_have_the_names(
    separator: str, names: str, above: int, tmp_path: Path
) -> None:
    comments = [line.format("#") for line in PROSE][:above]
    found = seen(tmp_path / "rows.dat", [*comments, names, *rows(separator)])
    assert found.answers["samples"] == ROWS and found.settings["targets"] == ["class"]
    assert found.settings.get("skip_lines", []) == [*range(1, above + 1)]
    assert found.settings["numeric"][1:] == ["b", "c"]


def test_comments_without_names_name_nothing(tmp_path: Path) -> None:
    above = ["# a table of stars", "#  one   two", "# x, y, 3, z"]
    found = seen(tmp_path / "rows.csv", [*above, *rows(",")])
    assert found.settings["header"] is False and found.settings["targets"] == ["column_4"]
    named = seen(tmp_path / "rows.csv", ["# of, no, use, here", "a,b,c,class", *rows(",")])
    assert named.settings["targets"] == ["class"] and named.settings["skip_lines"] == [1]


def test_comments_between_rows_and_below_them_are_left_out(tmp_path: Path) -> None:
    lines = ["a,b,c,class", *rows(","), "# end, of it"]
    lines.insert(20, "# second batch")
    found = seen(tmp_path / "rows.csv", lines)
    assert found.answers["samples"] == ROWS
    assert found.settings["skip_lines"] == [21, len(lines)]


def test_a_large_file_with_comments_between_rows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(divisions, "SAMPLE", 1_000)
    monkeypatch.setattr(divisions, "FEWEST_LINES", 30)
    lines = ["a,b,c,class", *rows(",")]
    lines.insert(20, "# second batch")
    (tmp_path / "rows.csv").write_text("\n".join(lines))
    with pytest.raises(GoodfitError, match="a comment between rows") as refused:
        study(tmp_path / "rows.csv")
    assert f"grep -v '^#' {tmp_path / 'rows.csv'} > no_comments.csv" in refused.value.fix


def test_hash_signs_in_cells_are_no_comments(tmp_path: Path) -> None:
    tags = [f"#{'ab'[row % 3 % 2]}" for row in range(ROWS)]
    lines = [f"{tag},{row * 7 % 31},{CLASSES[row]}" for row, tag in enumerate(tags)]
    assert seen(tmp_path / "tags.csv", ["#,size,class", *lines]).answers["samples"] == ROWS
    texts = [f'"a post\n# and a heading {row}",{CLASSES[row]}' for row in range(ROWS)]
    (tmp_path / "posts.csv").write_text("\n".join(["text,class", *texts]))
    found = study(tmp_path / "posts.csv", ("class",))
    assert found.answers["samples"] == ROWS and "skip_lines" not in found.settings


def test_lines_that_are_left_out_begin_no_quotation() -> None:
    how = Written(skip_lines=(1,))
    assert [*numbered(['x, "never\n', "a,b\n", "1,2\n"], how)] == [(2, ["a", "b"]), (3, ["1", "2"])]
    assert header_cells([["#", "a", "b"], ["1", "2"], ["3", "4"]]) == ["a", "b"]
    assert header_cells([["#", "a", "b"], ["1", "2", "3"]]) == ["#", "a", "b"]
