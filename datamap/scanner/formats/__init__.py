"""One module per sample format, each with `read(source) -> Stream`."""
