"""The way from content to a published folder."""
