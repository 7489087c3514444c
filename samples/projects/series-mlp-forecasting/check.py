"""Look for what goes wrong without an error, before training: data, settings, network, pipeline.

python check.py            all checks; copies of the network take a few steps
python check.py --quick    what train.py does before its first step: nothing is trained
"""

import loading  # noqa: F401  isort: skip
import logging
import time

from checks import GROUPS
from config import Config, load_config, parse_arguments
from findings import Finding, tell
from preparing import Prepared, prepare
from stepping import hasty_graphs


def examine(prepared: Prepared, config: Config, quick: bool) -> list[Finding]:
    """What the groups find, one after another; the model is left as it was.

    A network is not run where data or settings contradict themselves: one fault would show twice.
    """
    logging.getLogger("tensorflow").setLevel("ERROR")  # it warns of every new copy of the network
    before = [variable.numpy() for variable in prepared.model.variables]
    found: list[Finding] = []
    for group in GROUPS:
        if (quick and not group.quick) or (group.on_sound and errors_in(found)):
            continue
        if not quick:
            print(f"checking {group.name} ...", flush=True)
        try:
            found += group.check(prepared, config)
        except Exception as error:  # a check that cannot be made must not keep you from training
            found.append(not_made(group.name, error))
    for variable, value in zip(prepared.model.variables, before, strict=True):
        variable.assign(value)
    return found


def not_made(group: str, error: Exception) -> Finding:
    """What is said where a group of checks stumbles: loudly, and what it had found is lost."""
    fact = f"The checks of {group} could not be made: {type(error).__name__}: {error}"
    why = "What they look for may be there, unseen."
    fix = "if you changed model.py, task.py or targets.py, look there first"
    return Finding("not-checked", "warning", fact.splitlines()[0][:400], why, fix)


def errors_in(found: list[Finding]) -> int:
    """How many of the findings are errors."""
    return sum(finding.level == "error" for finding in found)


def say(found: list[Finding], seconds: float) -> None:
    """All findings, and one line with their number. Raises SystemExit(1) where one is an error."""
    counts = {"error": errors_in(found), "warning": len(found) - errors_in(found)}
    words = [f"{count or 'no'} {word}{'s' * (count != 1)}" for word, count in counts.items()]
    try:
        tell(found)
    finally:
        print(f"checked in {seconds:.1f} s: {' and '.join(words)}")


def before_training(prepared: Prepared, config: Config) -> None:
    """The short form, for train.py. Raises SystemExit(1) where training would be wasted."""
    started = time.perf_counter()
    found = examine(prepared, config, quick=True)
    say(found, time.perf_counter() - started)


def main(arguments: list[str] | None = None) -> list[Finding]:
    started = time.perf_counter()
    parser = parse_arguments(__doc__)
    parser.add_argument("--quick", action="store_true", help="train nothing")
    options = parser.parse_args(arguments)
    config = load_config(options.config, options.set)
    with hasty_graphs():
        found = examine(prepare(config), config, options.quick)
    say(found, time.perf_counter() - started)
    return found


if __name__ == "__main__":
    main()
