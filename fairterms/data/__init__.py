"""What is shipped as data: facts about law, precedents and rates, and invented sample contracts."""
