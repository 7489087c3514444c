"""Predict for raw rows: a file with the columns of training; the target may be missing.

python predict.py rows.csv                        shows the answers
python predict.py rows.csv --output answers.csv   writes them
python predict.py                                 tries the first rows of the training table
"""

import loading  # noqa: F401  isort: skip
import argparse
from pathlib import Path

import pandas as pd

from data import read_rows, read_table, require_columns
from run import Run, load_run
from schema import refuse


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
