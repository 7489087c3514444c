"""Train, from config.toml to a run folder: the whole story, top to bottom.

python train.py
python train.py --set training.batch_size=64 --set optimizer.learning_rate=0.001
python train.py --quick    tries all steps in a minute: few epochs, few samples, no score
"""

import doctor.loading  # noqa: F401  isort: skip
import math
import os
import sys
import time
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np
import pandas as pd
import tensorflow as tf
from keras.optimizers.schedules import CosineDecay, LearningRateSchedule

import checkup
import data
from config import Config, DeviceConfig, TrainingConfig, load_config, refuse
from doctor import at_random
from doctor.commands import PROJECT, RUNS, parse
from doctor.run_folder import QUICK
from doctor.speed import Speed
from features import Encoder
from model import build_model
from run import Device, Parts, Prepared, Run, read_report, save_run
from task import Target, objective, output_bias, score, training_arrays, watched_arrays

QUICK_SAMPLES = 1_000  # of the training and of the validation part, in a quick run


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


def prepare(config: Config) -> Prepared:
    """Seed, read, split, encode by the training part alone, and build the network."""
    keras.utils.set_random_seed(config.training.seed)
    device = prepare_device(config.device)
    tables = data.split(data.read_table(config), config)
    encoder = Encoder.fit(tables["train"], config.data)
    target = Target.fit(tables["train"], config)
    parts = Parts(
        encoder.encode(tables["train"], "refuse"),
        target.encode(tables["train"]),
        encoder.encode(tables["validation"], "ignore"),
        target.encode(tables["validation"]),
    )
    bias = output_bias(parts.y, config.head)
    model = build_model(config.model, config.head, encoder, parts.x, bias)
    return Prepared(device, tables, encoder, target, parts, model)


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


def make_schedule(config: Config, steps_per_epoch: int, peak: float) -> LearningRateSchedule:
    """How the rate goes: warm up to `peak`, then cosine decay."""
    settings = config.optimizer
    warm = settings.warmup_epochs > 0
    return CosineDecay(
        peak / 10 if warm else peak,
        decay_steps=settings.decay_epochs * steps_per_epoch,
        alpha=settings.final_share,
        warmup_target=peak if warm else None,
        warmup_steps=settings.warmup_epochs * steps_per_epoch,
    )


def make_optimizer(
    config: Config, rate: float | LearningRateSchedule
) -> keras.optimizers.Optimizer:
    """The optimizer, taking its steps at `rate`."""
    settings = config.optimizer
    common = {
        "learning_rate": rate,
        "weight_decay": settings.weight_decay or None,
        "global_clipnorm": settings.global_clipnorm,
    }
    if settings.optimizer == "sgd":
        return keras.optimizers.SGD(momentum=settings.momentum, nesterov=True, **common)
    return keras.optimizers.Adam(beta_1=settings.momentum, **common)


def compile_model(
    model: keras.Model, config: Config, device: Device, batches: Batches, learning_rate: float
) -> None:
    """Give `model` its optimizer, loss and metrics."""
    schedule = make_schedule(config, batches.steps_per_epoch, learning_rate)
    model.compile(
        optimizer=make_optimizer(config, schedule),
        steps_per_execution=batches.steps_per_execution,
        jit_compile=device.xla,
        **objective(config.head),
    )


def compiled(prepared: Prepared, config: Config) -> Prepared:
    """The same, its model compiled as for `fit`: the checks look at that."""
    arrays = training_arrays(prepared.parts.x, prepared.parts.y, config.head)
    batches, rate = training_batches(arrays, config.training), config.optimizer.learning_rate
    compile_model(prepared.model, config, prepared.device, batches, rate)
    return prepared


class Fitted(NamedTuple):
    """How a fit went: losses and metrics by epoch, the epoch kept (from 1), samples a second."""

    curves: pd.DataFrame
    best_epoch: int
    samples_per_second: float
    stopped_by_hand: bool


def require_one_answer_a_target(model: keras.Model, y: np.ndarray) -> None:
    """Refuse outputs that would be compared with the wrong targets, or spread over them."""
    answers, targets = tuple(model.output_shape), y.shape
    if answers[:-1] not in ((None, *targets[1:-1]), (None, *targets[1:])):
        given = f"the network answers {answers} for targets of shape {targets}"
        refuse(given, "one answer for each target", "see model.pooling and head.output_units")


def fit(
    model: keras.Model, parts: Parts, config: Config, device: Device, learning_rate: float
) -> Fitted:
    """Fit `model` until the validation samples stop getting better; its best weights are put back.

    Ctrl-C ends training and keeps the best weights so far. Raises SystemExit(1) where training
    blows up or is hopeless, SystemExit(2) where outputs and targets do not belong together.
    """
    require_one_answer_a_target(model, parts.y)
    arrays = training_arrays(parts.x, parts.y, config.head)
    batches = training_batches(arrays, config.training)
    what = f"{device.name} · {device.policy} · XLA {'on' if device.xla else 'off'}"
    compile_model(model, config, device, batches, learning_rate)
    speed = Speed(what, batches.steps_per_execution * config.training.batch_size)
    stopping = keras.callbacks.EarlyStopping(
        **config.early_stopping.model_dump(), restore_best_weights=True
    )
    callbacks = [stopping, keras.callbacks.TerminateOnNaN(), speed]
    callbacks += checkup.monitors(model, parts, config)
    stopped_by_hand = False
    try:
        model.fit(
            batches.dataset,
            epochs=config.training.epochs,
            steps_per_epoch=batches.steps_per_epoch,
            validation_data=watched_arrays(parts.x_val, parts.y_val, config.head),
            validation_batch_size=config.training.prediction_batch_size,
            shuffle=False,  # the dataset shuffles itself
            verbose=1 if sys.stdout.isatty() else 2,
            callbacks=callbacks,
        )
    except KeyboardInterrupt:
        if stopping.best_weights is None or not model.history.history:
            print("\nStopped before the first epoch ended; nothing was saved.", file=sys.stderr)
            raise SystemExit(130) from None
        model.set_weights(stopping.best_weights)
        stopped_by_hand = True
        print("\nStopped by hand: the best weights so far are kept.")
    # a callback of your own may log a value now and then
    logged = {name: pd.Series(values) for name, values in model.history.history.items()}
    curves = pd.DataFrame(logged).rename_axis("epoch")
    best = min(stopping.best_epoch, len(curves) - 1)  # who stops between callbacks cuts one short
    checkup.after_training(model, parts, curves, best, config)
    return Fitted(curves, best + 1, speed.samples_per_second, stopped_by_hand)


def keep(prepared: Prepared, fitted: Fitted, config: Config, seconds: float, runs: Path) -> Path:
    """Score the validation part, find what `Target` calibrates there, and save it all as a run."""
    device, tables, encoder, target, parts, model = prepared
    outputs = model.predict(parts.x_val, config.training.prediction_batch_size, verbose=0)
    target = target.calibrated(parts.y_val, outputs)
    report = {
        "validation": score(parts.y_val, outputs, target),
        "best_epoch": fitted.best_epoch,
        "epochs": len(fitted.curves),
        "seconds": round(seconds, 1),
        "samples_per_second": round(fitted.samples_per_second),
        "device": device._asdict(),
        "parameters": model.count_params(),
        data.SAMPLES: {name: len(table) for name, table in tables.items()},
    }
    run = Run(runs, config, model, encoder, target)
    return checkup.kept(save_run(run, tables, fitted.curves, report), parts, outputs)


def begin(config: Config, runs: Path) -> Prepared:
    """Prepare, say what there is, and look for what would waste the training: SystemExit(1). A
    quick run gets few of the samples."""
    checkup.require_room(runs)
    prepared = prepare(config)
    sizes = ", ".join(f"{len(table):,} {name}" for name, table in prepared.tables.items())
    print(f"{sizes} {data.SAMPLES} · {prepared.model.count_params():,} parameters")
    if config.checks.before_training:
        checkup.before_training(compiled(prepared, config), training_batches, config)
    if runs.name != QUICK:
        return prepared
    few = [array[at_random(len(array), QUICK_SAMPLES)] for array in prepared.parts]
    print(f"quick: {len(few[0]):,} samples of {len(prepared.parts.x):,} to train on, few epochs")
    return prepared._replace(parts=Parts(*few))


def train(config: Config, runs: Path) -> Path:
    """Train on the training part, stop by the validation part; return the run folder."""
    prepared = begin(config, runs)
    started = time.perf_counter()
    rate = config.optimizer.learning_rate
    fitted = fit(prepared.model, prepared.parts, config, prepared.device, rate)
    return keep(prepared, fitted, config, time.perf_counter() - started, runs)


def main(arguments: list[str] | None = None) -> Path:
    options = parse("train", __doc__, arguments)
    if options.quick:
        run = train(load_config(options.config, ["training.epochs=2", *options.set]), RUNS / QUICK)
        print(f"saved {run}: all steps work, and no more is said")
        return run
    run = train(load_config(options.config, options.set), RUNS)
    report = read_report(run)
    scores = ", ".join(f"{name} {value:.4g}" for name, value in report["validation"].items())
    print(f"kept epoch {report['best_epoch']} of {report['epochs']} · validation: {scores}")
    print(f"saved {run} · next: python {PROJECT / 'evaluate.py'} {run}")
    return run


if __name__ == "__main__":
    main()
