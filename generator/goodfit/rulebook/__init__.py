"""The rulebook: every topic. A new topic is its file and its line here."""

from __future__ import annotations

from goodfit.rulebook import (
    activation,
    architecture,
    batch_size,
    checks,
    convolution,
    data,
    device,
    dropout,
    inputs,
    length,
    loss,
    monitor,
    normalization,
    optimizer,
    pretrained,
    recurrence,
    sample,
    seed,
    size,
    split,
    targets,
)
from goodfit.rulebook.engine import Rule, Topic

TOPICS: tuple[Topic, ...] = (
    architecture.TOPIC,
    *data.TOPICS,
    sample.ROWS,
    sample.FEATURES,
    split.SHARES,
    split.STRATIFY,
    inputs.FEATURE_SCALING,
    inputs.NOISE,
    inputs.AUGMENTATION,
    inputs.WORD_DROPOUT,
    dropout.EMBEDDING_DROPOUT,
    inputs.EMBEDDING,
    pretrained.BACKBONE,
    size.HIDDEN_UNITS,
    size.BLOCKS,
    size.HEADS,
    convolution.FILTERS,
    convolution.KERNEL,
    recurrence.LAYER,
    recurrence.UNITS,
    recurrence.DIRECTION,
    size.CODE,
    convolution.POOLING,
    activation.ACTIVATION,
    activation.INITIALIZER,
    activation.OUTPUT_INITIALIZER,
    normalization.TOPIC,
    dropout.DROPOUT,
    pretrained.FINE_TUNING,
    loss.HEAD,
    loss.ANCHOR,
    loss.ANOMALIES,
    targets.CLASS_WEIGHT,
    targets.TARGET_SCALE,
    optimizer.OPTIMIZER,
    optimizer.LEARNING_RATE,
    optimizer.MOMENTUM,
    optimizer.WEIGHT_DECAY,
    optimizer.CLIPPING,
    batch_size.TOPIC,
    batch_size.PREDICTION,
    length.LENGTH,
    seed.TOPIC,
    monitor.MONITOR,
    checks.TOPIC,
    device.PRECISION,
    device.COMPILER,
    device.STEPS,
    device.DEVICE,
)


def find_rule(rule_id: str) -> tuple[Topic, Rule] | None:
    """The rule of that id with its topic, or None."""
    for topic in TOPICS:
        for rule in topic.rules:
            if rule.id == rule_id:
                return topic, rule
    return None
