"""The page of pictures shows what there is in the data, of every form, and runs nothing of it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest
from goodfit.cells import Cell
from projects import project, write_tree

OF_EVERY_FORM = ["What stands out", "Parts of the", "Capacity"]
FORMS: dict[str, tuple[Cell, dict[str, Any], list[str]]] = {
    "table": (
        Cell("tabular", "regression", "mlp"),
        {},
        [
            *("Targets", "How the targets are spread*", "Rows", "Empty cells"),
            *("Columns of numbers*", "Columns of categories", "Columns that go together*"),
        ],
    ),
    "table of anomalies": (
        Cell("tabular", "anomaly-detection", "autoencoder"),
        {},
        [
            *("Answers in each part", "Rows", "Empty cells"),
            *("Columns of numbers*", "Columns that go together*"),
        ],
    ),
    "image": (
        Cell("image", "multiclass-classification", "cnn"),
        {"image_size": 24},
        ["Answers in each part", "Images*", "What the images share*", "Pixels*"],
    ),
    "masks": (
        Cell("image", "segmentation", "u-net"),
        {"image_size": 32},
        ["Answers in each part", "Images and masks*", "Where the classes lie*", "Pixels*"],
    ),
    "text": (
        Cell("text", "binary-classification", "cnn"),
        {},
        ["Answers in each part", "Texts", "How long they are*", "Words*"],
    ),
    "tokens": (
        Cell("text", "tagging", "lstm"),
        {},
        ["Answers in each part", "Sentences", "How long they are*", "What is tagged", "Words"],
    ),
    "series": (
        Cell("series", "multiclass-classification", "cnn"),
        {},
        ["Answers in each part", "Series*", "How long they are*", "Channels*"],
    ),
    "window": (
        Cell("series", "forecasting", "mlp"),
        {},
        ["Targets", "How the targets are spread*", "The targets in time*", "Windows*", "Columns*"],
    ),
}
"""A project of each form, and the headings of its page; a star where a picture stands below."""
ROWS = 240


class Page(NamedTuple):
    """The text of a page, and the folder that holds it."""

    text: str
    folder: Path

    @property
    def headings(self) -> list[str]:
        """All headings, with a star where a picture follows before the next one."""
        found = []
        for block in self.text.split("<h2>")[1:]:
            found.append(block[: block.index("<")] + ("*" if "<img" in block else ""))
        return found

    def block(self, heading: str) -> str:
        """What stands below a heading."""
        [block] = [block for block in self.text.split("<h2>") if block.startswith(f"{heading}<")]
        return block


def studied(folder: Path, cell: Cell, answers: dict[str, Any], *changes: str) -> Page:
    """The page that study.py of a new project writes."""
    write_tree(project(cell, answers)[1], folder)
    settings = [word for change in changes for word in ("--set", change)]
    ran = subprocess.run(
        [sys.executable, "study.py", *settings],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    assert "wrote study/report.html" in ran.stdout
    return Page((folder / "study" / "report.html").read_text(encoding="utf-8"), folder / "study")


@pytest.fixture(scope="module", params=FORMS)
def of_form(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Page]:
    cell, answers, _ = FORMS[request.param]
    folder = tmp_path_factory.mktemp("study")
    return request.param, studied(folder, cell, answers, f"sample.rows={ROWS}")


@pytest.mark.emitted
def test_a_page_has_all_that_its_form_has(of_form: tuple[str, Page]) -> None:
    form, page = of_form
    first, parts, *others, last = page.headings
    assert [first, parts[:12], last] == OF_EVERY_FORM
    assert others == FORMS[form][2]


@pytest.mark.emitted
def test_all_pictures_are_there_and_nothing_is_fetched_or_run(of_form: tuple[str, Page]) -> None:
    _, page = of_form
    pictures = re.findall(r'src="(.+?)"', page.text)
    assert {*pictures} == {path.name for path in page.folder.glob("*.png")}
    assert all((page.folder / name).stat().st_size > 1_000 for name in pictures)
    assert "<script" not in page.text and "http" not in page.text


@pytest.mark.emitted
def test_all_parts_are_counted(of_form: tuple[str, Page]) -> None:
    form, page = of_form
    counts = re.findall(r'<td class="text">(train|validation|test)</td><td>(\d+)</td>', page.text)
    assert [part for part, _ in counts] == ["train", "validation", "test"]
    assert sum(int(count) for _, count in counts) == ROWS, form


@pytest.mark.emitted
def test_the_samples_that_come_with_a_project_show_no_error(of_form: tuple[str, Page]) -> None:
    _, page = of_form
    shown = page.block("What stands out")
    assert '<td class="text">error</td>' not in shown and "Could not be asked" not in shown


@pytest.mark.emitted
def test_a_table_shows_what_is_wrong_with_it_as_text(tmp_path: Path) -> None:
    """A column that gives the target away, gaps, a column that is not used, and HTML in cells."""
    random = np.random.default_rng(0)
    price = random.normal(100, 10, ROWS).round(2)
    size = np.where(np.arange(ROWS) % 4 == 0, np.nan, 7.25)
    size[1] = 8.5
    table = pd.DataFrame({"size": size, "with_tax": price * 1.19, "seller": "Ada"})
    table["kind"] = np.where(random.random(ROWS) < 0.7, "<script>alert('$x_1$')</script>", "$b$")
    table["price"] = price
    table.to_csv(tmp_path / "houses.csv", index=False)
    page = studied(
        tmp_path / "project",
        Cell("tabular", "regression", "mlp"),
        {"features": 4},
        f'data.path="{(tmp_path / "houses.csv").as_posix()}"',
        'data.targets=["price"]',
        'data.ignore=["seller"]',
        "data.numeric=[]",
        "data.boolean=[]",
        "data.categorical=[]",
    )
    assert "with_tax" in page.block("What stands out")
    assert re.search(r'">size</td><td>\d+</td><td>0\.\d+</td><td class="text">7.25<', page.text)
    assert "size" in page.block("Rows") and "seller" not in page.block("Rows")
    assert re.search(r'">kind</td><td>2</td><td>2</td>', page.block("Columns of categories"))
    assert "<script" not in page.text and "&lt;script" in page.text


def test_text_is_shown_and_not_run(tmp_path: Path) -> None:
    from goodfit.doctor.report.page import Block, as_html, new_figure, write_page

    bad = "<script>alert('$x_1$')</script>"
    table = pd.DataFrame({bad: [bad, "b"], "numbers": [1.5, np.nan]})
    figure = new_figure(2, 2)
    figure.subplots().set_title(bad)
    page = write_page(bad, [Block(bad, bad, table), Block("", "", figure)], tmp_path)
    assert "<script" not in page.read_text(encoding="utf-8")
    assert "<td>1.5</td>" in as_html(table) and "nan" not in as_html(table)


def test_targets_of_any_type_are_named() -> None:
    """Labels may be words, such as yes and no, and numbers have few digits."""
    from goodfit.doctor.case import Case
    from goodfit.doctor.project import Project
    from goodfit.doctor.report import DataView
    from goodfit.doctor.samples import Samples

    samples = Samples(np.zeros((1, 3)), np.zeros((1, 2)))
    table = pd.DataFrame({"red": ["yes"], "width": [1.23456]})
    for names, said in ((("red", "width"), "red yes, width 1.23"), (("width",), "1.235")):
        case = Case(None, samples, project=Project(target_names=names))
        assert DataView(case, table, "image").target_of(0) == said


def test_pandas_and_matplotlib_come_with_the_page_alone() -> None:
    """`import doctor` loads neither, nor Keras, which may load both."""
    code = "import goodfit.doctor, sys; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pandas", "matplotlib", "keras"} & {*ran.stdout.split()}
