"""Help for editors: a new site, and what grows beside it."""
