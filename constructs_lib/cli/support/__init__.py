"""What the commands share: files, stacks, the console. No command imports another."""
