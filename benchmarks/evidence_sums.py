"""What many trainings say together: paired over sets and seeds, corrected for many comparisons."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import mean, median, stdev
from typing import Any

from scipy.stats import t, wilcoxon

AS_GENERATED = "as generated"
SURE = 0.05
LEAST = 3  # sets, below which nothing is said of an interval


@dataclass(frozen=True)
class Line:
    """One training: what it was of, the rule that it speaks for, and what came out.

    `key` is the hash of all that decided it, `against` that of the project as generated, on the
    same seed. `setting` is what was turned first, and `changed` all that was, as `--set` takes it.
    `input` is what the set holds: what helps on tables may hurt on series. `counts` is
    false where the rule was made by experiments on this very set.
    """

    key: str
    against: str
    input: str
    set: str
    arm: str
    rule: str
    setting: str
    changed: dict[str, str]
    counts: bool
    seed: int
    result: dict[str, Any]

    def json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def failed(self) -> bool:
        return "failed" in self.result

    @property
    def said(self) -> str:
        """One line for a person."""
        if self.failed:
            return f"failed: {self.result['failed']}"
        got = self.result
        return (
            f"{got['headline']} {got['score']:.4g}, {got['epochs']} epochs, {got['seconds']:.0f} s"
        )


def gain(own: dict[str, Any], other: dict[str, Any]) -> float:
    """How much better `own` is: points of a score, or per cent of an error (of its logarithm, so
    that twice and half weigh the same)."""
    if own["lower_is_better"]:
        return 100 * math.log(max(other["score"], 1e-12) / max(own["score"], 1e-12))
    return 100 * float(own["score"] - other["score"])


@dataclass(frozen=True)
class OnSet:
    """A comparison on one set: the mean gain over seeds, and its standard error."""

    set: str
    rule: str
    counts: bool
    headline: str
    gain: float
    error: float
    seeds: int


@dataclass(frozen=True)
class Summary:
    """What a comparison says over all sets of one input that count; gains are those of the rule.

    `low` and `high` are the 95 % interval of the mean over sets (Student's t), `p` Wilcoxon's
    signed ranks, corrected after Holm for as many comparisons as there are. `time` is the rule's
    processor time over that of the other value, the median over sets. `own_failures` and
    `other_failures` are shares of trainings that ended without a score.
    """

    name: str
    input: str
    setting: str
    instead: tuple[str, ...]
    rules: tuple[str, ...]
    sets: tuple[OnSet, ...]
    gain: float
    low: float
    high: float
    p: float
    time: float
    own_failures: float
    other_failures: float

    @property
    def counted(self) -> list[OnSet]:
        return [one for one in self.sets if one.counts]

    @property
    def better(self) -> int:
        """Sets on which the rule is better."""
        return sum(one.gain > 0 for one in self.counted)

    @property
    def verdict(self) -> str:
        """ "helps", "hurts", or "no difference seen"; the last is no proof that there is none."""
        if len(self.counted) < LEAST:
            return "too few sets"
        if self.p < SURE and self.low > 0:
            return "helps"
        return "hurts" if self.p < SURE and self.high < 0 else "no difference seen"


def on_sets(own: dict[str, Line], other: Sequence[Line]) -> list[OnSet]:
    """The gains of one comparison, a row for each set with a pair of scores."""
    rows = []
    for name in dict.fromkeys(line.set for line in other):
        of_set = [line for line in other if line.set == name and line.against in own]
        pairs = [(own[line.against].result, line) for line in of_set]
        scored = [(a, b) for a, b in pairs if "failed" not in a and not b.failed]
        if not scored:
            continue
        gains = [gain(a, b.result) for a, b in scored]
        error = stdev(gains) / math.sqrt(len(gains)) if len(gains) > 1 else math.nan
        line, headline = scored[0][1], scored[0][0]["headline"]
        rows.append(OnSet(name, line.rule, line.counts, headline, mean(gains), error, len(gains)))
    return sorted(rows, key=lambda one: -one.gain)


def interval(gains: Sequence[float]) -> tuple[float, float]:
    """95 % of the mean, by Student's t; endless where there are fewer than two."""
    if len(gains) < 2:
        return -math.inf, math.inf
    half = stdev(gains) / math.sqrt(len(gains)) * float(t.ppf(0.975, len(gains) - 1))
    return mean(gains) - half, mean(gains) + half


def signed_ranks(gains: Sequence[float]) -> float:
    """Wilcoxon's p of gains whose signs would be chance; 1 where all are zero or few."""
    moved = [one for one in gains if one]
    return float(wilcoxon(moved).pvalue) if len(moved) >= LEAST else 1.0


def holm(chances: Sequence[float]) -> list[float]:
    """The same p values after Holm's correction, in their order."""
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    corrected, highest = [1.0] * len(chances), 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, chances[place] * (len(chances) - rank)))
        corrected[place] = highest
    return corrected


def share(some: Iterable[bool]) -> float:
    all_of_them = list(some)
    return sum(all_of_them) / len(all_of_them) if all_of_them else 0.0


def one_summary(name: str, own: dict[str, Line], other: Sequence[Line]) -> Summary:
    """One comparison, before the correction for the others."""
    rows = on_sets(own, other)
    gains = [one.gain for one in rows if one.counts]
    low, high = interval(gains)
    pairs = [(own[line.against], line) for line in other if line.against in own]
    ratios = [
        a.result["seconds"] / max(b.result["seconds"], 0.1)
        for a, b in pairs
        if not a.failed and not b.failed
    ]
    rules = tuple(dict.fromkeys(sorted(line.rule for line in other if line.rule)))
    changed = [[f"{key}={value}" for key, value in line.changed.items()] for line in other]
    return Summary(
        name,
        other[0].input,
        other[0].setting,
        tuple(changed[0]) if all(one == changed[0] for one in changed) else (),
        rules,
        tuple(rows),
        mean(gains) if gains else math.nan,
        low,
        high,
        signed_ranks(gains),
        median(ratios) if ratios else math.nan,
        share(a.failed for a, _ in pairs),
        share(b.failed for _, b in pairs),
    )


def summary(lines: Sequence[Line]) -> list[Summary]:
    """All comparisons, by input and rule."""
    own = {line.key: line for line in lines if line.arm == AS_GENERATED}
    others: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if line.arm != AS_GENERATED:
            others.setdefault((line.arm, line.input), []).append(line)
    every = [one_summary(name, own, some) for (name, _), some in others.items()]
    chances = holm([one.p for one in every])
    corrected = [Summary(**{**one.__dict__, "p": p}) for one, p in zip(every, chances, strict=True)]
    return sorted(corrected, key=lambda one: (one.input, one.rules, one.name))


def needs_more(lines: Sequence[Line]) -> list[str]:
    """Comparisons whose interval still holds zero: more seeds may tell."""
    return [one.name for one in summary(lines) if one.low <= 0 <= one.high]
