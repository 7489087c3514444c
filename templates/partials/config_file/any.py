"""From config.toml and the command line to a `Config` that can work."""

import difflib
import tomllib
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config import Config, contradictions, refuse
from doctor.setting_values import override


def load_config(path: Path, overrides: Sequence[str] = ()) -> Config:
    """Read, override, validate. Paths are as seen from the folder of the file, in `overrides` as
    seen from here. Raises SystemExit(2) with the reason where anything is wrong."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        refuse(f"{path}: {error}", "a readable TOML file", "restore it, or mend the line it names")
    override(values, path, overrides)
    try:
        config = Config.model_validate(values)
        refusals = list(contradictions(config))
    except ValidationError as error:
        refusals = [explain(one, path) for one in error.errors()]
    if refusals:
        refuse(*refusals[0], *refusals[1:])
    return config


def explain(error: ErrorDetails, path: Path) -> tuple[str, str, str]:
    """One error of pydantic in plain words: (given, expected, fix)."""
    *section, key = [str(part) for part in error["loc"] if not isinstance(part, int)]
    name = ".".join([*section, key])
    if error["type"] == "extra_forbidden":
        owner = Config.model_fields[section[0]].annotation if section else Config
        known = list(getattr(owner, "model_fields", {}))
        near = difflib.get_close_matches(key, known, n=1)
        fix = f"did you mean {near[0]}?" if near else "remove it"
        return f"{path}: unknown key {name}", f"one of {', '.join(known)}", fix
    if error["type"] == "missing":
        return f"{path}: {name} is missing", "every key present", f"add {name} again"
    given = f"{path}: {name} = {error['input']!r}"
    return given, error["msg"].removeprefix("Input should be "), f"change {name}"
