"""Two columns that together settle the class, while neither does alone, nor all of the others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from ..case import Case
from ..finding import Finding
from ..predictions import codes_of
from ..registry import check
from ..samples import at_random
from .columns import LEAK, columns_of, is_table, quoted, strongest
from .combined_columns import MOST, combined, fix_of, listed
from .small_trees import beyond_guessing

ROWS, HELD = 1_500, 1_500  # training rows to learn from; validation rows to judge by
FEW, FEW_TELLS = 400, 0.7  # rows by which pairs are chosen, and what they tell of so few, at least
FEWEST = 40  # training and validation rows
CHOSEN = 16  # columns whose pairs are tried: those that many trees ask for
WIDEST, MANY = 2_000, 1_000  # places of tables; columns that are asked one by one
CLASSES = 20
TELLS, FAR = 0.985, 0.9  # of what there is to get, on validation rows: a pair; one column, the rest
KNOWN = "unless it is known before the answer"
TELL_SOMETHING = 0.1  # the other columns: where they tell nothing, all must hang on a few


class Table(NamedTuple):
    """Rows of two parts as trees read them: x (rows, columns), y (rows,) codes; `sources`: each
    column of the data with its places in x."""

    x: np.ndarray
    y: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    sources: dict[str, list[int]]

    def score(self, tree: Any, x: np.ndarray, x_val: np.ndarray, most: int = ROWS) -> float:
        """What `tree`, learned from `x`, tells of the validation rows, 1 is all; of at most `most`
        rows of either part."""
        said = tree.fit(x[:most], self.y[:most]).predict(x_val[:most])
        return beyond_guessing(self.y_val[:most], said)

    def right(self, score: float) -> str:
        """The share of validation rows that such a score is."""
        guess = np.unique(self.y_val, return_counts=True)[1].max() / len(self.y_val)
        return f"{guess + score * (1 - guess):.0%}"

    def wrong(self, score: float) -> float:
        """What is missing to all, one validation row at least: of few none may be wrong by luck."""
        guess = np.unique(self.y_val, return_counts=True)[1].max()
        return max(1 - score, 1 / max(1, len(self.y_val) - guess))

    def of(self, names: tuple[str, ...]) -> list[int]:
        """The places of these columns."""
        return [place for name in names for place in self.sources[name]]


def table_of(case: Case) -> Table | None:
    """Some rows of a table with classes; None where there is none, or too little to judge by."""
    if case.validation is None or not is_table(case) or case.project.anomalies:
        return None
    parts = [case.known, case.project.known_y_val or case.validation]
    arrays: list[np.ndarray] = []
    if not case.contract.classes or parts[0].x.shape[1] > WIDEST:
        return None
    for part, most in zip(parts, (ROWS, HELD), strict=True):
        some = part.take(np.random.default_rng(0).permutation(at_random(part.size, most)))
        codes = codes_of(some.y, case.contract)
        if codes.shape[1] != 1 or len(codes) < FEWEST or not np.isfinite(some.x).all():
            return None
        arrays += [some.x, codes.ravel().astype(int)]
    x, y, x_val, y_val = arrays
    _, counts = np.unique(y, return_counts=True)
    if not 2 <= len(counts) <= CLASSES or len(np.unique(y_val)) < 2 or counts.min() < 3:
        return None
    return Table(x, y, x_val, y_val, columns_of(case))


def forest(trees: int = 60) -> Any:
    from sklearn.ensemble import ExtraTreesClassifier

    return ExtraTreesClassifier(trees, min_samples_leaf=2, max_features=0.5, random_state=0)


def tree_of() -> Any:
    from sklearn.tree import DecisionTreeClassifier

    return DecisionTreeClassifier(max_leaf_nodes=64, min_samples_leaf=3, random_state=0)


def asked_for(table: Table) -> list[str]:
    """The columns that many trees ask for, at most `CHOSEN`, the most important first."""
    weights = forest().fit(table.x, table.y).feature_importances_
    weight = {name: weights[own].sum() for name, own in table.sources.items()}
    return sorted(weight, key=lambda name: -weight[name])[:CHOSEN]


def beside(table: Table, pair: tuple[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """Both columns, and of two numbers their difference, sum, product and ratio too."""
    own = table.of(pair)
    both = [table.x[:, own], table.x_val[:, own]]
    if len(own) > 2:
        return both[0], both[1]
    made = []
    for x in both:
        a, b = x.astype("float64").T
        others = [*combined(a, b).values()][:2]
        made.append(np.column_stack([x, a - b, a + b, *others]).astype("float32"))
    return made[0], made[1]


def telling_pairs(table: Table, names: list[str]) -> Iterator[tuple[tuple[str, str], float]]:
    """Pairs that settle the class by themselves, the best first, with how well they tell."""
    scores = {}
    for pair in combinations(sorted(names, key=[*table.sources].index), 2):
        x, x_val = beside(table, pair)
        if table.score(tree_of(), x, x_val, FEW) > FEW_TELLS:
            scores[pair] = table.score(tree_of(), x, x_val)
    for pair in sorted(scores, key=lambda one: -scores[one]):
        if scores[pair] < TELLS:
            return
        yield pair, scores[pair]


def rest(table: Table, pair: tuple[str, ...]) -> float:
    """What all columns but these tell."""
    left = table.of(tuple(name for name in table.sources if name not in pair))
    return table.score(forest(), table.x[:, left], table.x_val[:, left]) if left else 0.0


@check(
    "combined-leak",
    cost="trains",
    needs=("one input", "one output", "targets", "validation"),
    sound=True,
)
def combined_classes(case: Case) -> Iterator[Finding]:
    """Where columns next to a pair tell as much, or nothing at all, the data are simply easy, or
    made up of that pair. Ten errors of theirs, and of each alone, for one of the pair are the jump
    of a leak."""
    table = table_of(case)
    if table is None or len(table.sources) < 4:
        return
    names = asked_for(table)
    single = {name: table.score(tree_of(), *by_itself(table, name)) for name in names}
    told: set[str] = set()
    if max(single.values()) > TELLS:
        return  # leaking-feature says it
    for pair, score in telling_pairs(table, names):
        if len(told) == 2 * MOST or not told.isdisjoint(pair):
            continue
        others = rest(table, pair)
        best = max(others, *(single[name] for name in pair))
        honest = not TELL_SOMETHING <= others <= FAR or 1 - best < 10 * table.wrong(score)
        if honest:
            return
        told |= {*pair}
        called = [quoted(case, name) for name in pair]
        yield Finding(
            "combined-leak",
            "warning",
            f"Columns {listed(called)} together tell the class of {table.right(score)} of the "
            f"validation rows; all others together that of {table.right(others)}.",
            fix=fix_of(case, called),
        )


def by_itself(table: Table, name: str) -> tuple[np.ndarray, np.ndarray]:
    own = table.sources[name]
    return table.x[:, own], table.x_val[:, own]


@check("leaking-feature", cost="trains", needs=("one input", "one output", "targets", "validation"))
def hidden_codes(case: Case) -> Iterator[Finding]:
    """A column that alone settles the class, among so many that only those which correlate with it
    were asked one by one: codes that do not rise with it, for one."""
    table = table_of(case)
    if table is None or len(table.sources) > MANY:
        return
    declared, count = case.project.declared is not None, 0
    asked = strongest(table.x, table.y[:, None].astype(float), table.sources)
    asked = asked if declared else asked[:20]
    for name in [name for name in table.sources if name not in asked]:
        own = by_itself(table, name)
        if count == MOST or table.score(tree_of(), *own, FEW) < FEW_TELLS:
            continue
        if table.score(tree_of(), *own) > TELLS:
            column, known, count = quoted(case, name), KNOWN, count + 1
            yield Finding(
                "leaking-feature",
                "warning",
                f"Column {column} alone tells the target in nearly every row.",
                LEAK.why,
                f"add {column} to data.ignore, {known}"
                if declared
                else f"leave column {column} out, {known}",
            )
