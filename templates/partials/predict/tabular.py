"""Predict for raw rows: a file with the columns of training; the target may be missing.

python predict.py rows.csv                      shows the answers
python predict.py rows.csv --output answers.csv writes them
python predict.py                               tries the first rows of the training table
"""

import loading  # noqa: F401  isort: skip
import argparse
from pathlib import Path
from typing import NamedTuple

import keras
import pandas as pd

from config import Config, load_config
from data import read_rows, read_table, require_columns
from features import Encoder
from schema import refuse
from targets import Target


class Run(NamedTuple):
    """What a run folder holds: everything that a prediction needs."""

    path: Path
    config: Config
    model: keras.Model
    encoder: Encoder
    target: Target


def load_run(path: Path | None, runs: Path = Path("runs")) -> Run:
    """Load `path`, or the latest folder under `runs`."""
    finished = [found for found in runs.glob("*/model.keras") if found.parent.name.isdigit()]
    if path is None and finished:
        path = max(finished, key=lambda found: int(found.parent.name)).parent
    if path is None or not (path / "model.keras").is_file():
        refuse(f"no trained model in {path or runs}", "a run folder", "python train.py makes one")
    return Run(
        path,
        load_config(path / "config.toml"),
        keras.saving.load_model(path / "model.keras", compile=False, safe_mode=True),
        Encoder.model_validate_json((path / "encoder.json").read_text(encoding="utf-8")),
        Target.model_validate_json((path / "target.json").read_text(encoding="utf-8")),
    )


def predict(run: Run, table: pd.DataFrame, unseen: str = "refuse") -> pd.DataFrame:
    """Raw rows in, one readable answer a row out."""
    features = run.encoder.encode(table, unseen)
    return run.target.decode(run.model.predict(features, batch_size=4096, verbose=0))


def main(arguments: list[str] | None = None) -> pd.DataFrame:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path, nargs="?", help="CSV or Parquet, read as [data] says")
    parser.add_argument("--run", type=Path, help="a run folder (default: the latest)")
    parser.add_argument("--output", type=Path, help="write a CSV here; never over an existing file")
    parser.add_argument("--unseen", choices=["refuse", "ignore"], default="refuse")
    options = parser.parse_args(arguments)
    if options.output and options.output.exists():
        refuse(f"{options.output} exists", "a new file", "choose another name")
    run = load_run(options.run)
    if options.rows:
        table = read_rows(options.rows, run.config.data)
        require_columns(table, [*run.encoder.numeric, *run.encoder.categorical], str(options.rows))
    else:
        table = read_table(run.config).head()
    answers = predict(run, table, options.unseen)
    if options.output:
        answers.to_csv(options.output, index=False)
        print(f"{len(answers):,} answers in {options.output}")
    else:
        print(answers.to_string(max_rows=50))
    return answers


if __name__ == "__main__":
    main()
