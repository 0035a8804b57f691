"""All records linked into one read-only graph."""
