"""The study shows what there is: a page, its pictures, and nothing that a browser would run."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import study
from config import Config
from report.page import Block, as_html, new_figure, write_page
from train import prepare


@pytest.fixture(scope="module")
def folder(small: Callable[..., Config], tmp_path_factory: pytest.TempPathFactory) -> Path:
    config = small()
    page = study.write_page(
        "study", study.blocks(prepare(config), config), Path(tmp_path_factory.mktemp("study"))
    )
    return page.parent


def test_every_picture_is_there_and_nothing_is_fetched(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    pictures = re.findall(r'src="(.+?)"', page)
    assert pictures and all((folder / name).stat().st_size > 1_000 for name in pictures)
    assert "<script" not in page and "http" not in page


def test_all_parts_are_counted(folder: Path, small: Callable[..., Config]) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    for part, table in prepare(small()).tables.items():
        assert f'<td class="text">{part}</td><td>{len(table)}</td>' in page


def test_text_of_the_data_is_shown_and_not_run(tmp_path: Path) -> None:
    bad = "<script>alert('$x_1$')</script>"
    table = pd.DataFrame({bad: [bad, "b"], "numbers": [1.5, np.nan]})
    figure = new_figure(2, 2)
    figure.subplots().set_title(bad)
    page = write_page(bad, [Block(bad, bad, table), Block("", "", figure)], tmp_path)
    assert "<script" not in page.read_text(encoding="utf-8")
    assert "<td>1.5</td>" in as_html(table) and "nan" not in as_html(table)
