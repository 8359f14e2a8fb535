"""The only door to Playwright: find a Chromium, start it, load pages from memory, evaluate, print, shoot.

`find` and `errors` are light; `session` starts the browser when it is entered: this machine's by itself where that can
be (`by_pipe`), all others with Playwright's driver (`by_playwright`), which takes as long as a small deck.
"""
