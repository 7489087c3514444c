"""Train, from config.toml to a run folder: the whole story, top to bottom.

python train.py
python train.py --set training.batch_size=64 --set optimizer.learning_rate=0.001
"""

import loading  # noqa: F401  isort: skip
import time
from pathlib import Path

import keras

import data
from config import Config, load_config, parse_arguments
from device import prepare_device
from features import Encoder
from fitting import Parts, fit
from model import build_model
from run import Run, read_report, save_run
from splitting import fingerprint, split
from targets import Target
from task import output_bias, score


def train(config: Config, runs: Path) -> Path:
    """Train on the training part, watched on the validation part; return the run folder."""
    keras.utils.set_random_seed(config.training.seed)
    device = prepare_device(config.device)
    tables = split(data.read_table(config), config)
    encoder = Encoder.fit(tables["train"], config.data)
    target = Target.fit(tables["train"], config)
    parts = Parts(
        encoder.encode(tables["train"], "refuse"),
        target.encode(tables["train"]),
        encoder.encode(tables["validation"], "ignore"),
        target.encode(tables["validation"]),
    )
    bias = output_bias(parts.y, config.head)
    model = build_model(config.model, config.head, encoder, parts.x, bias)
    sizes = ", ".join(f"{len(table):,} {name}" for name, table in tables.items())
    print(f"{sizes} {data.SAMPLES} · {model.count_params():,} parameters")

    started = time.perf_counter()
    fitted = fit(model, parts, config, device, config.optimizer.learning_rate)
    batch_size = config.training.prediction_batch_size
    outputs = model.predict(parts.watched_x, batch_size=batch_size, verbose=0)
    target = target.calibrated(parts.watched_y, outputs)
    report = {
        "validation": score(parts.watched_y, outputs, target),
        "best_epoch": fitted.best_epoch,
        "epochs": len(fitted.curves),
        "seconds": round(time.perf_counter() - started, 1),
        "samples_per_second": round(fitted.samples_per_second),
        "device": device._asdict(),
        "parameters": model.count_params(),
        data.SAMPLES: {name: len(table) for name, table in tables.items()},
        "test_fingerprint": fingerprint(tables["test"], config),
    }
    return save_run(Run(runs, config, model, encoder, target), fitted.curves, report)


def main(arguments: list[str] | None = None) -> Path:
    options = parse_arguments(__doc__).parse_args(arguments)
    run = train(load_config(options.config, options.set), options.config.parent / "runs")
    report = read_report(run)
    scores = ", ".join(f"{name} {value:.4g}" for name, value in report["validation"].items())
    print(f"kept epoch {report['best_epoch']} of {report['epochs']} · validation: {scores}")
    print(f"saved {run} · next: python evaluate.py {run}")
    return run


if __name__ == "__main__":
    main()
