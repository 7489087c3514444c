"""Answers in, a complete Keras training project out, every choice by a documented rule."""

__version__ = "0.1.0"
