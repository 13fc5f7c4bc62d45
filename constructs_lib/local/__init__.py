"""One environment on this machine: load balancers and functions on 127.0.0.1, the proof as their firewall.

Reads Terraform JSON, the packages that lie beside it, and the proof; imports no cdktf. ``running`` starts and
stops everything.
"""
