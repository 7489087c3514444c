"""The checks of the rulebook see what they are there for: each turns red on a seeded fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from checks import STRUCTURE, Topics
from goodfit.rulebook import TOPICS
from goodfit.rulebook.conditions import (
    EVERYWHERE,
    Always,
    Between,
    Cells,
    Condition,
    Otherwise,
    is_,
    samples,
)
from goodfit.rulebook.engine import Rule, Topic
from invariants import INVARIANTS

CHECKS = STRUCTURE | INVARIANTS
Break = Callable[[Topics], Topics]


class Unprinted(Always):
    """A condition whose author forgot to say it in words."""

    __str__ = object.__str__


class Constant(Between):
    """A condition that claims a boundary where nothing changes."""

    def __call__(self, answers: object) -> bool:
        return True


def mapped(topics: Topics, setting: str, change: Callable[[Topic], Topic]) -> Topics:
    """`topics` with the one that decides `setting` changed."""
    return tuple(change(topic) if setting in topic.settings else topic for topic in topics)


def rules(setting: str, change: Callable[[tuple[Rule, ...]], tuple[Rule, ...]]) -> Break:
    """A fault in the rules that decide `setting`."""
    return lambda topics: mapped(
        topics, setting, lambda topic: replace(topic, rules=change(topic.rules))
    )


def chooses(setting: str, value: Any, *places: int) -> Break:
    """A fault: the rules at `places` (the first one) choose `value` for `setting`."""

    def change(old: tuple[Rule, ...]) -> tuple[Rule, ...]:
        at = {place % len(old) for place in places or (0,)}
        return tuple(
            replace(rule, choice={**rule.choice, setting: value}) if place in at else rule
            for place, rule in enumerate(old)
        )

    return rules(setting, change)


def first_rule(setting: str, **changes: Any) -> Break:
    """A fault: the first rule that decides `setting` is changed."""
    return rules(setting, lambda old: (replace(old[0], **changes), *old[1:]))


def more(setting: str, when: Condition) -> Break:
    """A fault: one rule more, with a condition of its own."""
    return rules(setting, lambda old: (*old, replace(old[0], id="MORE01", when=when)))


FAULTS: dict[str, tuple[str, Break]] = {
    "two rules hit": (
        "in every topic that applies exactly one rule decides",
        first_rule("batch_size", when=Always()),
    ),
    "no rule hits": (
        "in every topic that applies exactly one rule decides",
        rules("batch_size", lambda old: old[1:]),
    ),
    "no rule hits for one number of samples": (
        "in every topic that applies exactly one rule decides",
        first_rule("batch_size", when=samples(high=99)),
    ),
    "a topic applies where its rules do not": (
        "in every topic that applies exactly one rule decides",
        lambda topics: mapped(topics, "loss", lambda topic: replace(topic, rules=topic.rules[:1])),
    ),
    "a rule for fewer samples than there can be": (
        "every rule decides for someone",
        more("batch_size", samples(high=20)),
    ),
    "an otherwise where nothing is left": (
        "every rule decides for someone",
        more("batch_size", Otherwise()),
    ),
    "two rules of one id": (
        "rule ids are unique and look alike",
        first_rule("batch_size", id=TOPICS[0].rules[0].id),
    ),
    "an id without a number": (
        "rule ids are unique and look alike",
        first_rule("batch_size", id="batch"),
    ),
    "two topics of one name": (
        "topics have names of their own and ask a question",
        lambda topics: (*topics, replace(topics[0], rules=())),
    ),
    "a rule without a reason": (
        "every rule says why and cites a source",
        first_rule("batch_size", because=" "),
    ),
    "a reason with a full stop": (
        "every rule says why and cites a source",
        first_rule("batch_size", because="it is so."),
    ),
    "a rule without a source": (
        "every rule says why and cites a source",
        first_rule("batch_size", sources=()),
    ),
    "a setting that nothing decides": (
        "every setting of a project is decided by exactly one topic",
        lambda topics: tuple(one for one in topics if "batch_size" not in one.settings),
    ),
    "a setting decided twice": (
        "every setting of a project is decided by exactly one topic",
        lambda topics: mapped(topics, "seed", lambda one: chooses_too(one, "batch_size", 8)),
    ),
    "a choice that is no setting": (
        "every setting of a project is decided by exactly one topic",
        lambda topics: mapped(topics, "seed", lambda topic: chooses_too(topic, "sead", 0)),
    ),
    "a rule that decides less than its topic": (
        "every setting of a project is decided by exactly one topic",
        rules("batch_size", lambda old: (*old[:-1], replace(old[-1], choice={}))),
    ),
    "a batch of half a row": (
        "every chosen value is one its setting may have",
        chooses("batch_size", 0.5),
    ),
    "an activation that Keras does not have": (
        "every chosen value is one its setting may have",
        chooses("activation", "rellu"),
    ),
    "a condition without words": (
        "conditions print themselves in plain words",
        first_rule("seed", when=Unprinted()),
    ),
    "a boundary where nothing changes": (
        "boundary values lie on both sides of a condition",
        first_rule("batch_size", when=Constant("samples", high=100)),
    ),
    "a kind of project that there is not": (
        "boundary values lie on both sides of a condition",
        first_rule("seed", when=Cells("dreams", forms=("dream",))),
    ),
    "every kind of project": (
        "boundary values lie on both sides of a condition",
        first_rule("seed", when=Cells("all", families=("tabular", "image", "sequence"))),
    ),
    "a condition that every answer meets": (
        "boundary values lie on both sides of a condition",
        first_rule("seed", when=is_("accelerator", "cpu", "gpu")),
    ),
    "otherwise comes first": (
        "only the last rule of a topic says otherwise",
        first_rule("batch_size", when=Otherwise()),
    ),
    "a plan that a user would be refused": (
        "no plan contradicts itself",
        chooses("mode", "max"),
    ),
    "a batch above the rows": (
        "a batch fits the training rows",
        chooses("batch_size", 64),
    ),
    "a large batch for small data": (
        "small data has batches of 2 to 32",
        chooses("batch_size", 64, 1),
    ),
    "batches that shrink as data grows": (
        "batches grow with the data",
        chooses("batch_size", 2, 2),
    ),
    "a smaller batch on the GPU": (
        "a GPU has no smaller batch than a CPU",
        chooses("batch_size", 65, 5, 6),
    ),
    "momentum of one": (
        "momentum is 0.9 to below 1 and grows with the data",
        chooses("momentum", 1.0, -1),
    ),
    "momentum that shrinks": (
        "momentum is 0.9 to below 1 and grows with the data",
        chooses("momentum", 0.99),
    ),
    "a widening network": (
        "layers taper",
        chooses("hidden_units", [16, 32]),
    ),
    "a recurrent network that widens": (
        "layers taper",
        chooses("recurrent_units", [64, 128], -1),
    ),
    "channels that grow faster than pixels fall": (
        "layers taper",
        chooses("filters", [16, 128]),
    ),
    "a network that gets shallower": (
        "networks grow with the data",
        chooses("hidden_units", [999], 4),
    ),
    "a network that gets narrower": (
        "networks grow with the data",
        chooses("hidden_units", [2, 2, 2, 2, 2, 2], 4),
    ),
    "fewer blocks for more data": (
        "networks grow with the data",
        chooses("blocks", 1, 1),
    ),
    "width before depth": (
        "depth grows before width",
        chooses("hidden_units", [500], 1),
    ),
    "dropout of nothing": ("dropout is within 0.1 to 0.5", chooses("dropout", 0.0, 1)),
    "dropout of most": ("dropout is within 0.1 to 0.5", chooses("dropout", 0.6, -1)),
    "words dropped where texts are few": (
        "words lose what the layers lose, and nothing in few texts",
        chooses("embedding_dropout", 0.5, 0),
    ),
    "a convolution that drops little": (
        "dropout is 0.5 for convolution and 0.3 for recurrence",
        chooses("dropout", 0.2, 3),
    ),
    "a recurrence that drops half": (
        "dropout is 0.5 for convolution and 0.3 for recurrence",
        chooses("dropout", 0.5, 5),
    ),
    "another learning rate": ("the learning rate starts at 3e-4", chooses("learning_rate", 1e-3)),
    "ReLU from Glorot": (
        "ReLU starts from He",
        chooses("kernel_initializer", "glorot_uniform"),
    ),
    "a saturating activation": ("ReLU starts from He", chooses("activation", "tanh")),
    "a batch's mean over texts of other lengths": (
        "normalisation suits the network",
        chooses("normalization", "batch", 4),
    ),
    "normalisation that recurrence has already": (
        "normalisation suits the network",
        lambda topics: mapped(
            topics, "normalization", lambda one: replace(one, applies=EVERYWHERE)
        ),
    ),
    "XLA for a recurrence": ("recurrent layers keep their cuDNN kernel", chooses("xla", "auto")),
    "one answer for all tokens": ("only tags keep their steps", chooses("pooling", "mean", -1)),
    "no answer for the sample": ("only tags keep their steps", chooses("pooling", "none")),
    "a code with room for everything": (
        "codes are narrower than samples",
        chooses("code_units", 10**6, 0),
    ),
    "a rate that makes a backbone forget": (
        "backbones are tuned gently",
        chooses("fine_tuning_rate", 0.01),
    ),
    "a backbone that is never there": (
        "backbones are tuned gently",
        lambda topics: tuple(one for one in topics if "fine_tuning_rate" not in one.settings),
    ),
    "targets in any unit": (
        "targets that are numbers are scaled",
        chooses("standardize_targets", False),
    ),
    "a monitor that is never logged": (
        "the monitor is logged and watched the right way",
        chooses("monitor", "val_auc"),
    ),
    "a monitor of the training rows": (
        "the monitor is logged and watched the right way",
        chooses("monitor", "loss"),
    ),
    "a loss that is to grow": (
        "the monitor is logged and watched the right way",
        chooses("mode", "max"),
    ),
    "patience above the epochs": ("early stopping can fire", chooses("patience", 10_000, -1)),
    "no warm-up": ("the schedule rises first and ends in time", chooses("warmup_epochs", 0, -1)),
    "a schedule without an end": (
        "the schedule rises first and ends in time",
        chooses("decay_epochs", 10_000),
    ),
    "epochs that a rule says by itself": (
        "the epochs are the schedule and three waits",
        chooses("epochs", 1_000),
    ),
    "clipping to nothing": ("gradients are clipped", chooses("global_clipnorm", 0.0)),
    "a seed that changes": (
        "one fixed seed serves every project",
        lambda topics: chooses("seed", 1)(
            mapped(topics, "seed", lambda one: replace(one, applies=samples(1_000)))
        ),
    ),
    "noise from the start": ("augmentation and weight decay are off", chooses("input_noise", 0.1)),
    "pictures turned from the start": (
        "augmentation and weight decay are off",
        chooses("augmentation", 0.1),
    ),
    "weight decay from the start": (
        "augmentation and weight decay are off",
        chooses("weight_decay", 0.01),
    ),
    "a softmax with one unit": (
        "output, loss and units belong to the task",
        chooses("output_activation", "softmax"),
    ),
    "squared errors with many outliers": (
        "output, loss and units belong to the task",
        chooses("loss", "mean_squared_error", 4),
    ),
}


def chooses_too(topic: Topic, setting: str, value: Any) -> Topic:
    """`topic` with one choice more in every rule."""
    changed = [replace(rule, choice={**rule.choice, setting: value}) for rule in topic.rules]
    return replace(topic, rules=tuple(changed))


@pytest.mark.parametrize("fault", FAULTS)
def test_the_check_turns_red(fault: str) -> None:
    sentence, break_ = FAULTS[fault]
    assert CHECKS[sentence](break_(TOPICS)) != []


def test_every_check_has_a_fault_that_it_catches() -> None:
    assert {sentence for sentence, _ in FAULTS.values()} == set(CHECKS)
