"""What find_lr.py is worth on real data: its rate beside 3e-4 and beside the bare rule (half of
divergence), each trained for equally many epochs.

    python benchmarks/learning_rate.py --data DIR [--only NAME ...]

DIR and the projects are those of real_data.py. At 3e-4 it trains as config.toml plans it, until
early stopping; the other rates get as many epochs, with the same split, first weights, batches and
schedule. The best epoch counts, as everywhere. The score is the headline score on the validation
part. A difference counts only where it is larger than both kinds of noise: the difference between
two trainings at 3e-4 whose batches come in another order, and two standard errors (a bootstrap over
the validation samples, of both rates at once; at one, a sixth of all equal pairs would look worse
by chance). `seconds` and `share`, of the whole training at
3e-4, are seconds of the processor, which other work on the machine does not change, without the
start of the framework. The exit code is 1 where fewer than nine tenths of the recommended rates are
at least as good as 3e-4.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from real_data import ERRORS, DataSet, data_sets, generate, run

HERE = Path(__file__).parent
STEPS = """
import json, sys, time
from pathlib import Path
import keras
import numpy as np
import find_lr, train
from config import load_config
from doctor.rate_finder.candidates import RULE, SAFE
from run import read_report
from task import Target, score
from train import prepare

def resampled(path, y, samples):
    model = keras.saving.load_model(path / "model.keras", compile=False)
    outputs = model.predict(x, batch_size=config.training.prediction_batch_size, verbose=0)
    target = Target.model_validate_json((path / "target.json").read_text(encoding="utf-8"))
    return [score(y[one], outputs[one], target)[config.head.headline] for one in samples]

began = time.process_time()
found = find_lr.main([])
result = {"finding": time.process_time() - began}
config = load_config(Path("config.toml"))
parts = prepare(config).parts
x, y = parts.x_val, parts.y_val
draw = np.random.default_rng(0)
samples = [np.arange(len(y)), *(draw.integers(len(y), size=len(y)) for _ in range(200))]
scores = {}
for rate in dict.fromkeys([SAFE, found.rate, found.rates.get(RULE, SAFE)]):
    at_rate = config.optimizer.model_copy(update={"learning_rate": rate})
    began = time.process_time()
    try:
        path = train.train(config.model_copy(update={"optimizer": at_rate}), Path("runs"))
    except SystemExit:  # a monitor saw no hope
        continue
    if rate == SAFE:
        result["training"] = time.process_time() - began
        epochs = read_report(path)["epochs"]
        result["epochs"] = epochs
        training = config.training.model_copy(update={"epochs": epochs})
        stopping = config.early_stopping.model_copy(update={"patience": epochs})
        config = config.model_copy(update={"training": training, "early_stopping": stopping})
    scores[rate] = resampled(path, y, samples)
if len(scores) > 1:
    prepared, shuffled = prepare(config), config.training.model_copy(update={"seed": 1})
    train.prepare = lambda config: prepared  # the same split and first weights
    path = train.train(config.model_copy(update={"training": shuffled}), Path("runs"))
    other = abs(resampled(path, y, samples[:1])[0] - scores[SAFE][0])
noise = {rate: 0.0 for rate in scores if rate == SAFE}
for rate in scores.keys() - noise:
    noise[rate] = max(other, 2 * float(np.nanstd(np.subtract(scores[rate], scores[SAFE])[1:])))
result |= {"scores": [[rate, one[0], noise[rate]] for rate, one in scores.items()]}
result |= {"losses": [found.rates, {name: one.tolist() for name, one in found.losses.items()}]}
result |= {"headline": config.head.headline, "rate": found.rate, "rule": found.rates.get(RULE)}
result |= {"turns": [one.divergence for one in found.readings]}
Path("learning_rate.json").write_text(json.dumps(result), encoding="utf-8")
"""
HEADER = """\
| data | score | epochs | 3e-4 | recommended | | | bare rule | | | turns | seconds | share |
|---|---|---|---|---|---|---|---|---|---|---|---|---|"""


class Row:
    """One data set: what was recommended, and the score of each of the three rates."""

    def __init__(self, data_set: DataSet, found: dict[str, Any]) -> None:
        self.name, self.found = data_set.name, found
        self.scores = {rate: (score, noise) for rate, score, noise in found["scores"]}
        self.sign = -1 if found["headline"] in ERRORS else 1

    def verdict(self, rate: float | None) -> str:
        """How the training at `rate` went, beside the one at 3e-4."""
        if rate is None or rate == 3e-4:
            return "the same" if rate else "none"
        if rate not in self.scores:
            return "stopped"
        score, noise = self.scores[rate]
        gain = self.sign * (score - self.scores[3e-4][0])
        return "equal" if abs(gain) <= noise else "better" if gain > 0 else "worse"

    def cells(self, rate: float | None) -> str:
        score = f"{self.scores[rate][0]:.4g}" if rate in self.scores else ""
        return f"{f'{rate:.2g}' if rate else ''} | {score} | {self.verdict(rate)}"

    def __str__(self) -> str:
        found, turns = self.found, (f"{one:.2g}" if one else "none" for one in self.found["turns"])
        start = f"{self.name} | {found['headline']} | {found['epochs']}"
        start += f" | {self.scores[3e-4][0]:.4g}"
        rates = f"{self.cells(found['rate'])} | {self.cells(found['rule'])} | {', '.join(turns)}"
        share = found["finding"] / found["training"]
        return f"| {start} | {rates} | {found['finding']:.1f} | {share:.0%} |"


def measure(data_set: DataSet, data: Path) -> Row:
    """Generate, find, and train at each rate, in a folder of its own."""
    source = data / (data_set.folder or data_set.name)
    with tempfile.TemporaryDirectory() as workshop:
        project = generate(data_set, source, Path(workshop), {})
        try:
            run([sys.executable, "-c", STEPS], project)
        except RuntimeError as error:
            raise RuntimeError(data_set.name) from error
        found = json.loads((project / "learning_rate.json").read_text(encoding="utf-8"))
    return Row(data_set, found)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of data sets")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME")
    options = parser.parse_args()
    wanted = [one for one in data_sets() if not options.only or one.name in options.only]
    print(HEADER, flush=True)
    rows = []
    with ThreadPoolExecutor(options.jobs) as pool:
        data = options.data.resolve()
        for row in pool.map(lambda one: measure(one, data), wanted):
            print(row, flush=True)
            rows.append(row)
    counts = {"recommended": "rate", "bare rule": "rule"}
    for name, key in counts.items():
        verdicts = [row.verdict(row.found[key]) for row in rows]
        told = ", ".join(f"{word} {verdicts.count(word)}" for word in sorted({*verdicts}))
        print(f"{name}: {told}")
    good = sum(row.verdict(row.found["rate"]) not in ("worse", "stopped") for row in rows)
    print(f"recommended at least as good as 3e-4 on {good} of {len(rows)}")
    return int(good < 0.9 * len(rows))


if __name__ == "__main__":
    sys.exit(main())
