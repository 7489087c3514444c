"""Rows in time in pictures: the whole of it, some windows and what follows, before and after."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from config import Config
from report.page import BLUE, ORANGE, Block, before_and_after, new_figure
from train import Prepared

LINES = 6  # targets in one picture


def blocks(
    prepared: Prepared, config: Config, places: np.ndarray, seen: np.ndarray
) -> Iterator[Block]:
    """Blocks of the page, of the training windows at `places`; `seen`, (windows, window, columns),
    is what the network's normalisation makes of them."""
    yield of_time(prepared, config)
    yield of_windows(prepared, config, places)
    columns = prepared.encoder.columns
    before, after = (x.reshape(-1, len(columns)) for x in (prepared.parts.x[places], seen))
    words = "All steps of the windows; above as they were read, below as the network sees them."
    yield Block("Columns", words, before_and_after(before, after, columns))


def of_time(prepared: Prepared, config: Config) -> Block:
    """The targets over time; what the test part holds is not shown, only how long it is."""
    names = config.data.targets[:LINES]
    figure = new_figure(11, 1 + 1.6 * len(names))
    panels = figure.subplots(len(names), 1, squeeze=False, sharex=True)[:, 0]
    for axes, name in zip(panels, names, strict=True):
        begin = 0
        for part, colour in (("train", BLUE), ("validation", ORANGE)):
            values = prepared.tables[part][name].to_numpy("float64")
            axes.plot(begin + np.arange(len(values)), values, color=colour, linewidth=1, label=part)
            begin += len(values)
        end = begin + len(prepared.tables["test"])
        axes.axvspan(begin, end, color="lightgrey", label="test: not shown")
        axes.set_title(name, fontsize=9)
    panels[0].legend(loc="upper left", fontsize=8)
    panels[-1].set_xlabel("step")
    times = prepared.tables["train"][config.data.time_column]
    words = f"Training goes from {times.iloc[0]} to {times.iloc[-1]}."
    return Block("The targets in time", words, figure)


def of_windows(prepared: Prepared, config: Config, places: np.ndarray) -> Block:
    """Some windows of the first target, and what is to be forecast from them."""
    target, train = prepared.target, prepared.tables["train"]
    values = train[target.columns[0]].to_numpy("float64")
    chosen = np.sort(np.random.default_rng(config.training.seed).permutation(places)[:6])
    figure = new_figure(11, 4)
    panels = figure.subplots(2, 3, squeeze=False).ravel()
    for axes, begin in zip(panels, chosen, strict=False):
        now, end = begin + target.window, begin + target.window + target.horizon
        axes.plot(np.arange(begin, now), values[begin:now], color=BLUE, label="what is seen")
        axes.plot(
            np.arange(now, end), values[now:end], ".-", color=ORANGE, label="what is to be forecast"
        )
        axes.tick_params(labelsize=7)
    panels[0].legend(fontsize=7)
    words = f"{target.columns[0]}: {target.window} steps are seen, {target.horizon} are forecast, "
    words += {
        "last": "as differences to the last step seen.",
        "season": "as differences to the same step a season before.",
    }.get(target.anchor, "as they are.")
    return Block("Windows", words, figure)
