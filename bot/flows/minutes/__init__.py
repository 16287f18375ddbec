"""Minutes and resolutions of meetings: drafted, edited, approved, sent."""
