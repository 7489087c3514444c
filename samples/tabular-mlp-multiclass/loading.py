"""Imported first by every script: say what the wait is for, and keep TensorFlow's chatter down."""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
print("Loading Keras and TensorFlow ...", file=sys.stderr, flush=True)
