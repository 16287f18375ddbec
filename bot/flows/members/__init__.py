"""Members: the roster (reading, checking, applying), made-up rosters, and login."""
