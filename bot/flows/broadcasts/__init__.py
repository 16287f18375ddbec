"""What becomes of what was sent: progress, pause, cancel, and sending again to those who did not get it."""
