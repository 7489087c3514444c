"""Train, from config.toml to a run folder: the whole story, top to bottom.

python train.py
python train.py --set training.batch_size=64 --set optimizer.learning_rate=0.001
"""

import loading  # noqa: F401  isort: skip
import json
import sys
import time
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pandas as pd
import tomli_w
from matplotlib.figure import Figure

import data
from config import Config, load_config, parse_arguments
from device import Device, prepare_device, training_batches
from features import Encoder
from model import build_model
from targets import Target, row_weights
from task import output_bias, score


class Speed(keras.callbacks.Callback):
    """Say once, as soon as it is known, what training runs on and how fast."""

    def __init__(self, device: Device, rows_per_execution: int) -> None:
        super().__init__()
        self.device, self.rows, self.times = device, rows_per_execution, [0.0]
        self.rows_per_second = 0.0

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        self.times.append(time.perf_counter())  # the first execution compiles: it is not counted

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        steady = self.times[1:]
        if not self.rows_per_second and len(steady) > 1:
            self.rows_per_second = self.rows * (len(steady) - 1) / (steady[-1] - steady[0])
            xla = "XLA on" if self.device.xla else "XLA off"
            speed = f"{self.rows_per_second:,.0f} rows a second"
            print(f"\n{self.device.name} · {self.device.policy} · {xla} · {speed}")


def make_optimizer(config: Config, steps_per_epoch: int) -> keras.optimizers.Optimizer:
    """The optimizer with its schedule: warm up to the learning rate, then cosine decay."""
    schedule, settings = config.schedule, config.optimizer
    warm = schedule.warmup_epochs > 0
    rate = keras.optimizers.schedules.CosineDecay(
        settings.learning_rate / 10 if warm else settings.learning_rate,
        decay_steps=schedule.decay_epochs * steps_per_epoch,
        alpha=schedule.final_share,
        warmup_target=settings.learning_rate if warm else None,
        warmup_steps=schedule.warmup_epochs * steps_per_epoch,
    )
    common = {
        "learning_rate": rate,
        "weight_decay": settings.weight_decay or None,
        "global_clipnorm": settings.global_clipnorm,
    }
    if settings.optimizer == "sgd":
        return keras.optimizers.SGD(momentum=settings.momentum, nesterov=True, **common)
    return keras.optimizers.Adam(beta_1=settings.momentum, **common)


def train(config: Config, runs: Path) -> Path:
    """Train one model on the training rows, watched on the validation rows; return its run folder."""
    keras.utils.set_random_seed(config.training.seed)
    device = prepare_device(config.device)
    table = data.read_table(config)
    parts = data.split(table, config)
    encoder = Encoder.fit(parts["train"], config.data)
    target = Target.fit(parts["train"], config.data.targets, config.head)
    x, y = encoder.encode(parts["train"], "refuse"), target.encode(parts["train"])
    watched = encoder.encode(parts["validation"], "ignore"), target.encode(parts["validation"])

    bias = output_bias(y, config.head)
    model = build_model(config.model, config.head, *encoder.statistics(x), bias)
    weights = row_weights(y, config.head)
    arrays = (x, y) if weights is None else (x, y, weights)
    batches = training_batches(arrays, config.training)
    model.compile(
        optimizer=make_optimizer(config, batches.steps_per_epoch),
        loss=config.head.loss,
        metrics=config.head.metrics,
        steps_per_execution=batches.steps_per_execution,
        jit_compile=device.xla,
    )
    sizes = ", ".join(f"{len(part):,} {name}" for name, part in parts.items())
    parameters = model.count_params()
    print(f"{sizes} rows · {x.shape[1]} inputs · {parameters:,} parameters")

    speed = Speed(device, batches.steps_per_execution * config.training.batch_size)
    stopping = config.early_stopping
    started = time.perf_counter()
    history = model.fit(
        batches.dataset,
        epochs=config.training.epochs,
        steps_per_epoch=batches.steps_per_epoch,
        validation_data=watched,
        validation_batch_size=4096,
        verbose=1 if sys.stdout.isatty() else 2,
        callbacks=[
            keras.callbacks.EarlyStopping(
                monitor=stopping.monitor,
                mode=stopping.mode,
                patience=stopping.patience,
                min_delta=stopping.min_delta,
                restore_best_weights=True,
            ),
            keras.callbacks.TerminateOnNaN(),
            speed,
        ],
    )
    curves = pd.DataFrame(history.history).rename_axis("epoch")
    require_finite(model, curves)
    scores = score(watched[1], model.predict(watched[0], batch_size=4096, verbose=0), target)
    best = getattr(curves[stopping.monitor], f"idx{stopping.mode}")()
    report = {
        "validation": scores,
        "best_epoch": int(best) + 1,
        "epochs": len(curves),
        "seconds": round(time.perf_counter() - started, 1),
        "rows_per_second": round(speed.rows_per_second),
        "device": device._asdict(),
        "parameters": parameters,
        "rows": {name: len(part) for name, part in parts.items()},
        "test_rows": data.fingerprint(parts["test"]),
    }
    return save(runs, config, model, encoder, target, curves, report)


def require_finite(model: keras.Model, curves: pd.DataFrame) -> None:
    """Stop with exit code 1 where training blew up. The weights count too: on some devices a
    fused ReLU turns NaN into zero, and the loss alone looks healthy."""
    finite = all(np.isfinite(weight.numpy()).all() for weight in model.weights)
    if not finite or not np.isfinite(curves.to_numpy()).all():
        print(
            f"error: training blew up in epoch {len(curves)}: a loss or a weight is not finite\n"
            "  why: steps too large for this data let weights grow without bound\n"
            "  fix: divide optimizer.learning_rate by 10; nothing was saved",
            file=sys.stderr,
        )
        raise SystemExit(1)


def save(runs: Path, config: Config, model: keras.Model, encoder: Encoder, target: Target,
         curves: pd.DataFrame, report: dict[str, Any]) -> Path:
    """Write everything that one run leaves into the next free folder runs/<number>."""
    numbers = [int(path.name) for path in runs.glob("*") if path.name.isdigit()]
    run = runs / str(max(numbers, default=0) + 1)
    run.mkdir(parents=True)
    (run / "config.toml").write_text(tomli_w.dumps(config.model_dump()), encoding="utf-8")
    model.save(run / "model.keras")
    (run / "encoder.json").write_text(encoder.model_dump_json(indent=1), encoding="utf-8")
    (run / "target.json").write_text(target.model_dump_json(indent=1), encoding="utf-8")
    (run / "metrics.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
    curves.to_csv(run / "history.csv")
    draw_curves(curves, report["best_epoch"], run / "curves.png")
    return run


def draw_curves(curves: pd.DataFrame, best_epoch: int, path: Path) -> None:
    """One panel for the loss and one for each metric; training and validation in each."""
    names = [name for name in curves.columns if not name.startswith("val_")]
    figure = Figure(figsize=(5 * len(names), 4), layout="constrained")
    for axes, name in zip(figure.subplots(1, len(names), squeeze=False)[0], names, strict=True):
        axes.plot(curves.index + 1, curves[name], label="training")
        axes.plot(curves.index + 1, curves[f"val_{name}"], label="validation")
        axes.axvline(best_epoch, color="grey", linestyle=":", label=f"kept: epoch {best_epoch}")
        axes.set(title=name.replace("_", " "), xlabel="epoch")
        axes.legend()
    figure.savefig(path, dpi=110)


def main(arguments: list[str] | None = None) -> Path:
    options = parse_arguments(__doc__).parse_args(arguments)
    run = train(load_config(options.config, options.set), options.config.parent / "runs")
    report = json.loads((run / "metrics.json").read_text(encoding="utf-8"))
    scores = ", ".join(f"{name} {value:.4g}" for name, value in report["validation"].items())
    print(f"kept epoch {report['best_epoch']} of {report['epochs']} · validation: {scores}")
    print(f"saved {run} · next: python evaluate.py {run}")
    return run


if __name__ == "__main__":
    main()
