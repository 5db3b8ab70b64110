"""The reads of the data map, one module a screen."""
