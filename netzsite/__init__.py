"""Static sites for networks of local organisations."""

__version__ = "0.1.0"
