"""A site and a day → what is to be done, and what there is for whom."""
