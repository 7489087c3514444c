"""Train in two stages, from config.toml to a run folder: the head, then some of the backbone too.

python train.py
python train.py --set training.batch_size=64 --set model.thawed_share=0.5
"""

import loading  # noqa: F401  isort: skip
import time
from pathlib import Path

import keras
import pandas as pd

import check
import data
from config import Config, load_config, parse_arguments
from device import Device
from fitting import Fitted, Parts, fit
from model import thaw
from preparing import prepare
from run import keep, read_report


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
    prepared = prepare(config)
    sizes = ", ".join(f"{len(table):,} {name}" for name, table in prepared.tables.items())
    print(f"{sizes} {data.SAMPLES} · {prepared.model.count_params():,} parameters")
    if config.checks.before_training:
        check.before_training(prepared, config)
    started = time.perf_counter()
    fitted = fit(
        prepared.model, prepared.parts, config, prepared.device, config.optimizer.learning_rate
    )
    if config.model.thawed_share and not fitted.stopped_by_hand:
        fitted = fine_tune(prepared.model, prepared.parts, config, prepared.device, fitted)
    return keep(prepared, fitted, config, time.perf_counter() - started, runs)


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
