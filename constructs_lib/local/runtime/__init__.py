"""Lambda's runtime: a process for each invocation at a time, behind AWS's Runtime API."""
