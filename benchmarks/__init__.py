"""Measures netzsite beside Hugo and Pelican, on sites of the same posts; README.md says how."""
