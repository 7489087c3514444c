"""How a script ends that somebody stops, or that cannot read or write what it has to."""

from __future__ import annotations

import os
import sys
from types import FrameType, TracebackType
from typing import NoReturn

from .commands import refuse
from .harmless import readable


def stop(number: int, frame: FrameType | None) -> NoReturn:
    """What a cluster sends is taken as Ctrl-C is."""
    raise KeyboardInterrupt


def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """One line for who stops a script, and nothing where nobody reads on. What the system does not
    let it read or write is refused. For anything else what Python says. Raises SystemExit."""
    if issubclass(kind, KeyboardInterrupt):
        print("\nStopped.", file=sys.stderr)
    elif isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python would try again, and say so
        raise SystemExit(1)
    elif isinstance(error, OSError) and error.errno and error.strerror:
        place = error.filename or "what is written"
        given = readable(f"{os.fsdecode(place) if isinstance(place, bytes) else place}")
        expected = "files that can be read, and room where something is written"
        refuse(f"{given}: {error.strerror}", expected, "make it so, or name another place")
    else:
        sys.__excepthook__(kind, error, trace)
