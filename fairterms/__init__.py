"""FairTerms reads contracts put before creators and drafts fair answers to them."""

__version__ = "0.1.0"
