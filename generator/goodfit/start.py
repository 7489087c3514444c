"""The command as it is begun: Ctrl-C ends it in one line also while it is loaded."""

from __future__ import annotations

import sys


def run() -> None:
    """Run `goodfit`. Raises SystemExit."""
    try:
        from goodfit.cli import main

        main(prog_name="goodfit")
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        raise SystemExit(130) from None
