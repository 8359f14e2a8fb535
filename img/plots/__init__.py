"""The computations and drawings behind `figures.py`, one subject a file."""
