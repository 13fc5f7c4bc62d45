"""What is live in the simulated account, across applies, and what AWS refuses because of it."""
