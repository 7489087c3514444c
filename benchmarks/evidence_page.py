"""What evidence.py found, as people read it: docs/evidence.md with its picture, and a table that
`goodfit explain` quotes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import tomli_w
from evidence_sums import LEAST, Summary
from matplotlib.figure import Figure

ROOT = Path(__file__).parent.parent
PAGE, PICTURE = ROOT / "docs" / "evidence.md", ROOT / "docs" / "evidence.png"
QUOTED = ROOT / "generator" / "goodfit" / "rulebook" / "evidence.toml"
COLOURS = {"helps": "#1b7f4d", "hurts": "#b3261e"}

HEAD = """\
# What the rules are worth

Written by `python benchmarks/evidence.py`; do not edit. Each line is the project as generated
against the same with one rule turned, on the same splits and seeds. A gain is the rule's: points
of a score (accuracy, ROC-AUC, ...), or per cent of an error. `better` counts data sets; the
interval is 95 % of the mean over them; p is Wilcoxon's, after Holm's correction for all lines. *No
difference seen* is no proof that there is none. Sets on which a rule was made are measured, and
count for others only. `time` is the rule's processor time over that of the other value; `fails`
the share of trainings that ended without a score, with the rule and with the other value.
"""


def figure(value: float) -> str:
    """One decimal with its sign, and no minus before zero."""
    return "-" if not math.isfinite(value) else f"{round(value, 1) + 0.0:+.1f}"


def rows(found: Sequence[Summary]) -> list[str]:
    lines = [
        "| rules | against | better on | gain | interval | p | verdict | time | fails |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        sets = f"{one.better} of {len(one.counted)}"
        interval = f"{figure(one.low)} to {figure(one.high)}"
        fails = f"{one.own_failures:.0%}, {one.other_failures:.0%}"
        cells = [", ".join(one.rules), one.name, sets, figure(one.gain), interval, f"{one.p:.3f}"]
        cells += [one.verdict, f"{one.time:.2f}", fails]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def details(found: Sequence[Summary]) -> list[str]:
    """A paragraph for each comparison: its sets, the ones that do not count in brackets."""
    lines = ["## By data set", ""]
    for one in found:
        shown = [f"{row.set} {figure(row.gain)}" for row in one.sets]
        shown = [
            text if row.counts else f"({text})" for text, row in zip(shown, one.sets, strict=True)
        ]
        lines += [f"- **{one.name}** ({', '.join(one.rules)}): {', '.join(shown)}"]
    return lines


def draw(found: Sequence[Summary]) -> None:
    """Gains with their intervals, a row for each comparison, the best rule on top."""
    shown = sorted((one for one in found if len(one.counted) >= LEAST), key=lambda one: one.gain)
    if not shown:
        return
    picture = Figure(figsize=(9, 1.2 + 0.27 * len(shown)), layout="constrained")
    axes = picture.subplots()
    for place, one in enumerate(shown):
        colour = COLOURS.get(one.verdict, "#5f6368")
        axes.plot([one.low, one.high], [place, place], color=colour, linewidth=1.6)
        axes.plot([one.gain], [place], "o", color=colour, markersize=4.5)
    axes.axvline(0, color="black", linewidth=0.8)
    axes.set_yticks(
        range(len(shown)), [f"{one.name} ({one.rules[0]})" for one in shown], fontsize=8
    )
    axes.set_xscale("symlog", linthresh=2)
    ticks = [-50, -20, -10, -5, -2, -1, 0, 1, 2, 5, 10, 20, 50]
    axes.set_xticks(ticks, [str(tick) for tick in ticks])
    axes.set_xlabel("gain of the rule: points of a score, or % of an error (95 % interval)")
    axes.set_title("Each rule against what it might have chosen", fontsize=11)
    axes.grid(axis="x", alpha=0.3)
    picture.savefig(PICTURE, dpi=110, metadata={"Software": None})


def quoted(found: Sequence[Summary]) -> str:
    """The table that goodfit reads: TOML, a row for each comparison with enough sets."""
    table = [
        {
            "rules": list(one.rules),
            "setting": one.setting,
            "input": one.input,
            "against": one.name,
            "instead": "".join(f" --set {pair}" for pair in one.instead),
            "better": one.better,
            "sets": len(one.counted),
            "gain": round(one.gain, 1) + 0.0,
            "low": round(one.low, 1) + 0.0,
            "high": round(one.high, 1) + 0.0,
            "verdict": one.verdict,
        }
        for one in found
        if len(one.counted) >= LEAST
    ]
    head = "# Written by benchmarks/evidence.py from evidence.jsonl; do not edit.\n"
    return head + tomli_w.dumps({"measured": table})


def page(found: Sequence[Summary]) -> str:
    """docs/evidence.md, whole."""
    trained = sum(row.seeds for one in found for row in one.sets)
    names = {row.set for one in found for row in one.sets}
    said = f"{len(found)} comparisons, {len(names)} data sets, {trained:,} pairs of trainings.\n"
    picture = "![Gains of the rules with their intervals](evidence.png)\n"
    return "\n".join([HEAD, said, picture, *rows(found), "", *details(found), ""])


def write(found: Sequence[Summary]) -> None:
    """Write all three."""
    PAGE.write_text(page(found), encoding="utf-8")
    QUOTED.write_text(quoted(found), encoding="utf-8")
    draw(found)
