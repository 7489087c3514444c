"""Tables in pictures: columns before and after they are scaled, gaps, categories, correlations."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from config import Config
from data import as_text
from features import Encoder
from report.page import MOST, Block, before_and_after, new_figure
from train import Prepared


def blocks(
    prepared: Prepared, config: Config, places: np.ndarray, seen: np.ndarray
) -> Iterator[Block]:
    """Blocks of the page, of the training rows at `places`; `seen`, (rows, columns), is what the
    network's normalisation makes of them."""
    table = prepared.tables["train"]
    yield of_rows(table, config)
    yield of_gaps(table, prepared.encoder)
    x = prepared.parts.x[places]
    yield from of_numbers(x, seen, prepared.encoder)
    yield from of_categories(table, prepared.encoder)
    if prepared.parts.y.shape[1:]:
        yield from of_correlations(x, prepared.parts.y[places], prepared.encoder)


def of_rows(table: pd.DataFrame, config: Config) -> Block:
    """A few rows as they were read, without the columns that nothing is learnt from."""
    some = table.sample(min(6, len(table)), random_state=config.training.seed)
    unused = {*config.data.ignore, config.data.group, config.data.part}
    kept = some.drop(columns=[name for name in some if name in unused])
    return Block("Rows", "Training rows, drawn at random, as they were read.", kept)


def of_gaps(table: pd.DataFrame, encoder: Encoder) -> Block:
    """Which columns have empty cells, and what they get instead."""
    counts = table[[*encoder.numeric, *encoder.categorical]].isna().sum()
    counts = counts[counts > 0].sort_values(ascending=False)
    if counts.empty:
        return Block("Empty cells", "None in the training part.")
    filled = [
        f"{encoder.numeric[one]:.4g}" if one in encoder.numeric else "" for one in counts.index
    ]
    shown = pd.DataFrame(
        {"empty": counts, "share": counts / len(table), "filled with": filled}
    ).rename_axis("column")
    words = "A column of numbers gets its median, and a second column says where that was; in a "
    return Block("Empty cells", words + "column of categories a gap is a category.", shown)


def of_numbers(x: np.ndarray, seen: np.ndarray, encoder: Encoder) -> Iterator[Block]:
    """Each column of numbers as it was read (gaps filled) and as the network sees it."""
    names = list(encoder.numeric)
    words = "Above as they were read, gaps filled; below as the network sees them."
    words += f" The first {MOST} of {len(names)}." * (len(names) > MOST)
    if names:
        yield Block("Columns of numbers", words, before_and_after(x, seen, names))


def of_categories(table: pd.DataFrame, encoder: Encoder) -> Iterator[Block]:
    """How many categories a column has, and which is the commonest."""
    rows = []
    for name, levels in encoder.categorical.items():
        counts = as_text(table[name]).value_counts()
        share = f"{counts.iloc[0] / len(table):.0%}"
        rows.append((name, len(counts), len(levels), str(counts.index[0])[:40], share))
    columns = ["column", "categories", "inputs", "commonest", "share"]
    if rows:
        words = "Each category is an input of its own, 0 or 1; rare ones share one."
        yield Block("Columns of categories", words, pd.DataFrame(rows, columns=columns))


def of_correlations(x: np.ndarray, y: np.ndarray, encoder: Encoder) -> Iterator[Block]:
    """How the columns of numbers go together, and with the (first) target."""
    names = list(encoder.numeric)
    columns = np.column_stack([x[:, : len(names)], y[:, 0]])
    varied = columns.std(axis=0) > 0
    if varied[:-1].sum() < 1:
        return
    names = [name for name, kept in zip([*names, "(target)"], varied, strict=True) if kept]
    together = np.atleast_2d(np.corrcoef(columns[:, varied], rowvar=False))
    strongest = np.argsort(-np.abs(together[-1]))[: MOST + 1]
    order = np.sort(strongest)
    side = 2.5 + 0.38 * len(order)
    figure = new_figure(side + 1, side)
    axes = figure.subplots()
    drawn = axes.imshow(together[np.ix_(order, order)], cmap="RdBu_r", vmin=-1, vmax=1)
    shown = [names[place][:24] for place in order]
    axes.set_xticks(range(len(order)), shown, rotation=90, fontsize=8)
    axes.set_yticks(range(len(order)), shown, fontsize=8)
    figure.colorbar(drawn, ax=axes, shrink=0.7)
    words = "From -1 to 1, in straight lines only. Columns of one colour tell the same; one that "
    words += "goes with the target too well may have been filled in after it."
    yield Block("Columns that go together", words, figure)
