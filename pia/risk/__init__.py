"""Risk to people: scenarios, levels with their reasons, and the measures that lower them. Plain Python."""
