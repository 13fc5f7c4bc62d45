"""What of an environment is watched, and who hears of it."""
