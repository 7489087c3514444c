"""Series in pictures: some with their targets, how long they are, channels before and after."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from config import Config
from features import PAD
from report.page import BLUE, Block, before_and_after, named, new_figure
from train import Prepared

LINES = 6  # channels in one picture


def blocks(
    prepared: Prepared, config: Config, places: np.ndarray, seen: np.ndarray
) -> Iterator[Block]:
    """Blocks of the page, of the training series at `places`; `seen`, (series, length, channels),
    is what the network's normalisation makes of them."""
    table, x = prepared.tables["train"], prepared.parts.x[places]
    chosen = np.random.default_rng(config.training.seed).permutation(len(places))[:12]
    figure = new_figure(11, 1.7 * -(-len(chosen) // 4))
    panels = figure.subplots(-(-len(chosen) // 4), 4, squeeze=False, sharey=True).ravel()
    there = x[..., 0] > PAD / 2
    for axes, place in zip(panels, chosen, strict=False):
        axes.plot(x[place][there[place]][:, :LINES], linewidth=1)
        axes.set_title(named(table.iloc[places[place]], config.data.targets), fontsize=8)
        axes.set_xlim(0, config.data.length)
        axes.tick_params(labelsize=7)
    channels = x.shape[-1]
    words = "Drawn at random, as they are before they are scaled; a line for each channel."
    words += f" The first {LINES} of {channels}." * (channels > LINES)
    yield Block("Series", words, figure)
    yield of_lengths(prepared, config)
    words = (
        "All steps, without the padding; above as they were read, below as the network sees them."
    )
    names = [f"channel {place + 1}" for place in range(channels)]
    yield Block("Channels", words, before_and_after(x[there], seen[there], names))


def of_lengths(prepared: Prepared, config: Config) -> Block:
    """How long the training series are, and where they are cut."""
    lengths = prepared.tables["train"]["series"].map(len).to_numpy()
    longest = config.data.length
    figure = new_figure(9, 2.4)
    axes = figure.subplots()
    axes.hist(lengths, bins=min(60, max(10, int(np.ptp(lengths)) + 1)), color=BLUE)
    axes.axvline(longest, color="black", linestyle=":", label=f"cut at {longest} (data.length)")
    axes.set(xlabel="steps of a series", ylabel="series")
    axes.legend()
    cut, padding = np.mean(lengths > longest), 1 - np.minimum(lengths, longest).mean() / longest
    words = f"{cut:.1%} of the training series are cut; {padding:.0%} of what comes in is padding."
    return Block("How long they are", words, figure)
