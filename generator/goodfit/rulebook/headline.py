"""The score that a run is judged by: who wins, and whether it is better than guessing."""

from goodfit.limits import RARE_SHARE, VERY_RARE
from goodfit.rulebook.conditions import Between, Otherwise, is_, targets_are
from goodfit.rulebook.engine import Rule, Topic

BLIND = "whoever always answers the common class is right nearly always"
FAWCETT = "Fawcett 2006, An introduction to ROC analysis, Pattern Recognition Letters 27"

TOPIC = Topic(
    name="headline",
    asks="By which score is a run judged?",
    rules=(
        Rule(
            id="SCORE01",
            when=is_("task", "binary-classification")
            & Between("rarest_share", high=RARE_SHARE, step=0.001),
            choice={"headline": "roc_auc"},
            because=(
                f"{BLIND}, so accuracy tells nothing; the area under the ROC curve compares each "
                "rare sample with each common one, and does not depend on how rare they are"
            ),
            sources=(FAWCETT,),
        ),
        Rule(
            id="SCORE02",
            when=is_("task", "multiclass-classification")
            & Between("rarest_share", high=VERY_RARE, step=0.001),
            choice={"headline": "balanced_accuracy"},
            because=(
                "accuracy hardly counts a class that is so rare; balanced accuracy is the mean "
                "over the classes of the share that is found, and guessing has one over the classes"
            ),
            sources=(
                "Brodersen et al. 2010, The Balanced Accuracy and Its Posterior Distribution, ICPR",
            ),
        ),
        Rule(
            id="SCORE03",
            when=targets_are("several labels", "labels"),
            choice={"headline": "micro_f1"},
            because="most labels of most samples are 0, and F1 does not count those that stay so",
            sources=("Tsoumakas, Katakis & Vlahavas 2010, Mining Multi-label Data, Springer",),
        ),
        Rule(
            id="SCORE04",
            when=targets_are("numbers to predict", "numbers", "horizon"),
            choice={"headline": "rmse"},
            because="in the units of the target, and what mean squared error makes small",
            sources=("Training notes, § Loss (mean squared error)",),
        ),
        Rule(
            id="SCORE05",
            when=targets_are("masks", "masks"),
            choice={"headline": "mean_iou"},
            because="each class counts the same, however few its pixels are",
            sources=(
                "Everingham et al. 2010, The PASCAL Visual Object Classes Challenge, IJCV 88",
            ),
        ),
        Rule(
            id="SCORE06",
            when=targets_are("tags", "tags"),
            choice={"headline": "entity_f1"},
            because="most tokens are outside of all entities; what is wanted are whole ones",
            sources=(
                "Tjong Kim Sang & De Meulder 2003, Introduction to the CoNLL-2003 Shared Task",
            ),
        ),
        Rule(
            id="SCORE07",
            when=targets_are("anomalies", "anomaly"),
            choice={"headline": "roc_auc"},
            because="it needs no threshold, and does not depend on how rare anomalies are",
            sources=(FAWCETT,),
        ),
        Rule(
            id="SCORE08",
            when=Otherwise(),
            choice={"headline": "accuracy"},
            because="everybody understands the share of right answers, and no class is rare",
            sources=("Training notes, § Training hacks (simplify)",),
        ),
    ),
)
