"""The commands of a project and what they take: told, and refused, before Keras is loaded."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from .harmless import readable
from .run_folder import QUICK, is_called, named, whole_ones


def near(path: Path) -> Path:
    """`path` as it is written from here, where it lies here or below."""
    try:
        here = Path.cwd()
    except OSError:  # it is gone
        return path
    return path.relative_to(here) if path.is_relative_to(here) else path


PROJECT = near(Path(__file__).resolve().parents[1])  # wherever its scripts are called from
RUNS = PROJECT / "runs"
SHARE = 0.1  # of the time of a training that a search for a rate may take

CONFIG: dict[str, Any] = {
    "type": Path,
    "default": PROJECT / "config.toml",
    "metavar": "FILE",
    "help": "the settings (default: config.toml of this project)",
}
SET: dict[str, Any] = {
    "action": "append",
    "default": [],
    "metavar": "SECTION.KEY=VALUE",
    "help": "another value for a setting, this time alone; may stand several times",
}
SETTINGS = {"--config": CONFIG, "--set": SET}
RUN: dict[str, dict[str, Any]] = {
    "--run": {
        "metavar": "RUN",
        "help": "a run by its folder or its number (default: the latest)",
    },
    "--set": SET | {"metavar": "DATA.KEY=VALUE", "help": "reads it otherwise than [data] says"},
}


def switch(says: str) -> dict[str, Any]:
    """An option that stands alone."""
    return {"action": "store_true", "help": says}


def share(text: str) -> float:
    """A share of a training's time, from the command line."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 10:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 10, such as {SHARE}")
    return value


OPTIONS: dict[str, dict[str, dict[str, Any]]] = {
    "study": SETTINGS,
    "check": SETTINGS | {"--quick": switch("only what train.py does before its first step")},
    "find_lr": SETTINGS
    | {
        "--write": switch("put the rate into config.toml, with its reason"),
        "--share": {
            "type": share,
            "default": SHARE,
            "help": f"of the time of a training to take (default: {SHARE})",
        },
    },
    "train": SETTINGS
    | {
        "--quick": switch(f"a try of all steps in few epochs, left in runs/{QUICK}; scores nothing")
    },
    "evaluate": {"given": {"nargs": "*", "metavar": "RUN", "help": "the same as --run"}} | RUN,
    "predict": {
        "given": {
            "nargs": "*",
            "metavar": "FILE",
            "help": "what to predict for; a run may be there",
        }
    }
    | RUN
    | {
        "--output": {
            "type": Path,
            "metavar": "CSV",
            "help": "write the answers here, never over an existing file",
        },
        "--unseen": {
            "choices": ["refuse", "ignore"],
            "default": "refuse",
            "help": "what words and categories do that training never saw (default: refuse)",
        },
    },
}


class Parser(argparse.ArgumentParser):
    """Refuses as everything here does: what was given, what was expected, how to mend it."""

    def error(self, message: str) -> NoReturn:
        usage = " ".join(self.format_usage().split()).removeprefix("usage: ")
        refuse(message, usage, f"python {self.prog} --help explains all of it")


def refuse(given: str, expected: str, fix: str) -> NoReturn:
    """Stop with exit code 2: what was given, what was expected, how to mend it."""
    said = f"error: {given}\n  expected: {expected}\n  fix: {fix}"
    print(readable(said), file=sys.stderr)
    raise SystemExit(2)


def refuse_place(output: Path) -> None:
    """Stop where no file can be written: before anything is predicted, not after it."""
    folder = output.parent
    try:
        open_to_us = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
        taken = output.exists() or output.is_symlink()
    except OSError as error:
        refuse(f"{output}: {error.strerror}", "a new file", "choose another name")
    if not open_to_us:
        fix = "make it, or choose another"
        refuse(f"{output}: no file can be written into {folder}", "a folder of yours", fix)
    if taken:
        refuse(f"{output} exists", "a new file", "choose another name")


def parse(
    command: str, description: str | None, arguments: Sequence[str] | None = None
) -> argparse.Namespace:
    """The options of a command. Those that take a run have it as `run`, a folder or None, whether
    it was called so or stood among what is `given`. Raises SystemExit(2)."""
    parser = Parser(
        f"{command}.py",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    for name, about in OPTIONS[command].items():
        parser.add_argument(name, **about)
    options = parser.parse_args(arguments)
    if output := getattr(options, "output", None):
        refuse_place(output)
    config = getattr(options, "config", None)
    if config and config.exists() and not config.is_file():  # a pipe is waited for, without end
        refuse(f"{config} is no file", "a file of settings, as config.toml is", "check the path")
    if "run" in options:
        every = command == "evaluate"  # whatever it is given is a run
        runs = [word for word in options.given if every or is_called(word, RUNS)]
        options.given = [word for word in options.given if word not in runs]
        runs += [options.run] if options.run else []
        if len(runs) > 1:
            refuse(f"{len(runs)} runs: {', '.join(runs)}", "one run", "name one at a time")
        options.run = named(runs[0], RUNS) if runs else None
        if options.run and not options.run.is_dir():
            refuse(f"there is no run {runs[0]}", *whole_ones(RUNS))
    return options
