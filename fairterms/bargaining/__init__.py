"""From findings and precedents to what to ask for."""
