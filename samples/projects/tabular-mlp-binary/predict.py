"""Predict for new data, given as for training; the target may be missing.

python predict.py FILE                        shows the answers
python predict.py FILE --output answers.csv   writes them
python predict.py --run 2                     by another run than the latest
python predict.py                             tries some of the data of training
python predict.py FILE --set data.decimal=,    reads it otherwise than [data] says
In answers.csv a text that a spreadsheet would run as a formula (=...) has a ' before it.
"""

import doctor.loading  # noqa: F401  isort: skip
import numpy as np
import pandas as pd

import data
from config import refuse
from doctor.commands import parse
from doctor.harmless import for_spreadsheet, readable
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
    options = parse("predict", __doc__, arguments)
    run = load_run(options.run, options.set)
    table = data.read_new(options.given, run.config)
    answers = predict(run, table, options.unseen)
    if options.output:
        for_spreadsheet(answers).to_csv(options.output, index=False)
        print(f"{len(answers):,} answers in {options.output}")
    else:
        print(readable(answers.to_string(max_rows=50)))
    if said := unanswered(answers):
        refuse(said, "values like those of training", "mend these; the others are answered")
    return answers


if __name__ == "__main__":
    main()
