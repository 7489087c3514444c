"""On what training runs: whether it waits for data, fits into memory, and computes safely."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import keras
import numpy as np

import train
from findings import Finding
from task import training_arrays

if TYPE_CHECKING:
    from config import Config
    from train import Prepared

SLOW = 0.005  # seconds; where batches come faster, no network waits long enough to matter


def pipeline(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """All checks of this file."""
    yield from input_bound(prepared, config)
    yield from memory(prepared, config)
    yield from no_gpu(prepared)
    yield from mixed_precision(prepared)


def input_bound(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """Batches that take longer to come than to be learnt from. A step is timed only where they
    come slowly (`SLOW`), since to compile one takes seconds."""
    arrays = training_arrays(prepared.parts.x, prepared.parts.y, config.head)
    batches = train.training_batches(arrays, config.training)
    stream, count = iter(batches.dataset), 2 * batches.steps_per_execution
    batch = next(stream)
    started = time.perf_counter()
    for _ in range(count):
        batch = next(stream)
    waiting = (time.perf_counter() - started) / count
    if waiting < SLOW:
        return
    train.compile_model(prepared.model, config, prepared.device, batches, 1e-9)
    prepared.model.train_on_batch(*batch)  # compiles
    started = time.perf_counter()
    prepared.model.train_on_batch(*batch)
    working = time.perf_counter() - started
    if waiting > working:
        yield Finding(
            "input-bound",
            "warning",
            f"A batch takes {waiting * 1e3:.0f} ms to come, a step {working * 1e3:.0f} ms to do.",
            "The device waits for data most of the time.",
            "work on samples once, before training, and not in training_batches() of train.py",
        )


def free_memory() -> float:
    """Bytes that are free, as Linux counts them; infinity where it cannot be asked."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return float("inf")
    free = dict(line.split(":") for line in lines)["MemAvailable"]
    return float(free.split()[0]) * 1024


def answered(model: keras.Model) -> Iterator[int]:
    """How many numbers each layer answers for one sample, those of layers inside layers too."""
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from answered(layer)
        for tensor in keras.tree.flatten(getattr(layer, "output", ())):
            yield int(np.prod([side or 1 for side in tensor.shape]))


def memory(prepared: Prepared, config: Config) -> Iterator[Finding]:
    """A rough sum of what training adds (a copy of the data, three more of the weights, and twice
    what all layers answer for a batch, at 4 bytes a number) above nine tenths of what is free."""
    numbers, training = [*answered(prepared.model)], config.training
    batch = 2 * sum(numbers) * training.batch_size
    watched = 2 * max(numbers) * training.prediction_batch_size
    needed = 4 * (max(batch, watched) + 3 * prepared.model.count_params())
    needed += sum(one.nbytes for one in prepared.parts)
    if needed > 0.9 * (free := free_memory()):
        name = "batch_size" if batch > watched else "prediction_batch_size"
        yield Finding(
            "memory",
            "warning",
            f"Training needs about {needed / 2**30:.1f} GiB more, and {free / 2**30:.1f} are free.",
            "The system ends a process that asks for more than there is, without a word.",
            f"lower training.{name} = {getattr(training, name)}, or close other programs",
        )


def no_gpu(prepared: Prepared) -> Iterator[Finding]:
    """An NVIDIA driver is there, nothing hides its GPUs, and TensorFlow sees none."""
    there, hidden = (
        Path("/proc/driver/nvidia/version").exists(),
        "CUDA_VISIBLE_DEVICES" in os.environ,
    )
    if there and not hidden and "GPU," not in prepared.device.name:
        yield Finding(
            "no-gpu",
            "warning",
            "This machine has an NVIDIA GPU, and TensorFlow does not see it.",
            "Training on the CPU takes many times as long.",
            'pip install ".[gpu,dev]"; TF_CPP_MIN_LOG_LEVEL=0 python check.py says what is missing',
        )


def mixed_precision(prepared: Prepared) -> Iterator[Finding]:
    """An output below float32 (probabilities are then rounded to 0 and 1, and their logarithm is
    infinite), or half precision on a CPU, which computes it slower."""
    dtype, policy = prepared.model.output.dtype, prepared.device.policy
    if dtype != "float32":
        yield Finding(
            "mixed-precision",
            "error",
            f"The network answers in {dtype}.",
            "Small probabilities become 0 there, and their logarithm, the loss, infinite.",
            'give the last layer dtype="float32", in model.py',
        )
    if policy != "float32" and "GPU," not in prepared.device.name:
        yield Finding(
            "mixed-precision",
            "warning",
            f"Hidden layers compute in {policy}, on a CPU.",
            "Processors convert it back and forth: it is slower there, and less exact.",
            'set device.precision = "auto"',
        )
