"""Three parts: what files say about them, what is drawn at random, what every split looks at."""

import numpy as np
import pandas as pd

from columns import as_text
from config import Config, refuse
from data import SAMPLES, part_column
from reader.how import PARTS

PART_NAMES = ("train", "validation", "test")


def given_parts(table: pd.DataFrame, config: Config) -> dict[str, np.ndarray]:
    """The places of the samples that a column or their folder puts into a part; {} if none."""
    column = part_column(config)
    if column not in table:
        return {}
    said = as_text(table[column])
    words = said.str.lower().map(PARTS)
    unknown = words.isna()
    if unknown.any():
        given = f"data.part: {said[unknown].iloc[0]!r} in column {column!r}"
        refuse(given, f"one of {', '.join(PARTS)}", "mend the cells, or set data.part = ''")
    places = {name: np.flatnonzero(words == name) for name in PART_NAMES}
    if not len(places["train"]):
        refuse("data.part leaves no sample to train on", "some called train", "mend the column")
    return {name: taken for name, taken in places.items() if len(taken)}


def look_at_parts(places: dict[str, np.ndarray], key: np.ndarray, config: Config) -> None:
    """Refuse a batch that is larger than the training part. Say where parts that were given hold
    copies of one another: a score on a copy flatters."""
    if config.training.batch_size > len(places["train"]):
        given = f"training.batch_size = {config.training.batch_size}"
        fix = "lower training.batch_size"
        refuse(given, f"at most the {len(places['train'])} training {SAMPLES}", fix)
    for name in ("validation", "test"):
        shared = np.isin(key[places[name]], key[places["train"]]).sum()
        if shared:
            print(f"note: {shared:,} of the {name} {SAMPLES} stand in the training part too")
