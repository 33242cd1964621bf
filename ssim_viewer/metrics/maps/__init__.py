"""The maps of a pair: one table says what each of them is called, means and is made of."""
