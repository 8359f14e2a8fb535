"""All decks of a project as a site: built by several processes, each deck only when something it depends on changed.

A deck's record tells what it was made from and what it became; the pages of the site, the manifest and the list of what
may be left alone are all made from records.
"""
