"""Local stand-ins of the Telegram Bot API and the Zalo Bot API, with a chat page for people (docs/sandbox.md).

It imports nothing else of `bot`, so that it cannot share an adapter's mistake.
"""
