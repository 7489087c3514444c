"""How wide convolutions are, how far they look, and how steps become one."""

from goodfit.rulebook.conditions import Cells, samples
from goodfit.rulebook.engine import Rule, Topic
from goodfit.rulebook.values import ReachingBack, doubling, halving

# Channels grow while pixels or steps are halved: what tapers is the volume of a layer.
NOTES = "Training notes, § Training hacks (first layer biggest, then gradually smaller)"
COMPRESSION = "Training notes, § Neural networks (a compression of the training set)"
VGG = "Simonyan & Zisserman 2015, Very Deep Convolutional Networks, arXiv:1409.1556"
UNET = "Ronneberger, Fischer & Brox 2015, U-Net, arXiv:1505.04597"
KIM = "Kim 2014, Convolutional Neural Networks for Sentence Classification, arXiv:1408.5882"
FCN = (
    "Wang, Yan & Oates 2017, Time Series Classification from Scratch with Deep Neural Networks: A "
    "Strong Baseline, arXiv:1611.06455"
)
SERIES_MEASURED = "benchmarks/README.md (whole series)"
FAWAZ = (
    "Ismail Fawaz et al. 2019, Deep learning for time series classification: a review, "
    "arXiv:1809.04356"
)
BAI = (
    "Bai, Kolter & Koltun 2018, An Empirical Evaluation of Generic Convolutional and Recurrent "
    "Networks for Sequence Modeling, arXiv:1803.01271"
)
VASWANI = "Vaswani et al. 2017, Attention Is All You Need, arXiv:1706.03762"

IMAGE_CNN = Cells("convolutions of images", families=("image",), architectures=("cnn",))
IMAGE_CODE = Cells("autoencoders of images", families=("image",), architectures=("autoencoder",))
U_NET = Cells("u-nets", architectures=("u-net",))
TEXT_CNN = Cells("convolutions of texts", forms=("text",), architectures=("cnn",))
SERIES_CNN = Cells("convolutions of series", forms=("series",), architectures=("cnn",))
FORECAST_CNN = Cells("convolutions that forecast", forms=("window",), architectures=("cnn",))
SERIES_CODE = Cells(
    "autoencoders of series", families=("sequence",), architectures=("autoencoder",)
)
CONVOLUTIONS = Cells("convolutions", architectures=("cnn", "u-net")) | Cells(
    "autoencoders of images and series",
    families=("image", "sequence"),
    architectures=("autoencoder",),
)

FILTERS = Topic(
    name="filters",
    asks="How many convolutions, of how many channels?",
    applies=CONVOLUTIONS,
    rules=(
        Rule(
            id="CONV01",
            when=IMAGE_CNN & samples(high=10_000),
            choice={"filters": doubling(32, 3)},
            because=(
                "channels double while pixels fall to a quarter, so that every layer is smaller "
                "than the one before; three are enough for little data"
            ),
            sources=(NOTES, VGG),
        ),
        Rule(
            id="CONV02",
            when=IMAGE_CNN & samples(10_000),
            choice={"filters": doubling(32, 4)},
            because=(
                "a fourth layer before a wider one; channels double while pixels fall to a "
                "quarter, so that every layer is smaller than the one before"
            ),
            sources=(NOTES, VGG),
        ),
        Rule(
            id="CONV03",
            when=U_NET,
            choice={"filters": doubling(16, 4)},
            because=(
                "channels double each time the pixels are halved, and go back the same way; a "
                "quarter of the published width trains on small data"
            ),
            sources=(NOTES, UNET),
        ),
        Rule(
            id="CONV04",
            when=IMAGE_CODE,
            choice={"filters": doubling(16, 3)},
            because="three halvings bring an image near its code, and three doublings back",
            sources=(NOTES, COMPRESSION),
        ),
        Rule(
            id="CONV05",
            when=TEXT_CNN & samples(high=100_000),
            choice={"filters": [128]},
            because=(
                "one layer of about a hundred phrase detectors, as published; a second one learnt "
                "little data by heart"
            ),
            sources=(NOTES, KIM, "benchmarks/README.md (one layer or two for texts)"),
        ),
        Rule(
            id="CONV09",
            when=TEXT_CNN & samples(100_000),
            choice={"filters": [128, 128]},
            because="much data carries a second layer, which sees phrases of phrases",
            sources=(NOTES, KIM),
        ),
        Rule(
            id="CONV06",
            when=SERIES_CNN,
            choice={"filters": [64, 64, 64]},
            because=(
                "three pairs of convolutions, the steps halved inside each pair: every layer is "
                "smaller than the one before, the last sees far, and training takes a third of the "
                "time that the published nets of full length take"
            ),
            sources=(NOTES, FCN, SERIES_MEASURED),
        ),
        Rule(
            id="CONV07",
            when=FORECAST_CNN,
            choice={"filters": ReachingBack(64, kernel=3)},
            because="layers that look twice as far each, until the last sees the whole window",
            sources=(NOTES, BAI),
        ),
        Rule(
            id="CONV08",
            when=SERIES_CODE,
            choice={"filters": halving(32, 2)},
            because="each layer keeps half the steps and half the channels, down to the code",
            sources=(NOTES, COMPRESSION),
        ),
    ),
)
KERNEL = Topic(
    name="kernel size",
    asks="How far does a convolution look?",
    applies=CONVOLUTIONS,
    rules=(
        Rule(
            id="KERN01",
            when=Cells("images", families=("image",)),
            choice={"kernel_size": 3},
            because="two convolutions of 3 see as far as one of 5, with fewer weights",
            sources=(VGG,),
        ),
        Rule(
            id="KERN02",
            when=TEXT_CNN,
            choice={"kernel_size": 3},
            because="phrases of three to five words tell most, and short ones are seen most often",
            sources=(KIM, "benchmarks/README.md (one layer or two for texts)"),
        ),
        Rule(
            id="KERN03",
            when=Cells("series", forms=("series",)),
            choice={"kernel_size": 7},
            because="shapes in a series are longer than phrases in a text",
            sources=(FAWAZ,),
        ),
        Rule(
            id="KERN04",
            when=FORECAST_CNN,
            choice={"kernel_size": 3},
            because="small kernels that skip twice as far in each layer reach back exponentially",
            sources=(BAI,),
        ),
    ),
)
POOLING = Topic(
    name="pooling",
    asks="How do all steps become one answer?",
    applies=Cells(
        "convolutions, recurrence and attention over steps",
        families=("sequence",),
        architectures=("cnn", "lstm", "gru", "transformer"),
    ),
    rules=(
        Rule(
            id="POOL01",
            when=TEXT_CNN,
            choice={"pooling": "max"},
            because="a telling phrase counts wherever it stands, and once is enough",
            sources=(KIM,),
        ),
        Rule(
            id="POOL02",
            when=SERIES_CNN,
            choice={"pooling": "mean"},
            because="the mean over time lets every step speak and has nothing to overfit",
            sources=(FCN, FAWAZ),
        ),
        Rule(
            id="POOL03",
            when=FORECAST_CNN,
            choice={"pooling": "last"},
            because="the last step has seen the whole window and stands next to the future",
            sources=(BAI,),
        ),
        Rule(
            id="POOL04",
            when=Cells(
                "recurrence with one answer a sample",
                forms=("text", "series", "window"),
                architectures=("lstm", "gru"),
            ),
            choice={"pooling": "last"},
            because="the memory after the last step holds what the whole sequence left",
            sources=(
                "Hochreiter & Schmidhuber 1997, Long Short-Term Memory, Neural Computation 9",
            ),
        ),
        Rule(
            id="POOL05",
            when=Cells(
                "attention with one answer a sample",
                forms=("text", "series", "window"),
                architectures=("transformer",),
            ),
            choice={"pooling": "mean"},
            because="attention has already weighed the steps, so their mean says it all",
            sources=(VASWANI,),
        ),
        Rule(
            id="POOL06",
            when=Cells("tags", forms=("tokens",)),
            choice={"pooling": "none"},
            because="every token gets its own answer, so the steps stay apart",
            sources=(
                "Huang, Xu & Yu 2015, Bidirectional LSTM-CRF Models for Sequence Tagging, "
                "arXiv:1508.01991",
            ),
        ),
    ),
)
