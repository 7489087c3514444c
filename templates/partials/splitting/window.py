"""Three parts of time: the first to train on, the next to watch training, the last to score."""

import pandas as pd

from config import Config, refuse


def split(table: pd.DataFrame, config: Config) -> dict[str, pd.DataFrame]:
    """Contiguous rows for "train", "validation" and "test", in the order of time.

    Windows are formed inside each part: none crosses from one into the next, so nothing that is
    forecast in one part is seen in another.
    """
    rows, data = len(table), config.data
    last = rows - round(config.split.test * rows)
    middle = last - round(config.split.validation * rows)
    parts = {
        "train": table.iloc[:middle],
        "validation": table.iloc[middle:last],
        "test": table.iloc[last:],
    }
    needed = data.window + data.horizon
    for name, part in parts.items():
        if len(part) < needed:
            given = f"{len(part)} rows in the {name} part"
            expected = f"{needed}: data.window = {data.window} and data.horizon = {data.horizon}"
            refuse(given, expected, f"shorten data.window, or raise split.{name}")
    windows = len(parts["train"]) - needed + 1
    if config.training.batch_size > windows:
        given = f"training.batch_size = {config.training.batch_size}"
        refuse(given, f"at most the {windows} training windows", "lower training.batch_size")
    return parts
