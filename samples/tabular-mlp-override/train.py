"""Train, from config.toml to a run folder: the whole story, top to bottom.

python train.py
python train.py --set training.batch_size=64 --set optimizer.learning_rate=0.001
"""

import loading  # noqa: F401  isort: skip
import sys
import time
from pathlib import Path

import keras
import numpy as np
import pandas as pd

import data
from config import Config, load_config, parse_arguments
from device import Speed, prepare_device, training_batches
from features import Encoder
from model import build_model
from run import Run, read_report, save_run
from targets import Target, row_weights
from task import output_bias, score


def make_optimizer(config: Config, steps_per_epoch: int) -> keras.optimizers.Optimizer:
    """The optimizer with its schedule: warm up to the learning rate, then cosine decay."""
    settings = config.optimizer
    warm = settings.warmup_epochs > 0
    rate = keras.optimizers.schedules.CosineDecay(
        settings.learning_rate / 10 if warm else settings.learning_rate,
        decay_steps=settings.decay_epochs * steps_per_epoch,
        alpha=settings.final_share,
        warmup_target=settings.learning_rate if warm else None,
        warmup_steps=settings.warmup_epochs * steps_per_epoch,
    )
    common = {
        "learning_rate": rate,
        "weight_decay": settings.weight_decay or None,
        "global_clipnorm": settings.global_clipnorm,
    }
    if settings.optimizer == "sgd":
        return keras.optimizers.SGD(momentum=settings.momentum, nesterov=True, **common)
    return keras.optimizers.Adam(beta_1=settings.momentum, **common)


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


def train(config: Config, runs: Path) -> Path:
    """Train on the training rows, watched on the validation rows; return the run folder."""
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
    stopping = keras.callbacks.EarlyStopping(
        **config.early_stopping.model_dump(), restore_best_weights=True
    )
    started = time.perf_counter()
    try:
        model.fit(
            batches.dataset,
            epochs=config.training.epochs,
            steps_per_epoch=batches.steps_per_epoch,
            validation_data=watched,
            validation_batch_size=4096,
            shuffle=False,  # the dataset shuffles itself
            verbose=1 if sys.stdout.isatty() else 2,
            callbacks=[stopping, keras.callbacks.TerminateOnNaN(), speed],
        )
    except KeyboardInterrupt:
        if stopping.best_weights is None:
            raise SystemExit("Stopped before the first epoch ended; nothing was saved.") from None
        model.set_weights(stopping.best_weights)
        print("\nStopped by hand: the best weights so far are kept.")
    curves = pd.DataFrame(model.history.history).rename_axis("epoch")
    require_finite(model, curves)
    scores = score(watched[1], model.predict(watched[0], batch_size=4096, verbose=0), target)
    report = {
        "validation": scores,
        "best_epoch": stopping.best_epoch + 1,
        "epochs": len(curves),
        "seconds": round(time.perf_counter() - started, 1),
        "rows_per_second": round(speed.rows_per_second),
        "device": device._asdict(),
        "parameters": parameters,
        "rows": {name: len(part) for name, part in parts.items()},
        "test_rows": data.fingerprint(parts["test"]),
    }
    return save_run(Run(runs, config, model, encoder, target), curves, report)


def main(arguments: list[str] | None = None) -> Path:
    options = parse_arguments(__doc__).parse_args(arguments)
    run = train(load_config(options.config, options.set), options.config.parent / "runs")
    report = read_report(run)
    scores = ", ".join(f"{name} {value:.4g}" for name, value in report["validation"].items())
    print(f"kept epoch {report['best_epoch']} of {report['epochs']} · validation: {scores}")
    print(f"saved {run} · next: python evaluate.py {run}")
    return run


if __name__ == "__main__":
    main()
