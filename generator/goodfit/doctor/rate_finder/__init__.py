"""Find a learning rate: ramps, the usual readings of them, and short runs at each candidate."""
