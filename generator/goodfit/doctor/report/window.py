"""Rows in time in pictures: the whole of it, some windows and what follows, before and after."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..project import InTime
from .data_view import DataView
from .page import BLUE, ORANGE, Block, before_and_after, new_figure

LINES = 6  # targets in one picture


def blocks(view: DataView) -> Iterator[Block]:
    """Blocks of the page."""
    rows = view.case.project.in_time
    assert rows is not None, "a case of windows has the rows that they are cut from"
    yield time_block(rows)
    yield windows_block(view, rows)
    before, after = (x.reshape(-1, len(rows.names)) for x in (view.x, view.seen))
    words = "All steps of the windows; above as they were read, below as the network sees them."
    yield Block("Columns", words, before_and_after(before, after, rows.names))


def time_block(rows: InTime) -> Block:
    """The targets over time; what the test part holds is not shown, only how long it is."""
    names = rows.names[: min(rows.targets, LINES)]
    figure = new_figure(11, 1 + 1.6 * len(names))
    panels = figure.subplots(len(names), 1, squeeze=False, sharex=True)[:, 0]
    for place, (axes, name) in enumerate(zip(panels, names, strict=True)):
        begin = 0
        for part, colour in (("train", BLUE), ("validation", ORANGE)):
            values = rows.values[part][:, place]
            axes.plot(begin + np.arange(len(values)), values, color=colour, linewidth=1, label=part)
            begin += len(values)
        end = begin + len(rows.values["test"])
        axes.axvspan(begin, end, color="lightgrey", label="test: not shown")
        axes.set_title(name, fontsize=9)
    panels[0].legend(loc="upper left", fontsize=8)
    panels[-1].set_xlabel("step")
    first, last = rows.times["train"]
    return Block("The targets in time", f"Training goes from {first} to {last}.", figure)


def windows_block(view: DataView, rows: InTime) -> Block:
    """Some windows of the first target, and what is to be forecast from them."""
    values, window = rows.values["train"][:, 0], view.x.shape[1]
    figure = new_figure(11, 4)
    panels = figure.subplots(2, 3, squeeze=False).ravel()
    for axes, begin in zip(panels, np.sort(view.places[view.chosen(6)]), strict=False):
        now, end = begin + window, begin + window + rows.horizon
        axes.plot(np.arange(begin, now), values[begin:now], color=BLUE, label="what is seen")
        axes.plot(
            np.arange(now, end), values[now:end], ".-", color=ORANGE, label="what is to be forecast"
        )
        axes.tick_params(labelsize=7)
    panels[0].legend(fontsize=7)
    words = f"{rows.names[0]}: {window} steps are seen, {rows.horizon} are forecast, "
    return Block("Windows", f"{words}{view.forecast_as}.", figure)
