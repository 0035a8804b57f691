"""YAML text → nodes with positions, and the place of each character of a value."""
