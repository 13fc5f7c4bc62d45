"""Two stacks compared: what is added, changed and replaced, and what that interrupts or meets in AWS."""
