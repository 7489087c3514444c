"""All checks of a case, one after another; the run that it looks at is left as it was."""

from __future__ import annotations

import time
import warnings

from .backends import hasty_graphs, without_tensorflow
from .case import Case
from .checks import GROUP_OF, ORDER
from .finding import Finding, Report
from .needs import NEEDS, missing
from .registry import REGISTRY, Check, Cost, in_full
from .run_state import unchanged
from .words import in_one_line

COSTS: tuple[Cost, ...] = ("free", "asks", "trains")
LONGEST = 45.0
OF_DATA = ("samples", "inputs", "splits", "leaks", "targets")
"""The groups of checks that look at the samples alone, not at what is made of them."""


def examine_case(
    case: Case, cost: Cost = "trains", progress: bool = False, of: tuple[str, ...] = ()
) -> Report:
    """What the checks up to `cost` find, those of the groups `of` where some are named. A check
    that the case has not what it needs for is not asked, and that is said; one that stumbles is
    told by itself.

    Checks marked `sound` are left out where an earlier group of checks has found an error: one
    fault would show twice.
    """
    report, started = Report(), time.perf_counter()
    asked: set[str] = set()
    group, sound = "", True
    quiet = warnings.catch_warnings(action="ignore")
    with quiet, unchanged(case.model), hasty_graphs(), without_tensorflow():
        for check in sorted(REGISTRY.checks, key=lambda one: ORDER.index(one.look.__module__)):
            if COSTS.index(check.cost) > COSTS.index(cost):
                continue
            own = GROUP_OF[check.look.__module__]
            if of and own not in of:
                continue
            if own != group:
                group, sound = own, not report.errors
                if progress and cost == "trains":
                    print(f"checking {group} ...", flush=True)
            if check.sound and not sound:
                continue
            if check.cost != "free" and time.perf_counter() - started > longest(case):
                report.not_asked.append((check.id, "time, since the network is slow"))
                continue
            look_once(case, check, report, asked)
    report.not_asked = [pair for pair in report.not_asked if pair[0] not in asked]
    report.of_projects -= asked
    report.notes = list(dict.fromkeys(case.notes))
    report.looked_at = looked_at(case)
    report.seconds = time.perf_counter() - started
    return report


def longest(case: Case) -> float:
    """Seconds after which nothing dear is begun; a project is examined to the end."""
    return LONGEST if case.project.declared is None else float("inf")


def look_once(case: Case, check: Check, report: Report, asked: set[str]) -> None:
    """Make one check, or say what it lacks."""
    name = check.id
    try:
        lacking = [words for need in check.needs if (words := missing(case, need))]
    except Exception as error:  # what a model's own code raises when it is looked at
        report.stumbled.append((name, in_one_line(error)))
        return
    if lacking:
        of_project = any(NEEDS[need].project for need in check.needs)
        if case.project.declared is not None and of_project:
            return  # what a project does not have, such as groups, is nothing to ask about
        report.not_asked.append((name, lacking[0]))
        if of_project:
            report.of_projects.add(name)
        return
    asking = check.cost != "free" and not {"copy", "layers"}.isdisjoint(check.needs)
    if asking and case.unanswered:
        report.not_asked.append((name, "a model that answers these samples"))
        return
    asked.add(name)
    add(report, case, look_safely(case, check, report))


def look_safely(case: Case, check: Check, report: Report) -> list[Finding]:
    """The findings of one check; where it ends in an error, those until then, and that is noted."""
    found: list[Finding] = []
    try:
        for finding in check.look(case):
            found.append(finding)
    except Exception as error:  # a check that cannot be made must not keep you from training
        report.stumbled.append((check.id, in_one_line(error)))
    return found


def add(report: Report, case: Case, findings: list[Finding]) -> None:
    """Fill in what a finding takes from its entry, and in it what things are called here."""
    for finding in findings:
        full = in_full(finding, case.words)
        if full not in report.findings:
            report.findings.append(full)


def looked_at(case: Case) -> str:
    """How many samples were looked at, in words."""
    count, words = case.train.size, case.words.samples
    of_all = f" of {case.samples:,}" if case.samples and case.samples > count else ""
    text = f"{count:,}{of_all} training {words}"
    if case.validation is not None:
        text += f", {case.validation.size:,} for validation"
    return text
