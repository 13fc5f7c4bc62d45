"""Figures of container images, ECS and Fargate."""
