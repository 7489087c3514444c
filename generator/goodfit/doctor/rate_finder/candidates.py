"""Which learning rates are worth a try, a short run at each, and the choice between them."""

from __future__ import annotations

from typing import NamedTuple

import keras
import numpy as np

from ..backends import hasty_graphs
from ..case import Case
from ..commands import SHARE
from .budget import RAMPS, RUNS, lengths, measured, shortest, shortest_time
from .range_test import Copy, Reading, ramp

SAFE = 3e-4
SAFE_NAME = "the safe rate"
RULE = "half of the rate at which the loss turns"
USUAL = {"adam": 1e-3, "sgd": 0.01}  # what Keras takes unless told otherwise
LOOKS = 4  # at the validation loss in a short run, the last one at its end
HIGHEST = {"adam": 0.01, "sgd": 1.0}  # recommended: above it a short run may shine, a long fails
MOST = 0.8  # of the gain that the best candidate brings over the safe rate


class Found(NamedTuple):
    """What the ramps and the short runs say."""

    readings: list[Reading]
    rates: dict[str, float]  # the candidates by name
    losses: dict[str, np.ndarray]  # (RUNS,): the best validation loss of each short run
    rate: float
    reason: str


def short_run(copy: Copy, rate: float, steps: int, seed: int) -> float:
    """The best validation loss on the way of a whole training in small: warm-up, cosine decay."""
    project = copy.case.project
    share = project.warmup_epochs / max(1, project.warmup_epochs + project.decay_epochs)
    place, warm = np.arange(1, steps + 1), max(1, round(share * steps))
    falling = (1 + np.cos(np.pi * (place - warm) / max(1, steps - warm))) / 2
    rates = rate * np.where(place < warm, place / warm, falling)
    copy.start_with(seed)
    losses = []
    for part in np.array_split(rates, LOOKS):
        copy.take(part)
        losses.append(copy.validation_loss())
    return min(losses)


def middle(rates: list[float]) -> float:
    """The geometric mean, to two digits, and no more than config.toml takes."""
    return min(1.0, float(f"{np.exp(np.mean(np.log(rates))):.1e}"))


def propose(readings: list[Reading], usual: float) -> dict[str, float]:
    """The candidates: the rate that is safe for Adam, the `usual` one, and what readings say."""
    rates = {SAFE_NAME: SAFE, "the default of Keras": usual}
    if all(turns := [one.divergence or 0.0 for one in readings]):
        rates[RULE] = middle([turn / 2 for turn in turns])
    rates["a tenth of the rate at the lowest loss"] = middle([one.lowest / 10 for one in readings])
    rates["steepest slope"] = middle([one.steepest for one in readings])
    return rates


def choose(
    rates: dict[str, float], losses: dict[str, np.ndarray], highest: float
) -> tuple[float, str]:
    """The rate, and why: of all up to `highest` that gain nearly as much as the best of them, the
    one nearest to the safe rate, since short runs favour long steps. Nearly is `MOST` of the gain,
    or within noise, which is how far the seeds are apart, at the best or the safe rate."""
    means = {name: float(losses[name].mean()) for name in rates if rates[name] <= highest}
    best = min(means, key=lambda name: means[name])
    noise = max(float(np.ptp(losses[name])) for name in (best, SAFE_NAME))
    nearly = max(noise, (1 - MOST) * (means[SAFE_NAME] - means[best]))
    within = [name for name, mean in means.items() if mean <= means[best] + nearly]
    chosen = min(within, key=lambda name: abs(np.log(rates[name] / SAFE)))
    reason = f"{chosen}: validation loss {means[chosen]:.4g} after a short run"
    if rates[chosen] != SAFE:
        reason += f", {means[SAFE_NAME]:.4g} at {SAFE:g}"
    if rates[chosen] != rates[best]:
        reason += f"; {rates[best]:.2g} has the lowest, {means[best]:.4g}, "
        reason += "which is within the noise" if nearly == noise else "and hardly gains more"
        reason += ", and a short run favours long steps"
    lowest = min(rates, key=lambda name: float(losses[name].mean()))
    if rates[lowest] > highest:
        reason += f"; {rates[lowest]:.2g} came lower still, and fails in a long run"
    return rates[chosen], reason


def find(case: Case, share: float = SHARE) -> Found:
    """Ramps, candidates, short runs, choice, in `share` of the time of a training. `case.model`
    stays as it is. Raises ValueError without validation samples or on another backend."""
    if keras.backend.backend() != "tensorflow" or case.validation is None:
        raise ValueError("the search for a rate needs TensorFlow and validation samples")
    with hasty_graphs():
        return searched(Copy(case), share)


def searched(copy: Copy, share: float) -> Found:
    """The search itself, with a copy of the network."""
    pace = measured(copy)
    ramp_steps, run_steps = lengths(pace, share)
    if not run_steps:
        ramp_steps, run_steps = shortest()
        print(f"note: the shortest search takes {shortest_time(pace)}, more than --share {share:g}")
    print(f"{RAMPS} ramps of {ramp_steps} steps ...", flush=True)
    readings = [ramp(copy, ramp_steps, seed) for seed in range(RAMPS)]
    rates = propose(readings, USUAL[copy.kind])
    print(f"{RUNS} short runs of {run_steps} steps at each of {len(rates)} rates ...", flush=True)
    losses = {
        name: np.array([short_run(copy, rate, run_steps, seed) for seed in range(RUNS)])
        for name, rate in rates.items()
    }
    return Found(readings, rates, losses, *choose(rates, losses, HIGHEST[copy.kind]))
