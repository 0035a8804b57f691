"""Rendered files → facts: what they link to, what they load and run, what is amiss in them."""
