"""Rules that need a whole deck, or all decks, or a browser; what is made of what they find.

`rules.py` is the table of rules. `checking.py` runs them on a deck, `policy.py` applies the setting `check` and the
waivers written in decks to all that was found, `baseline.py` leaves out what was known before.
"""
