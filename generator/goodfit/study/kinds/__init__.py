"""Kinds of data: tables, images, texts and series, each from evidence to a study."""
