"""From config.toml to all that training needs: what train.py, check.py and find_lr.py share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import keras
import pandas as pd

import data
from device import Device, prepare_device
from features import Encoder
from fitting import Parts
from model import build_model
from splitting import split
from targets import Target
from task import output_bias

if TYPE_CHECKING:
    from config import Config


class Prepared(NamedTuple):
    """All that is ready before the first step; `tables`: "train", "validation", "test"."""

    device: Device
    tables: dict[str, pd.DataFrame]
    encoder: Encoder
    target: Target
    parts: Parts
    model: keras.Model


def prepare(config: Config) -> Prepared:
    """Seed, read, split, encode by the training part alone, and build the network."""
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
    return Prepared(device, tables, encoder, target, parts, model)
