"""The network: its plan, its subnets and routes, its endpoints, and who may talk to whom."""
