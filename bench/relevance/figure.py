"""A figure: one value that was measured, and the value that it should reach."""

from typing import NamedTuple


class Figure(NamedTuple):
    """What was measured.

    Attributes:
        name: `relevance.TAG.WHAT`.
        value: A share or a mean, from 0 to 1, or a number of cases.
        goal: The least that it should be, or the most.
        at_most: Whether the goal is the most.
    """

    name: str
    value: float
    goal: float
    at_most: bool = False

    @property
    def met(self) -> bool:
        """Return whether the goal is reached."""
        return self.value <= self.goal if self.at_most else self.value >= self.goal
