"""Train in two stages: the head, then some of the backbone too."""

import time
from pathlib import Path

import pandas as pd

from config import Config
from model import thaw
from run import Prepared
from train import Fitted, begin, fit, keep


def fine_tune(prepared: Prepared, config: Config, first: Fitted) -> Fitted:
    """The second stage: thaw, and fit at a small, falling rate. Both stages' curves come back;
    the weights of the first are put back where the second brought nothing better."""
    model, stopping = prepared.model, config.early_stopping
    print(f"fine-tuning: the last {thaw(model, config.model)} layers of the backbone learn too")
    epochs = config.model.fine_tuning_epochs
    optimizer = config.optimizer.model_copy(update={"warmup_epochs": 0, "decay_epochs": epochs})
    training = config.training.model_copy(update={"epochs": epochs})
    shorter = config.model_copy(update={"optimizer": optimizer, "training": training})
    before = model.get_weights()
    second = fit(model, prepared.parts, shorter, prepared.device, config.model.fine_tuning_rate)
    curves = pd.concat([first.curves, second.curves], ignore_index=True).rename_axis("epoch")
    best = {"min": "idxmin", "max": "idxmax"}[stopping.mode]
    best_epoch = int(getattr(curves[stopping.monitor], best)()) + 1
    if best_epoch <= len(first.curves):
        model.set_weights(before)
        print("Fine-tuning brought nothing better: the weights from before it are kept.")
        return first._replace(curves=curves)
    return second._replace(curves=curves, best_epoch=len(first.curves) + second.best_epoch)


def train(config: Config, runs: Path) -> Path:
    """Train in two stages, the head, then some of the backbone too; return the run folder."""
    prepared = begin(config, runs)
    started = time.perf_counter()
    rate = config.optimizer.learning_rate
    fitted = fit(prepared.model, prepared.parts, config, prepared.device, rate)
    if config.model.thawed_share and not fitted.stopped_by_hand:
        fitted = fine_tune(prepared, config, fitted)
    return keep(prepared, fitted, config, time.perf_counter() - started, runs)
