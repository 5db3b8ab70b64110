"""Pages of the assessment floor."""
