"""Engine: a PDF's seal, made with the installation's key, and its verification. Plain Python."""
