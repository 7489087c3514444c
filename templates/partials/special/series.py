"""What the doctor is told of series: what stands after the end of a short one."""

from typing import Any

from config import Config
from features import PAD
from run import Prepared


def special(prepared: Prepared, config: Config) -> dict[str, Any]:
    """The value of steps that are not there."""
    return {"feature_padding": PAD}


def for_page(prepared: Prepared, config: Config) -> dict[str, Any]:
    """What the page is told of them: how many steps each has."""
    return {"form": "series", "lengths": tuple(map(len, prepared.tables["train"]["series"]))}
