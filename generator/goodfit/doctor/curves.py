"""The curves of a training as a picture."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure


def draw_curves(curves: pd.DataFrame, best_epoch: int, path: Path) -> None:
    """One panel for the loss and one for each metric; training and validation in each."""
    names = [name for name in curves.columns if not name.startswith("val_")]
    figure = Figure(figsize=(5 * len(names), 4), layout="constrained")
    for axes, name in zip(figure.subplots(1, len(names), squeeze=False)[0], names, strict=True):
        axes.plot(curves.index + 1, curves[name], label="training")
        if f"val_{name}" in curves:
            axes.plot(curves.index + 1, curves[f"val_{name}"], label="validation")
        axes.axvline(best_epoch, color="grey", linestyle=":", label=f"kept: epoch {best_epoch}")
        axes.set(title=name.replace("_", " "), xlabel="epoch")
        axes.legend()
    figure.savefig(path, dpi=110)
