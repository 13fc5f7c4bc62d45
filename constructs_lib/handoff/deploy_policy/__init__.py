"""IAM policies for whoever applies: what this environment needs, and as little beyond as AWS can say."""
