"""Simple ways to find anomalies, that the network has to beat; fitted on the training samples."""

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.preprocessing import StandardScaler

from data import SAMPLES
from run import Run


def simple_answers(train: pd.DataFrame, test: pd.DataFrame, run: Run) -> dict[str, np.ndarray]:
    """Name: scores of the test samples, (rows, 1), higher for what looks odder.

    Each is brought to the scale of the network's errors by its own quantile of the training
    samples, so that the network's threshold serves for all.
    """
    scaler = StandardScaler().fit(run.encoder.flat(train))
    both = [scaler.transform(run.encoder.flat(part)) for part in (train, test)]
    # As many components as the network's code has units, but never enough to restore everything.
    components = min(run.config.model.code_units, len(train) - 1, both[0].shape[1] - 1)
    linear = PCA(components, random_state=run.config.training.seed).fit(both[0])
    forest = IsolationForest(random_state=run.config.training.seed).fit(both[0])
    scores = {
        "one score for all": [np.ones(len(x)) for x in both],
        "distance from the mean": [(x**2).mean(axis=1) for x in both],
        f"{components} principal components": [
            ((linear.inverse_transform(linear.transform(x)) - x) ** 2).mean(axis=1) for x in both
        ],
        "isolation forest": [-forest.score_samples(x) for x in both],
    }
    if not (run.target.encode(test) == 1).any():
        print(
            f"No label marks an anomaly among the {len(test):,} test {SAMPLES}, so nothing can be "
            "scored:\nroc_auc 0.5 stands for not known, and only the share above the threshold is. "
            "Where you have\nlabels, name their column in data.targets."
        )
    quantile = run.config.head.threshold_quantile
    return {
        name: (new / np.quantile(seen, quantile) * run.target.threshold)[:, None]
        for name, (seen, new) in scores.items()
    }
