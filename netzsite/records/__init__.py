"""Files to typed records."""
