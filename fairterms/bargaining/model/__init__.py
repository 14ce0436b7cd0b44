"""What a chat model may word better, and what its answers have to pass before a person sees them."""
