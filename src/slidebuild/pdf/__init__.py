"""The PDF twin: which pages it has (`placeholder`), printing them (`printing`), finishing the file.

The only door to pikepdf; importing the package loads nothing.
"""
