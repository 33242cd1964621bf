"""The synthesis room."""
