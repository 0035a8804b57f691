"""Answers and edits → record files: new ones, a whole new site, confirmations."""
