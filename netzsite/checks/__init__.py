"""Rendered outputs and the network → problems; each check is a function of facts."""
