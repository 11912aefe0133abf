"""From a file to rows, from a row to what we keep of it: pure, but for the reading of bytes."""
