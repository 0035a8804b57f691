"""Record files → typed records: what a site, an actor, an offer, a post consists of."""
