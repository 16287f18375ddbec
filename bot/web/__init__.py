"""The web part: webhooks, the reader page, health."""
