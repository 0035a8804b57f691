"""The network → jobs: one module for each family of outputs, all listed in ``plan``."""
