"""Which network is recommended for a task, an input and a number of samples."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from goodfit.rulebook.conditions import (
    ANOMALY,
    CLASSIFICATION_OR_REGRESSION,
    FORECASTING,
    TABLES,
    TEXTS,
    Cells,
    samples,
    targets_are,
)
from goodfit.rulebook.engine import Rule, Topic, decide

ROWS = TABLES & CLASSIFICATION_OR_REGRESSION
IMAGES = Cells("images", forms=("image",)) & CLASSIFICATION_OR_REGRESSION
SERIES = Cells("series", forms=("series",)) & CLASSIFICATION_OR_REGRESSION
TAGGING = targets_are("tagging", "tags")
SEGMENTATION = targets_are("segmentation", "masks")

TOPIC = Topic(
    name="architecture",
    asks="Which network is recommended?",
    rules=(
        Rule(
            id="ARCH01",
            when=ROWS & samples(high=10_000),
            choice={"architecture": "mlp"},
            because=(
                "a plain network of dense layers is the first to try on a small table; trees are "
                "strong here too, and evaluate.py sets both side by side"
            ),
            sources=(
                "Training notes, § Training hacks (simplify)",
                "Grinsztajn, Oyallon & Varoquaux 2022, Why do tree-based models still outperform "
                "deep learning on tabular data?, arXiv:2207.08815",
            ),
        ),
        Rule(
            id="ARCH02",
            when=ROWS & samples(10_000),
            choice={"architecture": "residual-mlp"},
            because=(
                "more rows carry more layers, and blocks that add to their input keep deep stacks "
                "trainable; a residual network is the strong simple baseline on tables"
            ),
            sources=(
                "Gorishniy et al. 2021, Revisiting Deep Learning Models for Tabular Data, "
                "arXiv:2106.11959",
            ),
        ),
        Rule(
            id="ARCH03",
            when=IMAGES & samples(high=10_000),
            choice={"architecture": "pretrained"},
            because=(
                "a network trained on ImageNet brings features that a few thousand images cannot "
                "teach; classes that differ in fine detail gain least"
            ),
            sources=(
                "Kornblith, Shlens & Le 2019, Do Better ImageNet Models Transfer Better?, "
                "arXiv:1805.08974",
            ),
        ),
        Rule(
            id="ARCH04",
            when=IMAGES & samples(10_000),
            choice={"architecture": "cnn"},
            because=(
                "from about ten thousand images on, training from the start can reach what "
                "pretraining gives, in a network of the size that the task needs"
            ),
            sources=(
                "He, Girshick & Dollár 2019, Rethinking ImageNet Pre-training, arXiv:1811.08883",
            ),
        ),
        Rule(
            id="ARCH05",
            when=SEGMENTATION,
            choice={"architecture": "u-net"},
            because=(
                "the way down sees what is there, the way up where it is, and the bridges between "
                "them keep the outlines; it learns from few images"
            ),
            sources=("Ronneberger, Fischer & Brox 2015, U-Net, arXiv:1505.04597",),
        ),
        Rule(
            id="ARCH06",
            when=TEXTS & samples(high=100_000),
            choice={"architecture": "cnn"},
            because=(
                "a convolution over word vectors finds telling phrases wherever they stand, trains "
                "fast, and is hard to beat on short texts"
            ),
            sources=(
                "Kim 2014, Convolutional Neural Networks for Sentence Classification, "
                "arXiv:1408.5882",
            ),
        ),
        Rule(
            id="ARCH07",
            when=TEXTS & samples(100_000),
            choice={"architecture": "transformer"},
            because="attention has no built-in idea of order, and this much text can teach it",
            sources=("Vaswani et al. 2017, Attention Is All You Need, arXiv:1706.03762",),
        ),
        Rule(
            id="ARCH08",
            when=TAGGING & samples(high=100_000),
            choice={"architecture": "lstm"},
            because=(
                "a tag depends on the words before and after it; an LSTM read in both directions "
                "carries them there, and learns it from few sentences"
            ),
            sources=(
                "Hochreiter & Schmidhuber 1997, Long Short-Term Memory, Neural Computation 9",
                "Huang, Xu & Yu 2015, Bidirectional LSTM-CRF Models for Sequence Tagging, "
                "arXiv:1508.01991",
            ),
        ),
        Rule(
            id="ARCH09",
            when=TAGGING & samples(100_000),
            choice={"architecture": "transformer"},
            because="with this many sentences attention learns which words bear on each other",
            sources=("Vaswani et al. 2017, Attention Is All You Need, arXiv:1706.03762",),
        ),
        Rule(
            id="ARCH10",
            when=SERIES,
            choice={"architecture": "cnn"},
            because=(
                "convolutions lead the comparisons on series, and train faster than what reads "
                "step by step"
            ),
            sources=(
                "Ismail Fawaz et al. 2019, Deep learning for time series classification: a "
                "review, arXiv:1809.04356",
                "Bai, Kolter & Koltun 2018, An Empirical Evaluation of Generic Convolutional and "
                "Recurrent Networks for Sequence Modeling, arXiv:1803.01271",
            ),
        ),
        Rule(
            id="ARCH11",
            when=FORECASTING,
            choice={"architecture": "mlp"},
            because=(
                "a direct map from the past to all steps ahead is the one to beat: linear ones "
                "have outdone transformers on the usual forecasting data"
            ),
            sources=(
                "Zeng et al. 2022, Are Transformers Effective for Time Series Forecasting?, "
                "arXiv:2205.13504",
            ),
        ),
        Rule(
            id="ARCH12",
            when=ANOMALY,
            choice={"architecture": "autoencoder"},
            because=(
                "a network that rebuilds what is normal through a narrow code rebuilds badly what "
                "it has never seen; the error is the score, and needs no labels"
            ),
            sources=(
                "Hinton & Salakhutdinov 2006, Reducing the Dimensionality of Data with Neural "
                "Networks, Science 313",
            ),
        ),
    ),
)


def recommended(earlier: Mapping[str, Any]) -> str:
    """The architecture that the rules choose for the answers so far."""
    rule = decide(TOPIC, SimpleNamespace(**earlier))
    return str(rule.choice["architecture"])
