"""The only door to Playwright: find a Chromium, start it, load pages from memory, evaluate, print, shoot.

`find` and `errors` are light; `session` starts Playwright when it is entered.
"""
