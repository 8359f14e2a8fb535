"""Receipts compared: what of a build came out otherwise this time, on which slide, and because of what."""
