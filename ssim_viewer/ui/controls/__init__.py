"""Fields and panels that a person changes things with."""
