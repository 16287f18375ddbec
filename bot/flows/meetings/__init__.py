"""Meetings: the invitation dialogue, reminders, moves and cancellations."""
