"""The quota planner: how a broadcast goes on channels whose month has a limit (zalo-bot-api.md, Plans)."""
