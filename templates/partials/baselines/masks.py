"""What the network has to beat, from trivial to strong: models that see one pixel at a time."""

import numpy as np
import pandas as pd
from scipy.ndimage import uniform_filter
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from run import Run
from task import VOID

PIXELS = 50_000  # of the training images, drawn at random: more teach these models nothing


def pixel_features(x: np.ndarray) -> np.ndarray:
    """float32 (rows * H * W, features): its colour, and the mean and deviation of 5 x 5 and
    11 x 11 pixels around it, from uint8 (rows, H, W, C)."""
    x = x.astype("float32")
    blocks = [x]
    for size in (5, 11):
        mean = uniform_filter(x, size, axes=(1, 2))
        square = uniform_filter(x**2, size, axes=(1, 2))
        blocks += [mean, np.sqrt((square - mean**2).clip(0))]
    features = np.concatenate(blocks, axis=-1)
    return features.reshape(-1, features.shape[-1])


def simple_answers(train: pd.DataFrame, test: pd.DataFrame, run: Run) -> dict[str, np.ndarray]:
    """Name: probabilities of the test images' pixels, (rows, H, W, classes)."""
    x, y = run.encoder.encode(train, "ignore"), run.target.encode(train)
    new = run.encoder.encode(test, "ignore")
    classes, shape = len(run.target.classes), (*new.shape[:3], -1)
    random = np.random.default_rng(run.config.training.seed)
    known = np.flatnonzero(y != VOID)
    drawn = random.choice(known, min(len(known), PIXELS), replace=False)
    first = known[np.unique(y.ravel()[known], return_index=True)[1]]
    drawn = np.union1d(drawn, first)  # with at least one of each class
    features, codes = pixel_features(x)[drawn], y.ravel()[drawn]
    models = {
        "logistic regression on pixels": make_pipeline(
            StandardScaler(), LogisticRegression(max_iter=300)
        ),
        "gradient-boosted trees on pixels": HistGradientBoostingClassifier(
            random_state=run.config.training.seed
        ),
    }
    largest = np.eye(classes)[np.bincount(y.ravel()[known]).argmax()]
    simple = {"largest class": np.broadcast_to(largest, (*new.shape[:3], classes))}
    pixels = pixel_features(new)
    return simple | {
        name: model.fit(features, codes).predict_proba(pixels).astype("float32").reshape(shape)
        for name, model in models.items()
    }
