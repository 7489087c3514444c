"""Predict for new data, given as for training; the target may be missing.

python predict.py FILE                        shows the answers
python predict.py FILE --output answers.csv   writes them
python predict.py                             tries some of the data of training
python predict.py FILE --set data.decimal=,    reads it otherwise than [data] says
"""

import doctor.loading  # noqa: F401  isort: skip
import argparse
from pathlib import Path

import numpy as np
import pandas as pd

import data
from config import refuse
from doctor.run_folder import SEAL
from doctor.unanswered import blanked, unanswered
from run import Run, load_run


@np.errstate(over="ignore", invalid="ignore")  # what is too large for float32 is told at the end
def predict(run: Run, table: pd.DataFrame, unseen: str = "refuse") -> pd.DataFrame:
    """Raw samples in, one readable answer each out."""
    x = run.encoder.encode(table, unseen)
    batch_size = run.config.training.prediction_batch_size
    outputs = run.model.predict(x, batch_size=batch_size, verbose=0)
    answers = blanked(run.target.decode(outputs, table), outputs)
    return pd.concat([data.shown(table).reset_index(drop=True), answers], axis=1)


def main(arguments: list[str] | None = None) -> pd.DataFrame:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("given", nargs="*", help="what to predict for, read as [data] says")
    parser.add_argument("--run", type=Path, help="a run folder (default: the latest)")
    parser.add_argument("--output", type=Path, help="write a CSV here; never over an existing file")
    parser.add_argument("--unseen", choices=["refuse", "ignore"], default="refuse")
    parser.add_argument("--set", action="append", default=[], metavar="DATA.KEY=VALUE")
    options = parser.parse_args(arguments)
    if options.output and options.output.exists():
        refuse(f"{options.output} exists", "a new file", "choose another name")
    runs = [name for name in options.given if (Path(name) / SEAL).is_file()]  # as evaluate.py takes
    run = load_run(options.run or next(map(Path, runs), None), options.set)
    table = data.read_new([name for name in options.given if name not in runs], run.config)
    answers = predict(run, table, options.unseen)
    if options.output:
        answers.to_csv(options.output, index=False)
        print(f"{len(answers):,} answers in {options.output}")
    else:
        print(answers.to_string(max_rows=50))
    if said := unanswered(answers):
        refuse(said, "values like those of training", "mend these; the others are answered")
    return answers


if __name__ == "__main__":
    main()
