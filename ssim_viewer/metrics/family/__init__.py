"""Full-reference metrics of the literature, each a formula in one file with its exact gradient."""
