"""How many rows a second: plain `model.fit(x, y)`, an emitted project's way, and the limit of a
batch that is always there. Same arrays, same model, same batch size; and the same final score.

    python benchmarks/throughput.py [--batch-size 32] [--epochs 12]

The project is generated with defaults and imported; its own data, model and pipeline are measured.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
SAMPLES = 20_000  # rows of the embedded sample; three fifths of them are trained on


def project(folder: str, batch_size: int) -> Path:
    """A default project for binary classification."""
    subprocess.run(
        [
            *[
                sys.executable,
                "-m",
                "goodfit",
                "generate",
                "bench",
                "--yes",
                "--architecture",
                "mlp",
            ],
            *["--samples", str(SAMPLES), "--features", "50", "--output-dir", folder],
            *["--set", f"batch_size={batch_size}", "--set", "hidden_units=[64, 32]"],
        ],
        check=True,
        capture_output=True,
    )
    return Path(folder) / "bench"


class Bench:
    """Everything that the three ways share."""

    def __init__(self, path: Path, epochs: int) -> None:
        sys.path.insert(0, str(path))
        import data
        from config import load_config
        from features import Encoder
        from task import Target

        self.epochs = epochs
        self.config = load_config(path / "config.toml")
        parts = data.split(data.read_table(self.config), self.config)
        encoder = Encoder.fit(parts["train"], self.config.data)
        self.target = Target.fit(parts["train"], self.config)
        self.x = encoder.encode(parts["train"], "refuse")
        self.y = self.target.encode(parts["train"])
        self.test = encoder.encode(parts["test"], "ignore"), self.target.encode(parts["test"])
        self.encoder = encoder

    def model(self, steps_per_epoch: int, steps_per_execution: int) -> Any:
        """The project's own network, freshly started from the same seed, compiled its own way."""
        import keras

        from model import build_model
        from task import objective, output_bias
        from train import make_optimizer, make_schedule

        keras.utils.set_random_seed(0)
        bias = output_bias(self.y, self.config.head)
        config = self.config
        model = build_model(config.model, config.head, self.encoder, self.x, bias)
        model.compile(
            make_optimizer(
                config, make_schedule(config, steps_per_epoch, config.optimizer.learning_rate)
            ),
            steps_per_execution=steps_per_execution,
            **objective(config.head),
        )
        return model

    def score(self, model: Any) -> float:
        """Headline score on the test rows."""
        from task import score

        outputs = model.predict(self.test[0], batch_size=4096, verbose=0)
        return float(score(self.test[1], outputs, self.target)[self.config.head.headline])

    def fit(self, model: Any, *arrays: Any, **options: Any) -> list[float]:
        """Rows a second of each epoch but the first, which compiles."""
        import keras

        class Clock(keras.callbacks.Callback):  # type: ignore[misc]
            def __init__(self) -> None:
                super().__init__()
                self.times: list[float] = []

            def on_epoch_begin(self, epoch: int, logs: object = None) -> None:
                self.began = time.perf_counter()

            def on_epoch_end(self, epoch: int, logs: object = None) -> None:
                self.times.append(time.perf_counter() - self.began)

        clock = Clock()
        model.fit(*arrays, epochs=self.epochs, verbose=0, callbacks=[clock], **options)
        return [len(self.x) / taken for taken in clock.times[1:]]

    def plain(self) -> tuple[list[float], float]:
        """`model.fit(x, y)` as every tutorial has it."""
        size = self.config.training.batch_size
        model = self.model(-(-len(self.x) // size), 1)
        return self.fit(model, self.x, self.y, batch_size=size), self.score(model)

    def ours(self) -> tuple[list[float], float]:
        """As train.py does it."""
        from train import training_batches

        batches = training_batches((self.x, self.y), self.config.training)
        model = self.model(batches.steps_per_epoch, batches.steps_per_execution)
        steps = batches.steps_per_epoch
        rates = self.fit(model, batches.dataset, steps_per_epoch=steps, shuffle=False)
        return rates, self.score(model)

    def limit(self) -> tuple[list[float], float]:
        """One batch that never moves, in a loop inside one graph: no pipeline, no Python."""
        import tensorflow as tf

        size = self.config.training.batch_size
        steps = len(self.x) // size
        model = self.model(steps, 1)
        batch = tf.constant(self.x[:size]), tf.constant(self.y[:size])

        @tf.function
        def loop(count: Any) -> None:
            for _ in tf.range(count):
                model.train_step(batch)

        loop(tf.constant(2))
        rates = []
        for _ in range(self.epochs - 1):
            started = time.perf_counter()
            loop(tf.constant(steps))
            rates.append(steps * size / (time.perf_counter() - started))
        return rates, float("nan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--epochs", type=int, default=12)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(project(folder, options.batch_size), options.epochs)
        results = {"plain fit": bench.plain(), "emitted": bench.ours(), "limit": bench.limit()}
    base = statistics.median(results["plain fit"][0])
    print(f"{len(bench.x):,} rows of {bench.x.shape[1]} features, batch {options.batch_size}")
    for name, (rates, score) in results.items():
        rate = statistics.median(rates)
        print(f"{name:<12}{rate:>12,.0f} rows/s   {rate / base:5.2f} x plain   score {score:.4f}")


if __name__ == "__main__":
    main()
