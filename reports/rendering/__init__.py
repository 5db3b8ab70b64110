"""Engine: finished HTML and its assets become a tagged, reproducible PDF/A-3. Plain Python."""
