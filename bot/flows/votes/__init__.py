"""Open advisory votes and records of hand counts.

Read in this order: rules (what may be put to the vote, and what passes), words, ballot (a member's side), opening,
desk (the chair's side), counting and hands (raised hands), sweeping.
"""
