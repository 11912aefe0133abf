"""Decisions about records: what one may say, who may change it, age bands."""
