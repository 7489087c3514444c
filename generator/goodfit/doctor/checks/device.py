"""On what training runs: whether it waits for data, fits into memory, and computes safely."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import keras
import numpy as np

from ..case import Case
from ..finding import Finding
from ..network import compile_like
from ..registry import Entry, check

SLOW = 0.005  # seconds; where batches come faster, no network waits long enough to matter


@check(
    Entry(
        "input-bound",
        "warning",
        "Batches that take longer to come than to be learnt from.",
        "The device waits for data most of the time.",
        "work on samples once, before training, and not in {pipeline}; or add .prefetch()",
        "longer than a step, and above 5 ms",
        "ours; measured in one run",
    ),
    cost="trains",
    needs=("batches", "copy", "plain step", "declared"),
    sound=True,
)
def input_bound(case: Case) -> Iterator[Finding]:
    assert case.batches is not None and case.network is not None
    stream = case.batches()
    batch = next(stream)
    count = 2 * getattr(case.model, "steps_per_execution", 1)
    started = time.perf_counter()
    for _ in range(count):
        batch = next(stream)
    waiting = (time.perf_counter() - started) / count
    if waiting < SLOW:
        return
    model = case.network.model
    before = [keras.ops.convert_to_numpy(one).copy() for one in model.variables]
    model.train_on_batch(*batch)  # compiles
    started = time.perf_counter()
    model.train_on_batch(*batch)
    working = time.perf_counter() - started
    for variable, value in zip(model.variables, before, strict=False):
        variable.assign(value)
    compile_like(model, case.model)
    if waiting > working:
        yield Finding(
            "input-bound",
            "warning",
            f"A batch takes {waiting * 1e3:.0f} ms to come, a step {working * 1e3:.0f} ms to do.",
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
        try:
            tensors = keras.tree.flatten(layer.output)
        except (AttributeError, ValueError):
            continue
        for tensor in tensors:
            yield int(np.prod([side or 1 for side in tensor.shape]))


@check(
    Entry(
        "memory",
        "warning",
        "Training that needs more memory than is free.",
        "The system ends a process that asks for more than there is, without a word.",
        "lower {batch_size}, or close other programs",
        "a copy of the data, three more of the weights, and twice what all layers answer for a "
        "batch, above nine tenths of what is free",
        "a rough sum of ours",
    ),
    needs=("layers",),
    sound=True,
)
def memory(case: Case) -> Iterator[Finding]:
    numbers = [*answered(case.network.model if case.network else case.model)] or [0]
    prediction = case.words.settings.get("prediction_rows", "0")
    batch = 2 * sum(numbers) * case.batch_size
    watched = 2 * max(numbers) * int(prediction)
    needed = 4 * (max(batch, watched) + 3 * sum(int(np.prod(w.shape)) for w in case.model.weights))
    if case.project.declared is not None:
        parts = [case.known, *([case.validation] if case.validation else [])]
        needed += sum(
            array.nbytes for part in parts for array in keras.tree.flatten([part.x, part.y])
        )
    if needed > 0.9 * (free := free_memory()):
        name = case.words.setting("batch_size" if batch > watched else "prediction_batch_size")
        size = case.batch_size if batch > watched else int(prediction)
        yield Finding(
            "memory",
            "warning",
            f"Training needs about {needed / 2**30:.1f} GiB more, and {free / 2**30:.1f} are free.",
            fix=f"lower {name} = {size}, or close other programs",
        )


@check(
    Entry(
        "no-gpu",
        "warning",
        "An NVIDIA driver is there, nothing hides its GPUs, and the framework sees none.",
        "Training on the CPU takes many times as long.",
        "install the framework's GPU build; TF_CPP_MIN_LOG_LEVEL=0 says what is missing",
        "none",
        "ours",
    ),
    cost="asks",
)
def no_gpu(case: Case) -> Iterator[Finding]:
    there = Path("/proc/driver/nvidia/version").exists()
    if there and "CUDA_VISIBLE_DEVICES" not in os.environ and not sees_gpu():
        fact = f"This machine has an NVIDIA GPU, and {keras.backend.backend()} does not see it."
        yield Finding("no-gpu", "warning", fact)


def sees_gpu() -> bool:
    """Whether Keras has a GPU to compute on."""
    return (
        bool(keras.distribution.list_devices("gpu")) if keras.backend.backend() != "torch" else True
    )


@check(
    Entry(
        "mixed-precision",
        "error or warning",
        "An output below float32, or half precision on a CPU.",
        "Small probabilities become 0 there, and their logarithm, the loss, infinite.",
        'give the last layer dtype="float32", in {model}',
        "the dtype of the output",
        "the guide to mixed precision of Keras says so",
    ),
    needs=("layers",),
    sound=True,
)
def mixed_precision(case: Case) -> Iterator[Finding]:
    model = case.network.model if case.network else case.model
    for output in model.outputs:
        if "float16" in str(output.dtype):
            fact = f"The network answers in {output.dtype}."
            yield Finding("mixed-precision", "error", fact)
    policy = keras.config.dtype_policy().name
    if policy.startswith("mixed_") and not sees_gpu() and keras.backend.backend() != "torch":
        yield Finding(
            "mixed-precision",
            "warning",
            f"Hidden layers compute in {policy}, on a CPU.",
            "Processors convert it back and forth: it is slower there, and less exact.",
            'set device.precision = "auto"'
            if case.project.declared is not None
            else 'keras.config.set_dtype_policy("float32") where there is no GPU',
        )
