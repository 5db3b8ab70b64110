"""SVG drawn on the server: no script, no style attribute, every text escaped by the serialiser."""
