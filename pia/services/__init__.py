"""The verbs of the assessment floor."""
