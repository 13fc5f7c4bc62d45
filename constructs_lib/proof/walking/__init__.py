"""Who reaches whom: the questions asked of the model."""
