"""The rulebook: topics, each in its file and its line here, and the table of defaults."""

from __future__ import annotations

from goodfit.rulebook import (
    architecture,
    batch_size,
    categories,
    class_weight,
    convolution,
    device,
    dropout,
    feature_scaling,
    headline,
    length,
    loss,
    momentum,
    normalization,
    recurrence,
    sample,
    size,
    split,
)
from goodfit.rulebook.defaults import DEFAULTS
from goodfit.rulebook.engine import Topic

DECIDED: tuple[Topic, ...] = (
    architecture.TOPIC,
    categories.CATEGORIES,
    categories.VOCABULARY,
    sample.ROWS,
    sample.FEATURES,
    split.SHARES,
    split.STRATIFY,
    feature_scaling.TOPIC,
    feature_scaling.PIECES,
    dropout.EMBEDDING_DROPOUT,
    categories.EMBEDDING,
    size.HIDDEN_UNITS,
    size.LINEAR_PATH,
    size.BLOCKS,
    size.HEADS,
    convolution.FILTERS,
    convolution.KERNEL,
    recurrence.LAYER,
    recurrence.UNITS,
    recurrence.DIRECTION,
    size.CODE,
    convolution.POOLING,
    normalization.TOPIC,
    dropout.DROPOUT,
    loss.HEAD,
    class_weight.TOPIC,
    headline.TOPIC,
    momentum.TOPIC,
    batch_size.TOPIC,
    batch_size.PREDICTION,
    length.TOPIC,
    device.PRECISION,
    device.COMPILER,
    device.STEPS,
)
TOPICS: tuple[Topic, ...] = (*DECIDED, *(default.topic for default in DEFAULTS))
