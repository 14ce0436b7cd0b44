"""What kinds of terms exist, and what a union says about each."""
