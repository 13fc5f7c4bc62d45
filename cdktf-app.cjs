// What cdktf runs (the app line of cdktf.json): main.py, in the Python environment of this folder.
"use strict";
const { spawnSync } = require("node:child_process");
const path = require("node:path");

const windows = process.platform === "win32";
const python = path.join(__dirname, ".venv", ...(windows ? ["Scripts", "python.exe"] : ["bin", "python"]));

function run(command, ...rest) {
  const { error, status } = spawnSync(command, rest, { cwd: __dirname, stdio: "inherit" });
  if (error) console.error(`${command}: ${error.message} (docs/platforms.md of constructs-lib says how to make .venv)`);
  if (status !== 0) process.exit(status || 1);
}

if (!windows) run("make", "--silent", "ready");
run(python, "main.py");
