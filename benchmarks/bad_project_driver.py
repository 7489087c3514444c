"""Calls the scripts of the project in the current folder, as many as are asked for: a line of JSON
in, [script, words, limit]; a line out, [exit code, output, errors, seconds]. Both streams
are taken at their descriptors, so that what libraries in C print is caught as well. Memory is
limited: what reads without end ends here, and takes no other process with it."""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from types import FrameType
from typing import Any

MEMORY = 12 * 2**30  # bytes that may be addressed; TensorFlow takes about five
sys.path.insert(0, os.getcwd())


def late(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def ending(script: str, words: list[str], limit: float) -> int | None:
    """The exit code of a script's main; None where it does not end within the limit."""
    sys.argv = [f"{script}.py", *words]
    signal.signal(signal.SIGALRM, late)
    signal.alarm(int(limit) + 1)
    try:
        importlib.import_module(script).main(words)
        return 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except TimeoutError:
        traceback.print_exc()
        return None
    except KeyboardInterrupt:
        return 130
    except BaseException as error:
        return by_its_hook(error)
    finally:
        signal.alarm(0)


def by_its_hook(error: BaseException) -> int:
    """The exit code of an error that nothing catches, told as the project tells it."""
    try:
        sys.excepthook(type(error), error, error.__traceback__)
    except SystemExit as end:
        return int(end.code or 0)
    return 1


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    answer_to = os.fdopen(os.dup(1), "w")
    for number in (1, 2):
        with tempfile.TemporaryFile() as stream:
            os.dup2(stream.fileno(), number)
    sys.argv = [f"{os.getcwd()}/run.py"]  # as a script of the project, which takes no options
    importlib.import_module("train")  # the wait is none of an input's
    for line in sys.stdin:
        asked: list[Any] = json.loads(line)
        for number in (1, 2):
            os.ftruncate(number, 0)
            os.lseek(number, 0, os.SEEK_SET)
        begun = time.perf_counter()
        code = ending(*asked)
        seconds = time.perf_counter() - begun
        sys.stdout.flush()
        sys.stderr.flush()
        said = []
        for number in (1, 2):
            os.lseek(number, 0, os.SEEK_SET)
            said.append(os.read(number, 2**20).decode(errors="replace"))
        print(json.dumps([code, *said, seconds]), file=answer_to, flush=True)


if __name__ == "__main__":
    main()
