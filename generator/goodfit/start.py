"""The command as it is begun: Ctrl-C ends it in one line also while it is loaded, SIGTERM leaves
nothing half written."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import NoReturn


def leave(number: int, frame: FrameType | None) -> NoReturn:
    """End with the exit code of a signal, by way of all that cleans up behind itself."""
    raise SystemExit(128 + number)


def run() -> None:
    """Run `goodfit`. Raises SystemExit."""
    signal.signal(signal.SIGTERM, leave)
    try:
        from goodfit.cli import main

        main(prog_name="goodfit")
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        raise SystemExit(130) from None
