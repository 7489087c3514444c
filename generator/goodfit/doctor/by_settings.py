"""What the settings of an emitted project tell the doctor: promises, and what things are called.

`config` is read by the names of its settings, since its class is written for each project.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .contract import Contract
from .words import Words


def words(config: Any, samples: str) -> Words:
    """Where things are mended in this project, and what settings are called; `samples` says what a
    sample is."""
    settings = {
        "learning_rate": "optimizer.learning_rate",
        "peak_rate": str(config.optimizer.learning_rate),
        "clipnorm": "optimizer.global_clipnorm",
        "decay_epochs": "optimizer.decay_epochs",
        "batch_size": "training.batch_size",
        "prediction_batch_size": "training.prediction_batch_size",
        "prediction_rows": str(config.training.prediction_batch_size),
        "epochs": "training.epochs",
        "early_stopping": "early_stopping",
        "dropout": "model.dropout",
        "length": "data.length",
        "group": getattr(config.data, "group", ""),
        "code_units": str(getattr(config.model, "code_units", 0)),
        "fine_tuning_rate": str(getattr(config.model, "fine_tuning_rate", 0.0)),
        "scaling_fix": 'set model.feature_scaling = "standardize", and look for slips',
    }
    if hasattr(config.head, "class_weight"):
        settings["class_weights"] = 'set head.class_weight = "balanced"'
    return Words(
        samples=samples,
        model="model.py",
        compile="task.py",
        targets="task.py",
        inputs="features.py",
        pipeline="train.py",
        split="data.py",
        head="[head]",
        find_rate="python find_lr.py proposes one",
        settings=settings,
    )


def declared(head: Any, y: np.ndarray) -> Contract:
    """What [head] promises, which the network is compared with; `y` are the encoded targets."""
    settings = head.model_dump()
    activation, loss = str(settings.get("output_activation", "")), str(settings["loss"])
    answer: Any = "numbers" if activation == "linear" else "own-loss"
    if "crossentropy" in loss:
        answer = "one-of" if activation == "softmax" else "yes-no"
    return Contract(
        answer,
        activation,
        settings.get("output_units", 1),
        loss,
        padding=-1.0 if y.dtype.kind == "i" and y.min() < 0 else None,
        prior="nothing" if settings.get("output_bias") == "zeros" else "shares",
        standardized=bool(settings.get("standardize_targets")),
    )


def mixed(table: pd.DataFrame, columns: list[str], random: np.random.Generator) -> pd.DataFrame:
    """The same samples with the targets of others; tags change places with those of all tokens."""
    table, order = table.copy(), random.permutation(len(table))
    for name in columns:
        table[name] = table[name].to_numpy()[order]
    if "tags" in table:
        lengths = table["tags"].map(len).to_numpy()
        tags = random.permutation(np.concatenate(table["tags"].tolist()))
        table["tags"] = [[*part] for part in np.split(tags, lengths.cumsum()[:-1])]
    return table
