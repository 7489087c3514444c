"""Train in two stages, from config.toml to a run folder: the head, then some of the backbone too.

python train.py
python train.py --set training.batch_size=64 --set model.thawed_share=0.5
"""

import loading  # noqa: F401  isort: skip
import time
from pathlib import Path

import keras
import pandas as pd

import data
from config import Config, load_config, parse_arguments
from device import Device, prepare_device
from features import Encoder
from fitting import Fitted, Parts, fit
from model import build_model, thaw
from run import Run, read_report, save_run
from splitting import fingerprint, split
from targets import Target
from task import output_bias, score


def fine_tune(
    model: keras.Model, parts: Parts, config: Config, device: Device, first: Fitted
) -> Fitted:
    """The second stage: thaw, and fit at a small, falling rate. Both stages' curves come back;
    the weights of the first are put back where the second brought nothing better."""
    thawed = thaw(model, config.model)
    print(f"fine-tuning: the last {thawed} layers of the backbone learn too")
    epochs, stopping = config.model.fine_tuning_epochs, config.early_stopping
    optimizer = config.optimizer.model_copy(update={"warmup_epochs": 0, "decay_epochs": epochs})
    training = config.training.model_copy(update={"epochs": epochs})
    shorter = config.model_copy(update={"optimizer": optimizer, "training": training})
    before = model.get_weights()
    second = fit(model, parts, shorter, device, config.model.fine_tuning_rate)
    curves = pd.concat([first.curves, second.curves], ignore_index=True).rename_axis("epoch")
    best = {"min": "idxmin", "max": "idxmax"}[stopping.mode]
    best_epoch = int(getattr(curves[stopping.monitor], best)()) + 1
    if best_epoch <= len(first.curves):
        model.set_weights(before)
        print("Fine-tuning brought nothing better: the weights from before it are kept.")
        return first._replace(curves=curves)
    return second._replace(curves=curves, best_epoch=len(first.curves) + second.best_epoch)


def train(config: Config, runs: Path) -> Path:
    """Train on the training part, watched on the validation part; return the run folder."""
    keras.utils.set_random_seed(config.training.seed)
    device = prepare_device(config.device)
    tables = split(data.read_table(config), config)
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
    sizes = ", ".join(f"{len(table):,} {name}" for name, table in tables.items())
    print(f"{sizes} {data.SAMPLES} · {model.count_params():,} parameters")

    started = time.perf_counter()
    fitted = fit(model, parts, config, device, config.optimizer.learning_rate)
    if config.model.thawed_share and not fitted.stopped_by_hand:
        fitted = fine_tune(model, parts, config, device, fitted)
    batch_size = config.training.prediction_batch_size
    outputs = model.predict(parts.watched_x, batch_size=batch_size, verbose=0)
    target = target.calibrated(parts.watched_y, outputs)
    report = {
        "validation": score(parts.watched_y, outputs, target),
        "best_epoch": fitted.best_epoch,
        "epochs": len(fitted.curves),
        "seconds": round(time.perf_counter() - started, 1),
        "samples_per_second": round(fitted.samples_per_second),
        "device": device._asdict(),
        "parameters": model.count_params(),
        data.SAMPLES: {name: len(table) for name, table in tables.items()},
        "test_fingerprint": fingerprint(tables["test"], config),
    }
    return save_run(Run(runs, config, model, encoder, target), fitted.curves, report)


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
