"""How little is too little: asked, studied and overridden data are refused by the same numbers."""

FEWEST_SAMPLES = 20  # in all: fewer cannot be split in three parts
FEWEST_OF_A_CLASS = 5  # so that each part of the split can have some, and training most
LEAST_PRETRAINED_SIZE = 2**5  # pixels: a backbone halves an image five times
RARE_SHARE = 0.05  # of a class: always guessing the other would score over 95 %
VERY_RARE = 0.01  # of one class of many: accuracy hardly changes if none of it is found
MOST = 10**12  # of anything: more is a slip of the hand, or no number that a network can have
