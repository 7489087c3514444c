"""Run somebody's script, as `python SCRIPT ARGS` would, and examine every `fit` in it."""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import os
import sys
import tokenize
import traceback
from collections.abc import Callable, Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

from .capture import Capture, Examined

USAGE = """examine a Keras training script: every fit, before its first step and while it runs

    goodfit doctor train.py --epochs 5         everything after the script is for the script
    goodfit doctor --stop train.py             examine, and do not train
    goodfit doctor --explain head-agreement    what a check catches, and why
"""


def refuse(given: str, expected: str, fix: str) -> int:
    """Say what is wrong with the call; the exit code."""
    print(f"error: {given}\n  expected: {expected}\n  fix: {fix}", file=sys.stderr)
    return 2


def parser() -> argparse.ArgumentParser:
    """The doctor's own arguments; those of the script follow it."""
    words = argparse.ArgumentParser(
        prog="doctor", description=USAGE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words.add_argument("--stop", action="store_true", help="end at the first fit, untrained")
    words.add_argument(
        "--json",
        action="store_true",
        help="findings as JSON on standard output, where the script's own goes to standard error",
    )
    words.add_argument("--no-monitors", action="store_true", help="look before training only")
    words.add_argument("--explain", metavar="ID", help="print what a check catches, and stop")
    words.add_argument("script", nargs="?", help="a .py or .ipynb file")
    words.add_argument("arguments", nargs=argparse.REMAINDER, help="for the script")
    return words


def source_of(path: Path) -> str:
    """The code of a script or a notebook. Raises ValueError where it is none."""
    if path.suffix != ".ipynb":
        with tokenize.open(path) as file:
            return file.read()
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return "\n\n".join(without_magics(text) for text in texts)


def without_magics(text: str) -> str:
    """A notebook's cell without what only a notebook understands: %magics, !commands, help?."""
    if text.lstrip().startswith("%%"):
        first, _, rest = text.lstrip().partition("\n")
        return rest if first.split()[0] in ("%%time", "%%timeit", "%%capture") else ""
    lines = []
    for line in text.splitlines():
        bare = line.lstrip()
        gone = bare.startswith(("%", "!")) or (bare.endswith("?") and not bare.startswith("#"))
        lines.append(f"{line[: len(line) - len(bare)]}pass  # {bare}" if gone else line)
    return "\n".join(lines)


def compiled_script(path: Path) -> Any:
    """The code object of a script. Raises SyntaxError, UnicodeDecodeError, ValueError, KeyError."""
    return compile(source_of(path), str(path), "exec", dont_inherit=True)


class AwaitedKeras(MetaPathFinder):
    """Waits for a script to import Keras, since only then its backend is settled: `ready` is called
    as soon as that is done. Notices `tf_keras`, which is Keras 2, too."""

    def __init__(self, ready: Callable[[], None]) -> None:
        self.ready, self.busy = ready, False
        self.seen, self.legacy = "keras" in sys.modules, "tf_keras" in sys.modules

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Finding it is left to Python; what is run when it is imported goes on to `ready`."""
        self.legacy = self.legacy or name == "tf_keras"
        if name != "keras" or self.busy:
            return None
        self.busy = True
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self.busy = False
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def then_ready(module: ModuleType) -> None:
                execute(module)
                self.seen = True
                self.ready()

            spec.loader.exec_module = then_ready  # type: ignore[method-assign]
        return spec


@contextlib.contextmanager
def as_main(path: Path, arguments: list[str]) -> Iterator[ModuleType]:
    """For a while, the script is `__main__`, with its folder on the path and its arguments."""
    module = ModuleType("__main__")
    module.__file__ = str(path)
    module.__dict__["__builtins__"] = __builtins__
    kept = sys.argv, sys.path[:], sys.modules["__main__"]
    sys.argv, sys.path[0:0] = [str(path), *arguments], [str(path.parent)]
    sys.modules["__main__"] = module
    try:
        yield module
    finally:
        sys.argv, sys.path[:], sys.modules["__main__"] = kept


def run_script(path: Path, arguments: list[str]) -> int:
    """Run it to its end; its own exit code, 0 where it ends by itself."""
    code = compiled_script(path)
    with as_main(path, arguments) as module:
        try:
            exec(code, module.__dict__)
        except Examined:
            return 0
        except SystemExit as end:
            if end.code is None or isinstance(end.code, int):
                return int(end.code or 0)
            print(end.code, file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print("stopped by hand", file=sys.stderr)
            return 130
        except Exception as error:
            told = traceback.TracebackException.from_exception(error)
            without_own_frames(told)
            print("".join(told.format()), end="", file=sys.stderr)
            return 1
    return 0


def without_own_frames(told: traceback.TracebackException | None) -> None:
    """Leave out of a traceback, and of those that led to it, what the doctor itself called."""
    if told is None:
        return
    here = str(Path(__file__).parent)
    kept = [frame for frame in told.stack if not frame.filename.startswith(here)]
    told.stack = traceback.StackSummary.from_list(kept)
    without_own_frames(told.__cause__)
    without_own_frames(told.__context__)


def why_nothing(capture: Capture, awaited: AwaitedKeras) -> str:
    """Why no `fit` was examined, and what to do about it."""
    if awaited.legacy:
        return (
            "This script uses tf_keras, which is Keras 2; the doctor examines Keras 3. Leave "
            "TF_USE_LEGACY_KERAS unset, import keras instead of tf_keras, and see "
            "keras.io/guides/migrating_to_keras_3."
        )
    if not awaited.seen:
        return "The script never imported Keras, so there was nothing to examine."
    loop = f" (train_on_batch of {', '.join(sorted(capture.loops))})" if capture.loops else ""
    return (
        f"fit was never called, so that nothing was examined{loop}. For a loop of your own, "
        f"compile the model and put this before it: {importing()}; print(doctor.examine(model, x, "
        "y, batch_size=32, epochs=10).findings)"
    )


def importing() -> str:
    """How the library is imported from where it lies."""
    parent = __package__.rpartition(".")[0]
    return f"from {parent} import doctor" if parent else "import doctor"


def explain(name: str) -> int:
    """Print the entry of a check; the exit code."""
    from .explain import explained, ids, near

    if name not in ids():
        return refuse(f"no check is called {name!r}", near(name), "see docs/checks.md")
    print(explained(name))
    return 0


def main(arguments: list[str] | None = None) -> int:
    """The command; the exit code: 1 where an error was found, else the script's own."""
    options = parser().parse_args(arguments)
    if options.explain:
        return explain(options.explain)
    if not options.script:
        return refuse("no script", "a .py or .ipynb file", "goodfit doctor train.py")
    path = Path(options.script).absolute()
    if not path.is_file():
        return refuse(f"{options.script} is no file", "a .py or .ipynb file", "correct the path")
    try:
        compiled_script(path)
    except (SyntaxError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        said = error.msg if isinstance(error, SyntaxError) else type(error).__name__
        given = f"{options.script} cannot be read as Python{line}: {said}"
        return refuse(given, "a script or a notebook", "python SCRIPT says more")
    if importlib.util.find_spec("keras") is None:
        return refuse(
            "Keras is not installed here",
            "the environment that the script is run in",
            "pip install keras tensorflow",
        )
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    return examined(path, options)


def examined(path: Path, options: argparse.Namespace) -> int:
    """Run the script with every `fit` examined, and say what came of it; the exit code."""
    capture = Capture(str(path), options.stop, not options.no_monitors, quiet=options.json)
    with contextlib.ExitStack() as while_running:

        def watch() -> None:
            from .fit_capture import on_fit

            while_running.enter_context(on_fit(capture))

        awaited = AwaitedKeras(watch)
        if "keras" in sys.modules:
            watch()
        sys.meta_path.insert(0, awaited)
        while_running.callback(sys.meta_path.remove, awaited)
        if options.json:
            while_running.enter_context(contextlib.redirect_stdout(sys.stderr))
        code = run_script(path, options.arguments)
    nothing = "" if capture.fits else why_nothing(capture, awaited)
    if options.json:
        print(json.dumps(as_dictionary(capture, nothing, code), indent=1))
    elif nothing and not code:
        print(f"doctor: {nothing}", file=sys.stderr)
    elif len(capture.fits) > 1 or any(fit.watched for fit in capture.fits):
        count = sum(len(fit.findings) for fit in capture.fits)
        print(
            f"doctor: {len(capture.fits)} call{'s' * (len(capture.fits) != 1)} of fit, "
            f"{count} finding{'s' * (count != 1)}, {len(capture.errors)} of them errors",
            file=sys.stderr,
        )
    return code or int(bool(capture.errors))


def as_dictionary(capture: Capture, nothing: str, code: int) -> dict[str, Any]:
    """All that was found, as plain data."""
    fits = [
        {
            "model": fit.model,
            "place": fit.place,
            **fit.report.as_dictionary(),
            "while_training": [finding._asdict() for finding in fit.watched],
        }
        for fit in capture.fits
    ]
    return {"fits": fits, "errors": len(capture.errors), "script_exit_code": code, "note": nothing}
