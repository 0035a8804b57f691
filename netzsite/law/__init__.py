"""What German law asks of a website, as tables."""
