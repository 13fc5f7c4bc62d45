"""What IAM's actions and AWS's managed policies mean for who gets in."""
