"""The assessment floor for programs."""
