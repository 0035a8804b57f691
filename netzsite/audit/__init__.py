"""Published files → facts: what they link to, load and run, and what is amiss in them."""
