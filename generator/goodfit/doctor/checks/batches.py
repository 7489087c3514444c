"""What reaches the network: samples as they are, each with its target, all of them, shuffled."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..case import Case
from ..finding import Finding
from ..network import layers_of, name_of
from ..registry import Entry, check
from .data import keys_of
from .scalers import on_any_scale, table_of

BATCHES = Entry(
    "batches-differ-from-samples",
    "error or warning",
    "Batches that are not the samples: changed on their way, with targets of others, some never, "
    "in the order of the file, or the same in every epoch.",
    "What the network learns from is then something else than what was looked at.",
    "mend {pipeline}",
    "all is compared number by number; half of the order may be as it was",
    "Tuning Playbook: periodicity is a shuffling bug",
)


@check(BATCHES, needs=("declared", "one input", "one output"))
def batches_of_project(case: Case) -> Iterator[Finding]:
    """Two epochs of batches from a few samples, against these samples; and what validation is
    scored on."""
    if case.project.batched is None:
        return
    got = case.project.batched()
    padding, floor = got.padding, 0 if got.padding.any() else -np.inf  # any tag in the padding
    both_x, both_y = got.batches
    (got_x, again), (got_y, _) = np.split(both_x, 2), np.split(both_y, 2)
    y = np.maximum(got.y, floor).astype(got.y.dtype)
    y_val = np.maximum(got.y_val, floor)
    samples, pairs, keys = (list(keys_of(one)) for one in (got.x, (got.x, y), got_x))
    place = {key: number for number, key in enumerate(samples)}
    in_order = np.diff([place.get(key, -1) for key in keys]) == 1
    x_kept, y_kept = got.validation
    table = (
        (
            not {*keys} <= {*samples} or not np.array_equal(x_kept, got.x_val, equal_nan=True),
            "Samples are changed on their way into the batches.",
            "Something scales, cuts or casts them again, or in training alone.",
        ),
        (
            not {*keys_of((got_x, got_y.astype(y.dtype)))} <= {*pairs}
            or not np.array_equal(np.maximum(y_kept, floor), y_val, equal_nan=True),
            "Samples come with targets that are not theirs.",
            "Where x and y are taken apart there is nothing to learn.",
        ),
        (
            padding.any() and (got.weights is None or got.weights[padding].any()),
            "The padding after a sentence has a weight, as if it were tokens.",
            "Most of what is learnt, and of every score, is then how to tag nothing.",
        ),
        (
            not {*samples} <= {*keys},
            f"{len({*samples} - {*keys}):,} of {len(samples):,} samples never come in an epoch.",
            "The network cannot learn from what it does not see.",
        ),
        (
            in_order.mean() > 0.5,
            "Samples come in the order of the file.",
            "In a sorted file a batch holds one class, and each step undoes the last one.",
        ),
        (
            np.array_equal(got_x, again),
            "Samples come in the same order in every epoch.",
            "The same samples are always in one batch: what chance there brings is learnt too.",
        ),
    )
    for wrong, fact, why in table:
        if wrong:
            yield Finding("batches-differ-from-samples", "error", fact, why)
            return


@check("batches-differ-from-samples", needs=("targets", "one output"))
def sorted_batches(case: Case) -> Iterator[Finding]:
    """Where nothing is declared: batches that come sorted by their target, one class after another,
    because nobody shuffles them."""
    shuffled = case.shuffles and not case.in_fit_order
    if case.project.declared is not None or shuffled or case.train.y.ndim > 2:
        return
    y = case.train.y.reshape(case.train.size, -1)
    codes = y.argmax(axis=1) if y.shape[1] > 1 else y[:, 0]
    if len(codes) < 4 * case.batch_size or len(np.unique(codes)) < 2:
        return
    order = np.arange(len(codes))
    ranks = codes.argsort(kind="stable").argsort(kind="stable")
    together = abs(np.corrcoef(order, ranks)[0, 1])
    whole, batches = len(np.unique(codes)) <= 50, max(2, len(codes) // case.batch_size)
    mixed = np.random.default_rng(0).permutation(codes)
    alone, chance = (
        np.mean([len(np.unique(batch)) == 1 for batch in np.array_split(one, batches)])
        for one in (codes, mixed)
    )
    one_class = whole and case.contract.classes and alone > 0.5 + chance / 2
    if together > 0.9 or one_class:
        yield Finding(
            "batches-differ-from-samples",
            "error" if one_class else "warning",
            "Samples come sorted by their target, and are not shuffled.",
            "A batch then holds one class, and each step undoes the last one.",
            "shuffle=True for arrays; dataset.shuffle(number of samples) before batch()",
        )


@check("batches-differ-from-samples")
def repeated_batches(case: Case) -> Iterator[Finding]:
    """A stream of several batches that are all the same: a `__getitem__` that does not look at its
    place."""
    count = case.train.size
    if (case.batches_there or case.steps_asked or 0) < 3 or count < 3 * case.batch_size:
        return  # a generator may well give all it has in each epoch
    keys = keys_of(case.train.x)
    different = len(np.unique(keys))
    if different == 1 and case.train.y is not None:  # the inputs alone may be all alike
        batches = keys_of(case.train.y)[: count // case.batch_size * case.batch_size]
        batches = np.sort(batches.reshape(-1, case.batch_size), axis=1)
        different = len(np.unique(batches)) if (batches == batches[0]).all() else count
    if different <= max(case.batch_size, 1) < count / 2 and case.batch_size > 1:
        yield Finding(
            "batches-differ-from-samples",
            "error" if case.batches_there else "warning",
            f"The first {count:,} samples that come are only {different:,} different ones: all "
            "batches are the same.",
            "The rest of the data is never seen.",
            "__getitem__(self, index) has to return the batch at that index"
            if case.batches_there
            else "let the generator go on from batch to batch, and begin again after the last one",
        )


@check("batches-differ-from-samples")
def overlapping_batches(case: Case) -> Iterator[Finding]:
    """Batches that begin with what the one before ended with; and samples that never come."""
    size, count = case.batch_size, case.train.size
    if not case.in_fit_order or case.project.declared is not None:
        return
    if case.held and case.samples and case.samples < 0.8 * case.held:
        yield Finding(
            "batches-differ-from-samples",
            "warning",
            f"An epoch has {case.samples:,} of the {case.held:,} samples that the dataset keeps, "
            "and the same in every epoch.",
            "The rest of the data is never seen.",
            "__len__(self): math.ceil(len(self.x) / self.batch_size), and index * batch_size as "
            "the start in __getitem__(self, index)",
        )
    if size < 2 or count < 4 * size:
        return
    keys = keys_of(case.train.x)[: count // size * size].reshape(-1, size)
    shared = size - int((keys[0] == keys[1, 0]).argmax())
    different = len(np.unique(keys[0])) > 0.9 * size
    again = (keys[:-1, -shared:] == keys[1:, :shared]).all(axis=1)
    if different and shared < size and again.mean() > 0.9:  # but where a stream starts anew
        yield Finding(
            "batches-differ-from-samples",
            "warning",
            f"Every batch of {size} begins with the last {shared} samples of the one before.",
            "Samples come several times in an epoch, and the last ones may never come.",
            "__getitem__(self, index): start at index * batch_size, and end batch_size later",
        )


@check("batches-differ-from-samples", needs=("targets",))
def targets_left_behind(case: Case) -> Iterator[Finding]:
    """A `PyDataset` whose `on_epoch_end` shuffles samples, and not their targets."""
    after = case.next_epoch
    if after is None or after.y is None:
        return
    before = {*zip(keys_of(case.train.x), keys_of(case.train.y), strict=False)}
    known = {key for key, _ in before}
    pairs = [*zip(keys_of(after.x), keys_of(after.y), strict=False)]
    again = [pair for pair in pairs if pair[0] in known]
    other = sum(pair not in before for pair in again)
    if len(again) > len(pairs) / 2 and other > len(again) / 10:
        yield Finding(
            "batches-differ-from-samples",
            "error",
            f"After on_epoch_end(), {other / len(again):.0%} of the samples have the targets of "
            "others.",
            "From the second epoch on, rows and targets do not belong together.",
            "shuffle both by one order in on_epoch_end(self)",
        )


@check(
    Entry(
        "state-of-others",
        "warning",
        "A stateful recurrent layer, and samples that are shuffled.",
        "A sample then starts from the state that some other one, and no predecessor, has left.",
        "shuffle=False in fit(), and layer.reset_state() where a series ends; or not stateful",
        source="Keras' guide to recurrent networks: batch after batch has to follow in time",
    ),
    needs=("copy",),
)
def state_of_others(case: Case) -> Iterator[Finding]:
    stateful = [one for one in layers_of(case.model) if getattr(one, "stateful", False)]
    if stateful and case.shuffles and not case.in_fit_order:
        fact = (
            f"Layer {name_of(stateful[0])} keeps its state from batch to batch, and fit shuffles."
        )
        yield Finding("state-of-others", "warning", fact)


@check(
    Entry(
        "runs-dry",
        "warning",
        "Data that ends before steps_per_epoch x epochs batches have come; Keras only warns.",
        "Training stops early, and the later epochs learn nothing.",
        "leave out steps_per_epoch, or add .repeat() to the dataset",
        "fewer batches than all epochs take",
        "Keras warns, and goes on (measured)",
    ),
    needs=("steps",),
)
def runs_dry(case: Case) -> Iterator[Finding]:
    there, asked = case.batches_there, case.steps_asked
    if there is None or asked is None or case.project.declared is not None:
        return
    if there < asked * case.epochs and not case.reopens:
        yield Finding(
            "runs-dry",
            "warning",
            f"The data has {there:,} batches; {case.epochs} epochs of {asked:,} steps take "
            f"{asked * case.epochs:,}.",
        )
    elif there < asked:
        yield Finding(
            "runs-dry",
            "warning",
            f"The data has {there:,} batches, and an epoch asks for {asked:,}.",
        )


@check(
    Entry(
        "folds-share-weights",
        "warning",
        "A model that is fitted again on other samples without being built anew, as in a loop over "
        "folds.",
        "It has already learnt what the next fold is scored on, so later scores are too good.",
        "build and compile the model inside the loop",
        "weights left by an earlier fit whose training samples are now validation samples, or what "
        "evaluate() scores",
        "a classic of questions about cross-validation",
    ),
    needs=("validation",),
)
def folds_share_weights(case: Case) -> Iterator[Finding]:
    if case.validation is None or not case.fits_before:
        return
    keys = keys_of(case.validation.x)
    learned = np.concatenate([one.keys for one in case.fits_before])
    validated = np.concatenate([one.validation_keys for one in case.fits_before])
    before, scored = float(np.isin(keys, learned).mean()), np.isin(keys, validated)
    rows, beside = table_of(case.validation.x), table_of(case.train.x)
    if before < 0.5 and rows is not None and beside is not None:
        tables = [one.rows for one in case.fits_before if one.rows is not None]
        before = max([before, *(on_any_scale(rows, beside, one) for one in tables)])
    if before > 0.5 and scored.mean() < 0.5:
        yield Finding(
            "folds-share-weights",
            "warning",
            f"{before:.0%} of the validation samples were trained on in an earlier call of "
            "fit, by the same weights.",
        )
