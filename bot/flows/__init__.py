"""Dialogues and their rules, one file or package per feature."""
