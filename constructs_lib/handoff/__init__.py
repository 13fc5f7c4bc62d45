"""What an ops team receives: the picture, the report and the cost of a synthesized environment."""
