"""What keeps the device busy: its memory, its precision, its compiler, and how batches reach it."""

from __future__ import annotations

import math
import os
import time
from typing import TYPE_CHECKING, Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf

if TYPE_CHECKING:
    from config import DeviceConfig, TrainingConfig


class Device(NamedTuple):
    """What training runs on: name for people, dtype policy for Keras, XLA on or off."""

    name: str
    policy: str
    xla: bool


def prepare_device(config: DeviceConfig) -> Device:
    """Set memory growth and precision. "auto" takes what the GPU multiplies fastest, as far as
    it is safe: bfloat16 from compute capability 8, float16 from 7, float32 elsewhere and on CPU."""
    gpus = tf.config.list_physical_devices("GPU")
    for gpu in gpus:
        tf.config.experimental.set_memory_growth(gpu, config.memory_growth)
    if config.deterministic:
        tf.config.experimental.enable_op_determinism()
    policy, name = "float32", f"CPU, {os.cpu_count()} cores, no GPU seen"
    if gpus:
        details = tf.config.experimental.get_device_details(gpus[0])
        capability = details.get("compute_capability", (0, 0))[0]
        name = f"GPU, {details.get('device_name', 'unnamed')}"
        if capability >= 7:
            policy = "mixed_bfloat16" if capability > 7 else "mixed_float16"
    policy = policy if config.precision == "auto" else config.precision
    keras.config.set_dtype_policy(policy)
    return Device(name, policy, bool(gpus) if config.xla == "auto" else config.xla == "on")


class Speed(keras.callbacks.Callback):
    """Say once, as soon as it is known, what training runs on and how fast."""

    def __init__(self, device: Device, samples_per_execution: int) -> None:
        super().__init__()
        self.device, self.samples = device, samples_per_execution
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
            xla = "XLA on" if self.device.xla else "XLA off"
            speed = f"{self.samples_per_second:,.0f} samples a second"
            print(f"\n{self.device.name} · {self.device.policy} · {xla} · {speed}")


class Batches(NamedTuple):
    """An endless dataset of whole batches, and how `fit` is to count and group its steps."""

    dataset: tf.data.Dataset
    steps_per_epoch: int
    steps_per_execution: int


def training_batches(arrays: tuple[np.ndarray, ...], config: TrainingConfig) -> Batches:
    """Shuffle all samples anew for each epoch and hand out whole batches, gathered by executions.

    With small batches most of the time goes between steps, not into them: one gather for many
    batches and several steps an execution take it back, and no more than one execution is held in
    memory beside the data. An epoch is filled up to whole batches and whole executions with
    samples from its own beginning, so that every step has the same shape.
    `arrays` share their first axis, (samples, ...).
    """
    samples, batch_size = len(arrays[0]), config.batch_size
    executions = math.ceil(math.ceil(samples / batch_size) / config.steps_per_execution)
    grouped = math.ceil(samples / batch_size / executions)
    steps = grouped * executions
    tensors = tuple(tf.constant(array) for array in arrays)

    def epoch(number: tf.Tensor) -> tf.data.Dataset:
        order = tf.argsort(tf.random.stateless_uniform([samples], seed=[config.seed, number]))
        taken = tf.gather(order, tf.range(steps * batch_size) % samples)
        return tf.data.Dataset.from_tensor_slices(tf.reshape(taken, [executions, -1]))

    def execution(places: tf.Tensor) -> tf.data.Dataset:
        batches = [
            tf.reshape(tf.gather(tensor, places), [grouped, batch_size, *tensor.shape[1:]])
            for tensor in tensors
        ]
        return tf.data.Dataset.from_tensor_slices(tuple(batches))

    numbers = tf.data.Dataset.counter(dtype=tf.int32)
    dataset = numbers.flat_map(epoch).flat_map(execution).prefetch(2)
    return Batches(dataset, steps, grouped)
