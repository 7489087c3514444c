"""Imported first by every script: say what the wait is for, and keep TensorFlow's start quiet.

TF_CPP_MIN_LOG_LEVEL=0 python train.py    shows all it has to say, such as why no GPU was found
"""

import os
import sys

print("Loading Keras and TensorFlow ...", file=sys.stderr, flush=True)
if "TF_CPP_MIN_LOG_LEVEL" not in os.environ:
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    shown, hidden = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(hidden, 2)  # its first lines are written before it looks at that level
    try:
        import tensorflow  # noqa: F401
    finally:
        os.dup2(shown, 2)
