"""What was asked for of speed and memory, and how a benchmark says whether it was met."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """At most so much; `unit` as it is written behind the number."""

    most: float
    unit: str

    def said(self, what: str, measured: float, undisturbed: float | None = None) -> str:
        """One line: what was measured, against what was asked.

        Args:
            undisturbed: the same without what others on this machine took, such as seconds of processor instead of
                those on the clock.
        """
        told = f"- {what}: {measured:,.2f} {self.unit}, asked {self.most:g}: "
        if measured <= self.most:
            return f"{told}met"
        if undisturbed is not None and undisturbed <= self.most:
            return f"{told}met by the processor alone ({undisturbed:,.2f} {self.unit})"
        return f"{told}NOT met"
