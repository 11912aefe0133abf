"""Pages and papers of the self-assessment: what is asked, what was answered, how far people came."""

from __future__ import annotations

from workshops.views.skills import chart, counting, page, paper, questions, writing  # noqa: F401  they hang routes on bp
from workshops.views.skills.blueprint import bp

__all__ = ["bp"]
