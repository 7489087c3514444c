"""Tagging: the head, and the scores of tags and of the entities that they mark."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from config import Config, HeadConfig, Section, refuse
from data import OUTSIDE

PADDING = -1
HIGHER_IS_BETTER = True
LIMITED = "entity_f1"  # the score whose best value is known of the made-up sample


class Target(Section):
    """The tags in sorted order; a tag is its place in this list. Saved beside the model."""

    tags: list[str]
    length: int

    @classmethod
    def fit(cls, table: pd.DataFrame, config: Config) -> Target:
        """Learn the tags from the training sentences."""
        tags = sorted({tag for tags in table["tags"] for tag in tags})
        if len(tags) != config.head.output_units:
            shown = ", ".join(tags[:20]) + ", ..." * (len(tags) > 20)
            given = f"the training sentences have {len(tags)} tag(s): {shown}"
            fix = "correct data.tag_column or head.output_units"
            refuse(given, f"{config.head.output_units}, as head.output_units has it", fix)
        return cls(tags=tags, length=config.data.length)

    def encode(self, table: pd.DataFrame) -> np.ndarray:
        """int32 (rows, length): the code of each token's tag, -1 after the end."""
        codes = {tag: code for code, tag in enumerate(self.tags)}
        y = np.full((len(table), self.length), PADDING, "int32")
        for row, tags in zip(y, table["tags"], strict=True):
            if unknown := {*tags} - {*codes}:
                given = f"tag {min(unknown)!r} stands in none of the training sentences"
                refuse(given, f"one of {', '.join(self.tags)}", "merge it with another")
            row[: len(tags)] = [codes[tag] for tag in tags]
        return y

    def calibrated(self, y: np.ndarray, outputs: np.ndarray) -> Target:
        """Itself: an answer needs nothing from the validation sentences."""
        return self

    def decode(self, outputs: np.ndarray, table: pd.DataFrame) -> pd.DataFrame:
        """One row a sentence: its entities, and every token with its tag."""
        counts = table["tokens"].map(len).to_numpy()
        codes = outputs.argmax(axis=-1)
        codes = np.where(np.arange(self.length) < counts[:, None], codes, PADDING)
        entities: list[list[str]] = [[] for _ in counts]
        for row, start, end, kind in self.spans(codes):
            name = " ".join(table["tokens"].iloc[row][start:end])
            entities[row].append(f"{name} ({self.kinds()[kind]})")
        tagged = [
            " ".join(f"{token}/{self.tags[code]}" for token, code in zip(tokens, row, strict=False))
            for tokens, row in zip(table["tokens"], codes, strict=True)
        ]
        return pd.DataFrame({"entities": ["; ".join(row) for row in entities], "tagged": tagged})

    def kinds(self) -> list[str]:
        """What each tag marks, without the "B-" or "I-" before it."""
        return [tag[2:] if tag[1:2] == "-" else tag for tag in self.tags]

    def spans(self, codes: np.ndarray) -> np.ndarray:
        """Entities in codes (rows, length), as (entities, 4): row, first token, the one after the
        last, and the first tag that marks this kind.

        Neighbours of one kind are one entity, until one begins with "B-" ("S-" and "U-" likewise);
        tags without "B-" therefore work as well.
        """
        kinds = self.kinds()
        number = [kinds.index(kind) if kind != OUTSIDE else PADDING for kind in kinds]
        begins = [tag[:2] in ("B-", "S-", "U-") for tag in self.tags]
        edge = np.full((len(codes), 1), PADDING)
        kind = np.hstack([edge, np.array([*number, PADDING])[codes], edge])
        begin = np.hstack([edge > 0, np.array([*begins, False])[codes], edge > 0])
        fresh = (kind[:, 1:] != kind[:, :-1]) | begin[:, 1:]  # another entity, or none, from here
        rows, starts = np.nonzero(fresh[:, :-1] & (kind[:, 1:-1] >= 0))
        ends = np.nonzero(fresh & (kind[:, :-1] >= 0))[1]
        return np.column_stack([rows, starts, ends, kind[rows, starts + 1]])


def training_arrays(x: np.ndarray, y: np.ndarray, head: HeadConfig) -> tuple[np.ndarray, ...]:
    """Sentences, tags, and weights (rows, length): nothing for padding, and one in the mean."""
    weights = (y != PADDING).astype("float32")
    return x, np.maximum(y, 0), weights / weights.mean()


def watched_arrays(x: np.ndarray, y: np.ndarray, head: HeadConfig) -> tuple[np.ndarray, ...]:
    """What validation is scored on: every token counts the same, padding nothing."""
    return training_arrays(x, y, head)


def objective(head: HeadConfig) -> dict[str, Any]:
    """What `compile` is told: padding weighs nothing in the loss, nor in the metrics."""
    return {"loss": head.loss, "weighted_metrics": head.metrics}


def output_bias(y: np.ndarray, head: HeadConfig) -> np.ndarray:
    """(tags,): the log of each tag's share, so that training starts at the tag shares."""
    tokens = y[y != PADDING]
    shares = np.bincount(tokens, minlength=head.output_units) / len(tokens)
    return np.log(shares) if head.output_bias == "class_shares" else np.zeros(head.output_units)


def score(y: np.ndarray, outputs: np.ndarray, target: Target) -> dict[str, float]:
    """Scores of `outputs`, probabilities (rows, length, tags), on codes (rows, length).

    An entity is right where first token, last token and kind are all right.
    """
    codes = np.where(y == PADDING, PADDING, outputs.argmax(axis=-1))
    true, found = ({*map(tuple, target.spans(one).tolist())} for one in (y, codes))
    right = len(true & found)
    return {
        "entity_f1": 2 * right / max(1, len(true) + len(found)),
        "entity_precision": right / max(1, len(found)),
        "entity_recall": right / max(1, len(true)),
        "token_accuracy": float((codes == y)[y != PADDING].mean()),
    }
