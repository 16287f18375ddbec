"""The platforms: each turns its own updates into Incoming, and Outgoing into its own calls."""
