"""Map and charts: plain data → one drawing, the same on the page (SVG) and on paper (PDF), with its table beside."""
