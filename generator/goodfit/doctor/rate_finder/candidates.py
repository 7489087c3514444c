"""Which learning rates are worth a try, a short run at each, and the choice between them."""

from __future__ import annotations

from typing import NamedTuple

import keras
import numpy as np

from ..backends import hasty_graphs
from ..case import Case
from ..commands import SHARE
from .budget import LEAST, RAMPS, RUNS, enough, lengths, measured
from .range_test import Copy, Reading, ramp

SAFE = 3e-4
SAFE_NAME = "the safe rate"
RULE = "half of divergence, rule LR2"
USUAL = {"adam": 1e-3, "sgd": 0.01}  # what Keras takes unless told otherwise
LOOKS = 4  # at the validation loss in a short run, the last one at its end
HIGHEST = {"adam": 0.01, "sgd": 1.0}  # recommended: above it a short run may shine, a long fails
MOST = 0.8  # of the gain that the best candidate brings over the safe rate


class Found(NamedTuple):
    """What the ramps and the short runs say; without any, the rate is that of config.toml."""

    readings: list[Reading]
    rates: dict[str, float]  # the candidates by name
    losses: dict[str, np.ndarray]  # (RUNS,): the best validation loss of each short run
    rate: float
    reason: str
    enough: float = 0.0  # the share of a training's time that would do, where there was too little


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
    if rates[chosen] == SAFE:
        gain = f"the best, {rates[best]:.2g}, is no better than the noise"
        return SAFE, f"{SAFE_NAME}: validation loss {means[chosen]:.4g} after a short run; {gain}"
    shown = f"validation loss {means[chosen]:.4g} after a short run, {means[SAFE_NAME]:.4g}"
    return rates[chosen], f"{chosen}: {shown} at {SAFE:g}"


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
        wanted = enough(pace)
        reason = f"{share:g} of the time of this training is too short to look for a rate: --share "
        reason += f"{wanted:g} is enough, {(LEAST + pace.compiling) * pace.seconds:.0f} s"
        return Found([], {}, {}, copy.rate_now, reason, wanted)
    print(f"{RAMPS} ramps of {ramp_steps} steps ...", flush=True)
    readings = [ramp(copy, ramp_steps, seed) for seed in range(RAMPS)]
    rates = propose(readings, USUAL[copy.kind])
    print(f"{RUNS} short runs of {run_steps} steps at each of {len(rates)} rates ...", flush=True)
    losses = {
        name: np.array([short_run(copy, rate, run_steps, seed) for seed in range(RUNS)])
        for name, rate in rates.items()
    }
    return Found(readings, rates, losses, *choose(rates, losses, HIGHEST[copy.kind]))
