"""A report that was published in one language, said in another: the same figures in other words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reach.models import PublishedReport
from reach.queries import drafts, naming
from reach.queries.published import content_of
from reach.rules.dimensions import Dimension, Value
from reach.rules.frozen import Content
from reach.rules.scope import Scope


def content_from(twin: PublishedReport) -> Content:
    """What `twin` says, in the language at hand: figures, inhabitants and names of rows as they were kept.

    Counted anew, they would differ from what was published, and nobody would be told that they do.

    Raises:
        NoSuchReport: when it is not published.
    """
    kept = content_of(twin)
    return replace(
        kept,
        scope=naming.scope_said(Scope(structure_id=twin.structure_id)),
        names={by: _named(by, names) for by, names in kept.names.items()},
        definitions=drafts.definitions(),
    )


def _named(by: Dimension, kept: Mapping[Value, str]) -> dict[Value, str]:
    """Rows are called what they were called on that day; settled values, in words of the language at hand."""
    words = naming.names(by, [value for value in kept if not isinstance(value, int)])
    return {value: words.get(value, name) for value, name in kept.items()}
