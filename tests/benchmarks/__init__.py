"""What the product promises in figures, each against its peer in the same run. Not tests: nothing passes or fails."""
