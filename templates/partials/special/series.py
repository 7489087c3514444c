"""What the doctor is told of series: what stands after the end of a short one."""

from typing import Any

from config import Config
from features import PAD
from run import Prepared


def special(prepared: Prepared, config: Config) -> dict[str, Any]:
    """The value of steps that are not there."""
    return {"feature_padding": PAD}
