"""The rulebook: every topic. A new topic is its file and its line here."""

from __future__ import annotations

from goodfit.rulebook import (
    activation,
    batch_size,
    categories,
    data,
    device,
    dropout,
    hidden_units,
    length,
    loss,
    normalization,
    optimizer,
    sample,
    seed,
    split,
    targets,
)
from goodfit.rulebook.engine import Rule, Topic

TOPICS: tuple[Topic, ...] = (
    data.TOPIC,
    categories.TOPIC,
    sample.TOPIC,
    split.SHARES,
    split.STRATIFY,
    hidden_units.TOPIC,
    activation.FEATURE_SCALING,
    activation.ACTIVATION,
    activation.INITIALIZER,
    activation.OUTPUT_INITIALIZER,
    normalization.TOPIC,
    dropout.DROPOUT,
    dropout.AUGMENTATION,
    loss.TOPIC,
    targets.CLASS_WEIGHT,
    targets.TARGET_SCALE,
    optimizer.OPTIMIZER,
    optimizer.LEARNING_RATE,
    optimizer.MOMENTUM,
    optimizer.WEIGHT_DECAY,
    optimizer.CLIPPING,
    batch_size.TOPIC,
    length.LENGTH,
    seed.TOPIC,
    length.MONITOR,
    device.PRECISION,
    device.STEPS,
)


def find_rule(rule_id: str) -> tuple[Topic, Rule] | None:
    """The rule of that id with its topic, or None."""
    for topic in TOPICS:
        for rule in topic.rules:
            if rule.id == rule_id:
                return topic, rule
    return None
