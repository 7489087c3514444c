"""A run with the doctor is the run without it, bit for bit: losses, weights, what is drawn after.

On TensorFlow, and on JAX and PyTorch where these are installed.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
RUN = """
import json, random, sys
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(7)
random_state = np.random.RandomState(3)
x = random_state.normal(size=(300, 6)).astype("float32")
y = (x[:, 0] + 0.3 * random_state.normal(size=300) > 0).astype("int32")
kind = sys.argv[1]


class Batches(keras.utils.PyDataset):
    def __init__(self):
        super().__init__()
        self.own = np.random.default_rng(5)

    def __len__(self):
        return 10

    def __getitem__(self, place):
        rows = self.own.integers(0, 300, 30)
        return x[rows] + self.own.normal(0, 0.1, (30, 6)).astype("float32"), y[rows]


def endless():
    own = np.random.default_rng(11)
    while True:
        rows = own.integers(0, 300, 30)
        yield x[rows], y[rows]


class Custom(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden, self.drop = layers.Dense(8, activation="relu"), layers.Dropout(0.2)
        self.out = layers.Dense(1, activation="sigmoid")

    def call(self, inputs, training=False):
        return self.out(self.drop(self.hidden(inputs), training=training))


if kind == "subclassed":
    model = Custom()
else:
    model = keras.Sequential(
        [
            *([] if kind == "unbuilt" else [layers.Input((6,))]),
            layers.GaussianNoise(0.1),
            layers.Dense(8, activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.3),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
given = {"x": x, "y": y, "batch_size": 32, "validation_split": 0.2}
if kind == "dataset":
    import tensorflow as tf

    data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(300).batch(32)
    held = tf.data.Dataset.from_tensor_slices((x[:50], y[:50])).batch(32)
    given = {"x": data, "validation_data": held}
if kind == "py_dataset":
    given = {"x": Batches()}
if kind == "generator":
    given = {"x": endless(), "steps_per_epoch": 10}
history = model.fit(epochs=3, verbose=0, **given).history
more = {}
if kind != "generator":
    more = model.fit(epochs=6, initial_epoch=3, verbose=0, **given).history
after = layers.Dense(2)
after.build((None, 3))
print(
    json.dumps(
        {
            "history": history,
            "more": more,
            "weights": [np.asarray(keras.ops.convert_to_numpy(w)).tolist() for w in model.weights],
            "drawn": [random.random(), float(np.random.rand())],
            "kernel": np.asarray(keras.ops.convert_to_numpy(after.kernel)).tolist(),
            "name": after.name,
            "noise": np.asarray(keras.ops.convert_to_numpy(keras.random.normal((2,)))).tolist(),
            "optimizer": [str(v.path) for v in model.optimizer.variables],
        }
    )
)
"""


def ran(script: Path, kind: str, backend: str, doctor: bool) -> dict[str, object]:
    """What the script prints, run plainly or by the doctor."""
    by = ["-m", "goodfit", "doctor"] if doctor else []
    environment = {**os.environ, "KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3"}
    environment["TF_ENABLE_ONEDNN_OPTS"] = "0"
    done = subprocess.run(
        [sys.executable, *by, str(script), kind],
        capture_output=True,
        text=True,
        env=environment,
        cwd=script.parent,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    assert lines, done.stderr[-2000:]
    if doctor:
        assert "doctor: fit 1" in done.stderr and "doctor: checked in" in done.stderr
        assert "could not be asked" not in done.stderr, done.stderr
    found: dict[str, object] = json.loads(lines[0])
    return found


def installed(backend: str) -> bool:
    return importlib.util.find_spec(backend) is not None


KINDS = {
    "tensorflow": ("arrays", "unbuilt", "subclassed", "dataset", "py_dataset", "generator"),
    "jax": ("arrays", "unbuilt", "subclassed", "py_dataset", "generator"),
    "torch": ("arrays", "unbuilt", "subclassed", "py_dataset", "generator"),
}


ALWAYS = ("arrays", "subclassed", "dataset")  # the others in the matrix ring
PAIRS = [
    pytest.param(backend, kind, marks=() if kind in ALWAYS else pytest.mark.matrix)
    for backend, kinds in KINDS.items()
    for kind in kinds
]


@pytest.mark.emitted
@pytest.mark.parametrize(("backend", "kind"), PAIRS)
def test_the_doctor_changes_nothing(backend: str, kind: str, tmp_path: Path) -> None:
    if not installed(backend):
        pytest.skip(f"{backend} is not installed")
    script = tmp_path / "train.py"
    script.write_text(RUN, encoding="utf-8")
    plain, examined = (ran(script, kind, backend, doctor) for doctor in (False, True))
    for name, value in plain.items():
        assert examined[name] == value, name
