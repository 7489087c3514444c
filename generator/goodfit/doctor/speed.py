"""How fast a training is, told as soon as it is known."""

from __future__ import annotations

import time
from typing import Any

import keras


class Speed(keras.callbacks.Callback):
    """Says once `what` training runs on and how many samples a second it takes."""

    def __init__(self, what: str, samples_per_execution: int) -> None:
        super().__init__()
        self.what, self.samples = what, samples_per_execution
        self.seconds: list[float] = []  # of each execution; the first one compiles, and is left out
        self.samples_per_second = 0.0

    def on_train_batch_begin(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        self.began = time.perf_counter()

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        self.seconds.append(time.perf_counter() - self.began)

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        steady = self.seconds[1:]
        if steady and not self.samples_per_second:
            self.samples_per_second = self.samples * len(steady) / sum(steady)
            print(f"\n{self.what} · {self.samples_per_second:,.0f} samples a second")
