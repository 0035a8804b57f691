"""Addresses of other hosts → what they answer, and what is wrong with it."""
