"""Imported first by every script of a project: say what the wait is for, and keep TensorFlow quiet.

TF_CPP_MIN_LOG_LEVEL=0 python train.py    shows all it has to say, such as why no GPU was found
"""

import gc
import os
import sys

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
