"""What is handed to a person, in which form."""
