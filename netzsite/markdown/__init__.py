"""Markdown → sanitised HTML in fragments, with what is lost or unclear on the way told."""
