"""Passes over the trees of a slide, one concern a file."""
