"""Predict masks for new images, given as files or folders.

python predict.py FOLDER                        shows how much of each image each class has
python predict.py FOLDER --output answers.csv   writes that, and the masks into answers_masks/
python predict.py --run 2                       by another run than the latest
python predict.py                               tries some of the images of training
In answers.csv a name that a spreadsheet would run as a formula (=...) has a ' before it.
"""

import doctor.loading  # noqa: F401  isort: skip
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

import data
from config import refuse
from doctor.commands import parse
from doctor.harmless import for_spreadsheet, readable
from run import Run, load_run


def own_size(probabilities: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Codes (height, width) from probabilities (H, W, classes), scaled smoothly to (width, height):
    scaling the codes instead would leave steps along every outline."""
    maps = [Image.fromarray(plane.astype("float32")) for plane in np.moveaxis(probabilities, -1, 0)]
    scaled = [np.asarray(plane.resize(size, Image.Resampling.BILINEAR)) for plane in maps]
    return np.stack(scaled).argmax(axis=0)


def predict(
    run: Run, table: pd.DataFrame, unseen: str = "refuse", folder: Path | None = None
) -> pd.DataFrame:
    """Images in, one row each out; into `folder` their masks, PNG, as large as the image is and
    with the values of the masks of training."""
    x = run.encoder.encode(table, unseen)
    batch_size = run.config.training.prediction_batch_size
    outputs = run.model.predict(x, batch_size=batch_size, verbose=0)
    answers = pd.concat([data.shown(table), run.target.decode(outputs, table)], axis=1)
    if not folder:
        return answers
    folder.mkdir(parents=True)
    values, names = np.array(run.target.classes), []
    values = values.astype("uint8" if values.max() < 256 else "uint16")
    for place, (row, probabilities) in enumerate(zip(table.itertuples(), outputs, strict=True)):
        names.append(f"{place + 1}_{Path(str(row.file)).stem}.png")
        codes = own_size(probabilities, (int(str(row.width)), int(str(row.height))))
        Image.fromarray(values[codes]).save(folder / names[-1])
    return answers.assign(mask=names)


def main(arguments: list[str] | None = None) -> pd.DataFrame:
    options = parse("predict", __doc__, arguments)
    folder = None
    if options.output:
        folder = options.output.with_name(f"{options.output.stem}_masks")
        if folder.exists():
            refuse(f"{folder} exists", "a new folder for the masks", "choose another name")
    run = load_run(options.run, options.set)
    table = data.read_new(options.given, run.config)
    answers = predict(run, table, options.unseen, folder)
    if options.output:
        for_spreadsheet(answers).to_csv(options.output, index=False)
        print(f"{len(answers):,} answers in {options.output}, their masks in {folder}")
    else:
        print(readable(answers.to_string(max_rows=50)))
    return answers


if __name__ == "__main__":
    main()
