"""Is an assessment required? Answers and facts in, a result with its reasons out. Plain Python."""
