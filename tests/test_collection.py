"""Two workers collect the tests, each for itself, and stop where their names differ."""

from __future__ import annotations

import os

import pytest


@pytest.mark.parametrize("content", [os.urandom(8)])
def test_bytes_that_differ_each_time_do_not_name_a_test(request, content):
    assert len(content) == 8
    assert request.node.callspec.id == "bytes"
