"""How a benchmark says whether it kept what was asked."""

from __future__ import annotations

import pytest

from bench import bench_reach
from bench.asked import Asked


@pytest.mark.parametrize(
    ("measured", "undisturbed", "said"),
    [
        (0.914, 1.2, "- page: 0.91 s, asked 1: met"),
        (1.0, None, "- page: 1.00 s, asked 1: met"),
        (1.24, 0.87, "- page: 1.24 s, asked 1: met by the processor alone (0.87 s)"),
        (1.24, 1.38, "- page: 1.24 s, asked 1: NOT met"),
        (1.24, None, "- page: 1.24 s, asked 1: NOT met"),
    ],
)
def test_what_was_measured_stands_against_what_was_asked(measured, undisturbed, said):
    assert Asked(1, "s").said("page", measured, undisturbed) == said


def test_each_limit_of_reach_is_of_something_that_is_measured():
    for limits in bench_reach.ASKED.values():
        assert set(limits) <= {*bench_reach.PAGES, bench_reach.REPORT}
