"""Reads tables: every cell as text, then what it means by what is recorded of its column.

The study of your data and the project that is made of it read with these files, so that both see
the same rows, names, numbers, categories and missing values.

    frame = read_frame(path, config.data)      tables.py: rows of a file of any format
    numbers_in(frame["size"], config.data)     cells.py: what the cells of a column mean
"""
