"""The gauntlet: groups of checks, from the cheap to the dear. Each yields what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from checks.at_rest import at_rest
from checks.batches import batches
from checks.decoding import decoding
from checks.in_motion import in_motion
from checks.inputs import inputs
from checks.parts import parts
from checks.pipeline import pipeline
from checks.samples import samples
from checks.settings import settings
from checks.targets import targets
from findings import Finding

if TYPE_CHECKING:
    from config import Config
    from train import Prepared


class Group(NamedTuple):
    """Checks of one kind. `quick`: cheap enough for every start of train.py. `on_sound`: only where
    what was checked before is without an error."""

    name: str
    check: Callable[[Prepared, Config], Iterator[Finding]]
    quick: bool = True
    on_sound: bool = False


GROUPS = (
    Group("samples", samples),
    Group("inputs", inputs, on_sound=True),
    Group("parts", parts, on_sound=True),
    Group("targets", targets),
    Group("decoding", decoding, on_sound=True),
    Group("settings", settings),
    Group("batches", batches),
    Group("the network at rest", at_rest, on_sound=True),
    Group("the pipeline", pipeline, quick=False, on_sound=True),
    Group("the network in motion", in_motion, quick=False, on_sound=True),
)
