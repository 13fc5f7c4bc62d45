"""What runs: functions, their packages and what they are permitted to do."""
