"""Train in two stages: the straight line is worked out, then the rest learns to correct it."""

import time
from pathlib import Path

import keras
import numpy as np
from sklearn.linear_model import Ridge

from config import Config
from run import Parts
from train import begin, fit, keep


def lay_line(model: keras.Model, parts: Parts) -> None:
    """Give each target's line the weights of a ridge regression on the training windows, and keep
    them: what can be solved need not be searched. What corrects it starts at their constant."""
    line, output = model.get_layer("line"), model.get_layer("output")
    seen = keras.Model(model.inputs, line.input).predict(parts.x, batch_size=256, verbose=0)
    ahead = parts.y.reshape(len(seen), -1, seen.shape[2])
    weights, constant = np.zeros(line.kernel.shape), np.zeros(ahead.shape[1:])
    for target in range(seen.shape[2]):
        # A penalty that grows with the windows weighs the same for any number of them.
        ridge = Ridge(alpha=len(seen) / 100).fit(seen[:, :, target], ahead[:, :, target])
        weights[:, :, target], constant[:, target] = ridge.coef_.T, ridge.intercept_
    line.kernel.assign(weights)
    line.trainable = False
    output.kernel.assign(np.zeros(output.kernel.shape))
    output.bias.assign(constant.ravel())


def train(config: Config, runs: Path) -> Path:
    """Work out the line, fit what corrects it, and return the run folder."""
    prepared = begin(config, runs)
    started = time.perf_counter()
    lay_line(prepared.model, prepared.parts)
    rate = config.optimizer.learning_rate
    fitted = fit(prepared.model, prepared.parts, config, prepared.device, rate)
    return keep(prepared, fitted, config, time.perf_counter() - started, runs)
