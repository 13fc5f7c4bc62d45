"""What runs inside a function's own process; uses the standard library alone, of Python 3.9 and newer.

These files are never imported by this project: a function's interpreter, which may be another one, runs them.
"""
