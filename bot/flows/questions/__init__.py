"""Questions and proposals: numbered per branch and year, answered once, passed up and down, merged, closed, published.

Read in this order: asking (and refusing, similar), notices, answering, desk, merging, own, deadlines, published,
listing, rollup, export. The page asks through `submit`.
"""

from bot.flows.questions.asking import submit
from bot.flows.questions.wording import ANSWERING, LONGEST, SHORTEST, Draft, Moment

__all__ = ["ANSWERING", "LONGEST", "SHORTEST", "Draft", "Moment", "submit"]
