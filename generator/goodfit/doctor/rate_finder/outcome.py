"""What a search for a rate found: in words, in a picture, and for check.py."""

from __future__ import annotations

import json
from pathlib import Path

from matplotlib.figure import Figure

from .candidates import RULE, Found


def report(found: Found) -> str:
    """What was found, in words."""
    turns = [reading.divergence for reading in found.readings if reading.divergence]
    lines = [f"The loss turns at {', '.join(f'{turn:.2g}' for turn in turns)}."]
    if len(turns) < len(found.readings):
        still, end = len(found.readings) - len(turns), found.readings[0].rates[-1]
        lines = [f"{still} of {len(found.readings)} ramps do not turn up to {end:.2g}: no {RULE}."]
    elif max(turns) > 2 * min(turns):
        lines.append("The seeds do not agree within a factor of two: trust the short runs alone.")
    for name, rate in sorted(found.rates.items(), key=lambda item: item[1]):
        losses = ", ".join(f"{loss:.4g}" for loss in found.losses[name])
        lines.append(f"{rate:10.2g}  validation loss {losses}  ({name})")
    return "\n".join([*lines, f"Recommended: {found.rate:.2g}, {found.reason}."])


def draw(found: Found, path: Path) -> None:
    """The ramps with their readings, and below, on the same axis, the short runs."""
    figure = Figure(figsize=(9, 8))
    ramps, runs = figure.subplots(2, 1, sharex=True)
    figure.subplots_adjust(left=0.1, right=0.97, bottom=0.07, top=0.95, hspace=0.12)
    for seed, one in enumerate(found.readings):
        ramps.plot(one.rates, one.losses, color=f"C{seed}", alpha=0.7, label=f"seed {seed}")
        if one.divergence:
            ramps.axvline(one.divergence, color=f"C{seed}", linestyle=":", linewidth=1)
    start = max(one.losses[0] for one in found.readings)
    low = min(one.losses.min() for one in found.readings)
    fallen = max(start - low, 0.01 * abs(start))  # what lies above is an explosion, and cut off
    bounds = (low - 0.3 * fallen, start + 1.5 * fallen)
    ramps.set(xscale="log", ylim=bounds, ylabel="training loss, smoothed")
    ramps.set_title("Ramps: the rate rises with every step; dotted: the loss turns")
    ramps.legend(loc="upper left")
    for place, (name, rate) in enumerate(found.rates.items()):
        color, losses = f"C{place + 3}", found.losses[name]
        ramps.axvline(rate, color=color, linestyle="--")
        runs.axvline(rate, color=color, linestyle="--")
        runs.scatter([rate] * len(losses), losses, color=color, label=f"{rate:.2g}: {name}")
    chosen = min(found.rates, key=lambda name: abs(found.rates[name] - found.rate))
    mean = found.losses[chosen].mean()
    runs.scatter([found.rate], [mean], s=300, facecolor="none", color="black")
    runs.set(xlabel="learning rate", ylabel="best validation loss of a short run")
    runs.set_title(f"Short runs at each candidate; recommended: {found.rate:.2g}")
    runs.legend()
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, dpi=110)


def keep(found: Found, path: Path) -> None:
    """Leave what check.py compares the rate of config.toml with."""
    turns = [reading.divergence for reading in found.readings]
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"recommended": found.rate, "turns": turns}), encoding="utf-8")
