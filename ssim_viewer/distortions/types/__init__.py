"""The built-in types of distortion, a file a family."""
