"""The demonstration: two projects of an invented start-up, made through the same services and jobs as anybody's."""
