"""What the windows of several runs are made of."""
