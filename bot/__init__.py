"""Sổ tay: the branch assistant in Zalo and Telegram."""
