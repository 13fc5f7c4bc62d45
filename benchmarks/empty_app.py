"""The floor: an empty stack with cdktf and node, without a provider. Usage: python empty_app.py OUTPUT"""

from __future__ import annotations

import sys

from cdktf import App, TerraformStack

app = App(outdir=sys.argv[1])
TerraformStack(app, "empty")
app.synth()
