"""The records behind a figure, one by one: the same conditions as the figure's, so that they make it again."""
