"""Speed and memory of the program, beside peers and the floor; every module prints a table."""
