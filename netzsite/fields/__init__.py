"""Written values → typed values: what a key may hold, declared once at its field."""
