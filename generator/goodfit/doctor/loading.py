"""Imported first by every script of a project: tell or refuse its options, say what the wait is
for, keep TensorFlow quiet, and end in one line where somebody stops it.

TF_CPP_MIN_LOG_LEVEL=0 python train.py    shows all it has to say, such as why no GPU was found
"""

import gc
import os
import signal
import sys
from pathlib import Path

from .commands import OPTIONS, parse
from .endings import stop, tell

if sys.stderr is None:  # closed: what is opened next would be written to in its place
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    sys.stderr = os.fdopen(2, "w")
script = Path(sys.argv[0]).resolve()
if script.parent == Path(__file__).resolve().parents[1]:
    sys.excepthook = tell  # where a script of this project runs: others import it, and decide
    signal.signal(signal.SIGTERM, stop)
    if script.stem in OPTIONS:
        parse(script.stem, sys.modules["__main__"].__doc__)  # ends here where help is all
print("Loading Keras and TensorFlow ...", file=sys.stderr, flush=True)
quiet = "TF_CPP_MIN_LOG_LEVEL" not in os.environ
shown = os.dup(2)
if quiet:
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # it speaks before it looks at that level
gc.disable()  # objects only come: to look again and again for what goes takes a tenth of the time
try:
    import tensorflow  # noqa: F401
finally:
    os.dup2(shown, 2)
    gc.enable()
    gc.freeze()  # nor is it looked through later: it stays to the end
