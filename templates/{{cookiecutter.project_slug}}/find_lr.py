"""Find a learning rate: three ramps, the usual readings of them, and short runs at each.

python find_lr.py                says what it found, and draws it in runs/find_lr.png
python find_lr.py --write        and puts the rate into config.toml, with the reason
python find_lr.py --share 0.5    takes half of the time of a training: it sees further

The model that training starts from is never changed. A reading is only a proposal: the validation
loss after a short run decides, and 3e-4 stays where nothing is clearly better.
"""

import loading  # noqa: F401  isort: skip
import argparse
import json
import re
import tomllib
from pathlib import Path

from matplotlib.figure import Figure

from config import load_config, parse_arguments, refuse
from finder.budget import SHARE
from finder.candidates import RULE, SAFE, Found, find
from stepping import hasty_graphs
from train import prepare


def report(found: Found) -> str:
    """What was found, in words."""
    if not found.readings:
        return f"{found.reason}. The rate stays as it is, {found.rate:g}."
    turns = [one.divergence for one in found.readings if one.divergence]
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
    turns = [one.divergence for one in found.readings]
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"recommended": found.rate, "turns": turns}), encoding="utf-8")


def with_rate(text: str, rate: float, reason: str) -> str:
    """The text of config.toml with another rate, its reason beside it; no other line changes."""
    wanted = tomllib.loads(text)
    wanted["optimizer"]["learning_rate"] = rate
    value = f"{rate:g}" if rate != int(rate) else f"{rate:.1f}"
    for line in re.finditer(r"(?m)^([ \t]*(optimizer\.)?learning_rate[ \t]*=[ \t]*)[^\r\n]*", text):
        changed = f"{text[: line.start()]}{line[1]}{value}  # {reason}{text[line.end() :]}"
        if tomllib.loads(changed) == wanted:  # it was the right line
            return changed
    refuse("no line learning_rate = ... in [optimizer]", "that line", f"write {value} by hand")


def write(path: Path, found: Found) -> None:
    """Put the rate into the file, in one go: whatever happens, the old text or the new is there."""
    path = path.resolve()  # behind a link
    beside = path.with_suffix(".new")
    with path.open(encoding="utf-8", newline="") as file:  # line ends stay as they are
        changed = with_rate(file.read(), found.rate, f"by find_lr.py: {found.reason}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(changed)
        beside.replace(path)
    except OSError as error:
        refuse(f"{path}: {error}", "a file to write to", f"write {found.rate:g} by hand")


def share(text: str) -> float:
    """A share of a training's time, from the command line."""
    if not 0 < (value := float(text)) <= 10:
        raise argparse.ArgumentTypeError(f"{text}: between 0 and 10, such as {SHARE}")
    return value


def main(arguments: list[str] | None = None) -> Found:
    parser = parse_arguments(__doc__)
    parser.add_argument("--write", action="store_true", help="put the rate into config.toml")
    parser.add_argument("--share", type=share, default=SHARE, help="of a training's time to take")
    options = parser.parse_args(arguments)
    config = load_config(options.config, options.set)
    if options.write:  # what would be refused is refused before the search
        with_rate(options.config.read_text(encoding="utf-8"), SAFE, "a try")
    try:
        with hasty_graphs():
            found = find(prepare(config), config, options.share)
    except KeyboardInterrupt:
        raise SystemExit("Stopped by hand; nothing was written.") from None
    print(report(found))
    if found.readings:
        picture = options.config.parent / "runs" / "find_lr.png"
        draw(found, picture)
        keep(found, picture.with_suffix(".json"))
        print(f"drew {picture}")
    if options.write and found.readings:
        write(options.config, found)
        print(f"wrote optimizer.learning_rate = {found.rate:g} into {options.config}")
    return found


if __name__ == "__main__":
    main()
