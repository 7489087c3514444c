"""Tables in pictures: columns before and after they are scaled, gaps, categories, correlations."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from .data_view import DataView
from .page import MOST, Block, before_and_after, new_figure


def blocks(view: DataView) -> Iterator[Block]:
    """Blocks of the page."""
    yield rows_block(view)
    yield gaps_block(view)
    if view.medians:
        yield numbers_block(view)
    if view.categories:
        yield categories_block(view)
    if view.y.ndim > 1:
        yield from correlations_blocks(view)


def rows_block(view: DataView) -> Block:
    """A few rows as they were read, without the columns that nothing is learnt from."""
    some = view.table.iloc[view.places[view.chosen(6)]]
    kept = some.drop(columns=[name for name in some if name in view.unused])
    return Block("Rows", "Training rows, drawn at random, as they were read.", kept)


def gaps_block(view: DataView) -> Block:
    """Which columns have empty cells, and what they get instead."""
    counts = view.table[[*view.medians, *view.categories]].isna().sum()
    counts = counts[counts > 0].sort_values(ascending=False)
    if counts.empty:
        return Block("Empty cells", "None in the training part.")
    filled = [f"{view.medians[name]:.4g}" if name in view.medians else "" for name in counts.index]
    columns = {"empty": counts, "share": counts / len(view.table), "filled with": filled}
    words = "A column of numbers gets its median, and a second column says where that was; in a "
    words += "column of categories a gap is a category."
    return Block("Empty cells", words, pd.DataFrame(columns).rename_axis("column"))


def numbers_block(view: DataView) -> Block:
    """Each column of numbers as it was read (gaps filled) and as the network sees it."""
    names = list(view.medians)
    words = "Above as they were read, gaps filled; below as the network sees them."
    if len(names) > MOST:
        words += f" The first {MOST} of {len(names)}."
    return Block("Columns of numbers", words, before_and_after(view.x, view.seen, names))


def categories_block(view: DataView) -> Block:
    """How many categories a column has, and which is the commonest."""
    sources = view.case.project.sources or {}
    rows = []
    for name, cells in view.categories.items():
        counts = cells.value_counts()
        share = f"{counts.iloc[0] / len(cells):.0%}"
        inputs = len(sources.get(name, ()))
        rows.append((name, len(counts), inputs, str(counts.index[0])[:40], share))
    columns = ["column", "categories", "inputs", "commonest", "share"]
    words = "Each category is an input of its own, 0 or 1; rare ones share one."
    return Block("Columns of categories", words, pd.DataFrame(rows, columns=columns))


def correlations_blocks(view: DataView) -> Iterator[Block]:
    """How the columns of numbers go together, and with the (first) target; nothing where there are
    none that vary."""
    names = list(view.medians)
    columns = np.column_stack([view.x[:, : len(names)], view.y[:, 0]])
    varied = columns.std(axis=0) > 0
    if not varied[:-1].any():
        return
    names = [name for name, kept in zip([*names, "(target)"], varied, strict=True) if kept]
    together = np.atleast_2d(np.corrcoef(columns[:, varied], rowvar=False))
    order = np.sort(np.argsort(-np.abs(together[-1]))[: MOST + 1])
    shown = [names[place][:24] for place in order]
    side = 2.5 + 0.38 * len(order)
    figure = new_figure(side + 1, side)
    axes = figure.subplots()
    drawn = axes.imshow(together[np.ix_(order, order)], cmap="RdBu_r", vmin=-1, vmax=1)
    axes.set_xticks(range(len(order)), shown, rotation=90, fontsize=8)
    axes.set_yticks(range(len(order)), shown, fontsize=8)
    figure.colorbar(drawn, ax=axes, shrink=0.7)
    words = "From -1 to 1, in straight lines only. Columns of one colour tell the same; one that "
    words += "goes with the target too well may have been filled in after it."
    yield Block("Columns that go together", words, figure)
