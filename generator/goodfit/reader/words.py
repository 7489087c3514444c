"""What a word of a text is, in study and project alike."""

# Thai, Lao, Burmese, Khmer, kana and Chinese put no space between words: each sign is one.
SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
# Accents, Hebrew and Arabic points and Indian vowel signs belong to the word they stand in.
MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff"
WORD = rf"[{SPACELESS}]|(?:[^\W{SPACELESS}]|[{MARKS}])+|[^\w\s]"
"""A word, or any other sign, as `re` and Polars both read it; the text in the form NFKC."""
