"""Files for the benchmarks, made from a seed: nothing in them is anybody's."""
