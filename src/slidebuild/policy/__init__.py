"""What is made of findings, in every command: the setting `check` says how bad they are, waivers say which are meant.

found = judge_deck(found, compiled)     # what html, pdf, png, serve and build tell, and what `--strict` counts
"""

from slidebuild.policy.judging import judge, judge_deck, levels

__all__ = ["judge", "judge_deck", "levels"]
