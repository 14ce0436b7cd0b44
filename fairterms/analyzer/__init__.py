"""From a contract file to findings; works offline and keeps no state."""
