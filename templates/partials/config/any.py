"""What may stand in config.toml: types, ranges and relations. Read it, apply overrides from the
command line, and refuse what cannot work."""

import sys
from typing import NoReturn

from pydantic import BaseModel, ConfigDict

from reader.how import printable


class Section(BaseModel):
    """Typed, immutable settings. An unknown key or a wrong type is an error, never a default."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def refuse(given: str, expected: str, fix: str, *more: tuple[str, str, str]) -> NoReturn:
    """Stop with exit code 2: what was given, what was expected, how to mend it; and `more` such."""
    for refusal in [(given, expected, fix), *more]:
        said = "error: {}\n  expected: {}\n  fix: {}".format(*refusal)
        print(printable(said), file=sys.stderr)
    raise SystemExit(2)
