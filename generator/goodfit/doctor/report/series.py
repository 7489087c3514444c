"""Series in pictures: some with their targets, how long they are, channels before and after."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .data_view import DataView
from .page import BLUE, Block, before_and_after, new_figure

LINES = 6  # channels in one picture


def blocks(view: DataView) -> Iterator[Block]:
    """Blocks of the page."""
    there = view.x[..., 0] != view.case.project.feature_padding  # (series, steps)
    channels = view.x.shape[-1]
    chosen = view.chosen(12)
    rows = -(-len(chosen) // 4)
    figure = new_figure(11, 1.7 * rows)
    panels = figure.subplots(rows, 4, squeeze=False, sharey=True).ravel()
    for axes, row in zip(panels, chosen, strict=False):
        axes.plot(view.x[row][there[row]][:, :LINES], linewidth=1)
        axes.set_title(view.target_of(row), fontsize=8)
        axes.set_xlim(0, view.x.shape[1])
        axes.tick_params(labelsize=7)
    words = "Drawn at random, as they are before they are scaled; a line for each channel."
    if channels > LINES:
        words += f" The first {LINES} of {channels}."
    yield Block("Series", words, figure)
    yield lengths_block(view, "steps of a series")
    words = "All steps, without the padding; above as they were read, below as the network sees "
    words += "them."
    names = [f"channel {place + 1}" for place in range(channels)]
    yield Block("Channels", words, before_and_after(view.x[there], view.seen[there], names))


def lengths_block(view: DataView, unit: str) -> Block:
    """How long the training samples are, in steps, words or tokens, and how many are cut."""
    lengths, longest = np.array(view.lengths), view.x.shape[1]
    room = f"room for {longest} ({view.case.words.setting('length')})"
    figure = new_figure(9, 2.6)
    axes = figure.subplots()
    bins = min(60, int(np.ptp(lengths)) + 1)  # where it can be, one for each length
    around = (lengths.min() - 0.5, lengths.max() + 0.5)
    axes.hist(lengths, bins=bins, range=around, color=BLUE)
    axes.axvline(longest, color="black", linestyle=":", label=room)
    axes.set(xlabel=unit, ylabel=view.samples)
    axes.legend()
    cut, padding = np.mean(lengths > longest), 1 - np.minimum(lengths, longest).mean() / longest
    words = f"{cut:.1%} of the training {view.samples} are cut; {padding:.0%} of what comes in is "
    return Block("How long they are", words + "padding.", figure)
