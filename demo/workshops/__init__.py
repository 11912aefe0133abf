"""Workshops of Valbriac: clubs, series at care homes, courses, a class and a weekend, with what happened there."""
