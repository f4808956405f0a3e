"""A whole award round without a browser, by the same services that the pages call.

It plays the right people one after the other and then reads everything again from disk: what
it reports is what was found there, not what was meant.
"""
