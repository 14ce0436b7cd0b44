"""Rounds of a negotiation: what was asked, what came back, what is agreed and what is asked next."""
