"""What stands on the path of every Python process of a function: ``sitecustomize``, and nothing else."""
