"""The page of the data: what stands out, the parts, the targets, pictures, and the capacity."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from ..examination import OF_DATA, examine_case
from . import image, masks, series, table, text, tokens, window
from .data_view import DataView, Form
from .page import BLUE, Block, new_figure, write_page

PICTURES: dict[Form, Callable[[DataView], Iterator[Block]]] = {
    "table": table.blocks,
    "image": image.blocks,
    "masks": masks.blocks,
    "text": text.blocks,
    "tokens": tokens.blocks,
    "series": series.blocks,
    "window": window.blocks,
}


def findings_block(view: DataView) -> Block:
    """What the checks of the data that are free have to say."""
    report = examine_case(view.case, "free", of=OF_DATA)
    rows = [(one.level, one.fact, one.why, one.fix) for one in report.findings]
    table = pd.DataFrame(rows, columns=["level", "what", "why it matters", "what to do"])
    words = "" if rows else "Nothing stands out. "
    if report.stumbled:
        words += f"Could not be asked: {', '.join(name for name, _ in report.stumbled)}. "
    words += "The other checks look at the network as well."
    return Block("What stands out", words, table if rows else None)


def parts_block(view: DataView) -> Block:
    """How many samples each part has, and how many of them have a copy somewhere."""
    keys = view.case.project.keys or {}
    rows = [
        (
            part,
            len(key),
            len(key) - len(np.unique(key)),
            0 if part == "train" else int(np.isin(key, keys["train"]).sum()),
        )
        for part, key in keys.items()
    ]
    columns = ["part", view.samples, "copies within the part", "copies of training samples"]
    words = "Training learns from the first part and is watched on the second; the test part is "
    words += "scored once, after all choices are made."
    return Block(f"Parts of the {view.samples}", words, pd.DataFrame(rows, columns=columns))


def classes_block(view: DataView) -> Block:
    """How often each class, tag or label is the answer, in each part."""
    project, names = view.case.project, view.classes
    parts = {"train": project.known_y, "validation": project.known_y_val, "test": project.test}
    counts = {}
    for part, samples in parts.items():
        if samples is None:
            continue
        if samples.y.dtype.kind == "f":  # a column for each label
            counts[part] = (samples.y == 1).sum(axis=0)
        else:
            counts[part] = np.bincount(samples.y[samples.y >= 0], minlength=len(names))
    table = pd.DataFrame(counts, index=pd.Index(names, name="answer"))
    shares = table["train"] / max(1, table["train"].sum())
    table.insert(1, "share of train", shares.map("{:.1%}".format))
    few, many = table["train"].min(), table["train"].max()
    words = f"The commonest stands {many / max(1, few):,.3g} times as often as the rarest."
    return Block("Answers in each part", words, table)


def numbers_blocks(view: DataView) -> Iterator[Block]:
    """How the training targets are spread, and which lie far out (Tukey: 1.5 times the distance
    between the quarters)."""
    names = view.targets
    values = view.table[names].apply(pd.to_numeric).astype("float64")
    quarters = values.quantile([0, 0.25, 0.5, 0.75, 1]).T
    quarters.columns = pd.Index(["least", "a quarter below", "middle", "a quarter above", "most"])
    low, high = quarters["a quarter below"], quarters["a quarter above"]
    outside = (values < low - 1.5 * (high - low)) | (values > high + 1.5 * (high - low))
    table = quarters.assign(**{"far out": outside.sum()}).rename_axis("target")
    share = outside.any(axis=1).mean()
    words = f"{share:.1%} of the training {view.samples} have a target further beyond the quarters"
    words += " than 1.5 times their distance."
    yield Block("Targets", words, table)
    figure = new_figure(9, 2.6)
    panels = figure.subplots(1, min(4, len(names)), squeeze=False)[0]
    for axes, name in zip(panels, names, strict=False):
        axes.hist(values[name], bins=40, color=BLUE)
        axes.set_title(name)
    yield Block("How the targets are spread", "Of the training part, in their own unit.", figure)


def capacity_block(view: DataView) -> Block:
    """How much the network could learn by heart."""
    weights = sum(int(np.prod(one.shape)) for one in view.case.model.trainable_weights)
    samples, answers = view.case.known.size, view.case.known.y.size
    rows = [
        ("trainable parameters of the network", weights),
        ("parameters for each training sample", weights / samples),
        ("parameters for each number to be answered", weights / max(1, answers)),
    ]
    words = "Far more parameters than samples are usual, and early stopping and dropout live with "
    words += "it; the more there are, the more depends on them."
    return Block("Capacity", words, pd.DataFrame(rows, columns=["", "count"]))


def data_blocks(view: DataView) -> Iterator[Block]:
    """The whole page."""
    yield findings_block(view)
    yield parts_block(view)
    if view.classes:
        yield classes_block(view)
    else:
        yield from numbers_blocks(view)
    yield from PICTURES[view.form](view)
    yield capacity_block(view)


def write_data_page(view: DataView, title: str, folder: Path) -> Path:
    """Write report.html and its pictures into `folder`; return the page."""
    return write_page(title, data_blocks(view), folder)
