"""From the neutral document to tasks: header rows, merged and flattened cells, outlines, the document's own header."""
