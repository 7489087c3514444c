"""A page of blocks, each a heading, a sentence and a table or a picture; no script, all local."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ..harmless import readable

BLUE, ORANGE = "#2a6f97", "#e07a1f"  # told apart by colour-blind eyes, and in grey
MOST = 16  # columns in one picture
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #222; background: #fff;
       max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-bottom: 0; } h2 { margin: 2.5rem 0 0; } p { max-width: 44rem; margin: .3rem 0 .8rem; }
img { max-width: 100%; } .wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; }
th, td { padding: .25rem .7rem; border-bottom: 1px solid #ddd; text-align: right;
         vertical-align: top; white-space: nowrap; }
th { border-bottom: 2px solid #888; } th:first-child, .text { text-align: left; }
td.text { white-space: normal; overflow-wrap: anywhere; min-width: 5rem; }
"""


class Block(NamedTuple):
    """One part of the page; `shown` may be nothing where the words say it all."""

    title: str
    words: str
    shown: pd.DataFrame | Figure | None = None


def new_figure(width: float, height: float) -> Figure:
    """An empty figure in inches. Names of columns and files are drawn as they are, "$" too."""
    matplotlib.rcParams["text.parse_math"] = False
    return Figure(figsize=(width, height), layout="constrained")


def before_and_after(before: np.ndarray, after: np.ndarray, names: list[str]) -> Figure:
    """Histograms of the columns of two arrays, (rows, columns): one above the other, as they were
    read and as the network sees them; the first `MOST` columns."""
    shown = names[:MOST]
    across, down = min(4, len(shown)), math.ceil(len(shown) / 4)
    figure = new_figure(max(5.0, 2.7 * across), 2.8 * down)
    panels = figure.subplots(2 * down, across, squeeze=False)
    for axes in panels.flat:
        axes.axis("off")
    for place, name in enumerate(shown):
        row, column = 2 * (place // 4), place % 4
        for axes, values, colour in (
            (panels[row, column], before, BLUE),
            (panels[row + 1, column], after, ORANGE),
        ):
            axes.axis("on")
            axes.hist(values[:, place].astype("float64"), bins=30, color=colour)
            axes.set_yticks([])
            axes.tick_params(labelsize=7)
        panels[row, column].set_title(name[:24], fontsize=9)
    return figure


def escaped(text: str) -> str:
    """Text as a page shows it: no mark of HTML, and no sign that turns round what stands beside."""
    return html.escape(readable(text))


def as_cell(value: Any) -> str:
    """A cell of a table: text on the left, numbers on the right, nothing for what is missing."""
    if isinstance(value, str):
        return f'<td class="text">{escaped(value)}</td>'
    if pd.isna(value):
        return "<td></td>"
    if isinstance(value, float):
        return f"<td>{value:,.0f}</td>" if abs(value) >= 1_000 else f"<td>{value:.4g}</td>"
    return f"<td>{escaped(str(value))}</td>"


def as_html(table: pd.DataFrame) -> str:
    """A table, escaped; its index is the first column where it has a name."""
    whole = table.reset_index() if table.index.name else table
    left = {True: ' class="text"', False: ""}  # as the cells below
    head = "".join(
        f"<th{left[any(isinstance(value, str) for value in whole[name])]}>{escaped(str(name))}</th>"
        for name in whole
    )
    rows = ["".join(map(as_cell, row)) for row in whole.itertuples(index=False, name=None)]
    lines = "\n".join(f"<tr>{cells}</tr>" for cells in [head, *rows])
    return f'<div class="wide"><table>{lines}</table></div>'


def write_page(title: str, blocks: Iterable[Block], folder: Path) -> Path:
    """Write report.html and its pictures, 1.png, 2.png, ..., into `folder`; return the page."""
    folder.mkdir(parents=True, exist_ok=True)
    parts, pictures = [f"<h1>{escaped(title)}</h1>"], 0
    for block in blocks:
        parts.append(f"<h2>{escaped(block.title)}</h2><p>{escaped(block.words)}</p>")
        if isinstance(block.shown, Figure):
            pictures += 1
            block.shown.savefig(folder / f"{pictures}.png", dpi=110)
            parts.append(f'<img src="{pictures}.png" alt="{escaped(block.title)}">')
        elif block.shown is not None:
            parts.append(as_html(block.shown))
    head = f'<meta charset="utf-8"><title>{escaped(title)}</title><style>{STYLE}</style>'
    body = "\n".join(parts)
    page = folder / "report.html"
    text = f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n{body}\n</body></html>\n'
    page.write_text(text, encoding="utf-8")
    return page
