"""Values of config.toml before they are looked at: where its paths lie, and what hangs on how many
epochs there are."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from .commands import refuse

MOST = 10**12  # of anything: more is a slip of the hand
Values = dict[str, Any]  # each section by its name, each setting of it by its own


def from_here(values: Values, path: Path) -> None:
    """Let data.path, which config.toml in `path` has as seen from its own folder, be as seen from
    here."""
    data = values.get("data")
    if isinstance(data, dict) and isinstance(data.get("path"), str) and data["path"]:
        data["path"] = os.path.normpath(path.parent / data["path"])


def seen_from(path: str, folder: Path) -> str:
    """`path` for a config.toml in `folder`; one that is absolute stays so."""
    if not path or os.path.isabs(path):
        return path
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return os.path.abspath(path)


def to_keep(values: Values, encoder: Any, folder: Path) -> Values:
    """`values` as a run in `folder` keeps them: where the data is, as seen from there; and as what
    each column was read, where its `encoder` knows `kinds`, so that later files are read alike."""
    data = dict(values["data"])
    data["path"] = seen_from(data["path"], folder)
    for kind, names in getattr(encoder, "kinds", {}).items():
        data[kind] = list(dict.fromkeys([*data[kind], *names]))
    return values | {"data": data}


def in_time(epochs: int, values: Values) -> Values:
    """Of the settings in `values`, by their names, those that do not fit into `epochs`, such that
    they do: patience below them, warm-up and decay within them."""
    warmup, decay = values["warmup_epochs"], values["decay_epochs"]
    fitted = {}
    if values["patience"] >= epochs:
        fitted["patience"] = max(1, epochs // 3)
    if warmup + decay > epochs:
        fitted["warmup_epochs"] = warm = min(warmup, epochs // 4)
        fitted["decay_epochs"] = min(decay, max(1, epochs - warm))
    if values.get("fine_tuning_epochs", 0) > epochs:
        fitted["fine_tuning_epochs"] = epochs
    return {name: value for name, value in fitted.items() if value != values[name]}


HANGS = {  # on training.epochs: in which section
    "patience": "early_stopping",
    "warmup_epochs": "optimizer",
    "decay_epochs": "optimizer",
    "fine_tuning_epochs": "model",
}


def follow_epochs(values: Values, overrides: Collection[str]) -> None:
    """Where the command line says how many epochs there are, let what hangs on them, and is not
    named there too, fit into them; and tell."""
    given = {override.partition("=")[0].strip() for override in overrides}
    if "training.epochs" not in given:
        return
    try:
        own = {name: values[HANGS[name]][name] for name in HANGS if name in values[HANGS[name]]}
        epochs = values["training"]["epochs"]
        fitted = in_time(epochs, own) if epochs > 0 else {}
    except (KeyError, TypeError):
        return  # what is no number or not there is refused with everything else
    fitted = {name: fitted[name] for name in fitted if f"{HANGS[name]}.{name}" not in given}
    for name, value in fitted.items():
        values[HANGS[name]][name] = value
    if fitted:
        said = ", ".join(f"{HANGS[name]}.{name} = {value}" for name, value in fitted.items())
        print(f"note: for training.epochs = {epochs}: {said}")


def put(values: Values, override: str) -> None:
    """Put `section.key=value` into `values`; what it may be is checked with everything else."""
    name, separator, text = override.partition("=")
    section, dot, key = name.strip().partition(".")
    if not (separator and dot and isinstance(values.get(section), dict)):
        sections = ", ".join(key for key, value in values.items() if isinstance(value, dict))
        refuse(f"--set {override}", "section.key=value", f"use one of the sections {sections}")
    if "\n" in text:
        refuse(f"--set {override}", "one section.key=value", "say --set once for each setting")
    try:
        values[section][key] = tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        values[section][key] = text  # a bare word is a string


def override(values: Values, path: Path, overrides: Sequence[str]) -> None:
    """Let the `values` of config.toml in `path` be what the command line makes of them. Raises
    SystemExit(2) for what names no setting, and for numbers larger than anything here is."""
    from_here(values, path)
    for one in overrides:
        put(values, one)
    follow_epochs(values, overrides)
    for section, own in values.items():
        for name, value in own.items() if isinstance(own, dict) else ():
            if name == "path" and "\0" in str(value):
                given = f"{path}: {section}.{name} = {value!r}"
                refuse(given, "a path; none holds a NUL", "take it out")
            for number in value if isinstance(value, list) else [value]:
                if isinstance(number, int | float) and abs(number) > MOST:
                    given = f"{path}: {section}.{name} = {value!r}"
                    refuse(given, f"numbers up to {MOST:,}", f"change {section}.{name}")


def without_weights(path: Path, overrides: Sequence[str]) -> list[str]:
    """The `overrides` for who needs no more of a network than its shape: a trained backbone is
    neither loaded nor waited for. Tells so where config.toml in `path` has one."""
    try:
        model = tomllib.loads(path.read_text(encoding="utf-8"))["model"]
        weights = dict(model).get("weights", "none")
    except (OSError, ValueError, KeyError, TypeError):
        return [*overrides]  # refused with everything else
    if weights == "none" or "model.weights=none" in overrides:
        return [*overrides]
    print(f"note: without the {weights} weights, which pictures do not need: all parameters count")
    return [*overrides, "model.weights=none"]
