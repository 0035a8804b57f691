"""Jobs and how they become bytes: templates, texts, and what checks read from the result."""
