"""The days that a contract sets: worked out where they can be, and named where only the person knows the day they count from."""
