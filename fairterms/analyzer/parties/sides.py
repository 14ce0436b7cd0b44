"""Somebody who may be a party, with what speaks for which side."""

from __future__ import annotations

from dataclasses import dataclass, field

SHORT = 1500  # characters; below that a word used once is all the evidence there is
CLEAR = 3.0  # the weight of a word that names one side only, and the least at which a word does
EVIDENT = 1.5  # the weight at which a party is taken for one side by itself
APART = 2.5  # how far two parties must be apart for one to be the creator and one the company
LEAST_APART = 1.0  # the same, where the contract says that these two are its parties


@dataclass(slots=True, eq=False)
class Side:
    """Somebody who may be a party: what the contract calls them, and what speaks for which side.

    ``weight`` is what the words alone say, above 0 for a creator; ``gives`` and ``takes`` count what they do.
    """

    weight: float = 0.0
    told: float = 0.0  # what is said of them: a firm, a person
    names: list[str] = field(default_factory=list)
    defined: bool = False
    place: int = 1_000_000  # where the definition stands
    proper: bool = False  # known by a name of their own and not by a role word
    go_between: bool = False
    worth: int = 0  # uses that a definition counts for
    quoted: bool = False  # stands between quotation marks somewhere
    seen: int = 0
    gives: float = 0.0
    takes: float = 0.0

    @property
    def uses(self) -> int:
        # A defined name is worth more than a word in passing, once it also does something.
        return self.worth + self.seen + (6 if self.quoted and (self.seen or self.told) else 0)

    @property
    def flow(self) -> float:
        return 6 * (self.gives - self.takes) / (self.gives + self.takes + 2)

    @property
    def shown(self) -> float:
        return self.weight + self.flow

    @property
    def sided(self) -> float:
        """The same, but a word that names one side only is not overruled by what its bearer does."""
        return self.weight if abs(self.weight) >= CLEAR else self.shown
