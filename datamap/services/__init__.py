"""The verbs of the data map, one module a screen."""
