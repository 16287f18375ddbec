"""Tables and their queries, one file per aggregate; imports nothing of `bot`."""
