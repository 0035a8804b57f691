"""Dates, opening hours, recurrences and holidays: from words to values, and back."""
