"use strict";
// Loaded with --require into the jsii child process: the provider's index.js names 2,200 modules and
// loads them all; here each becomes a getter that loads its module on first use. A file that does not
// look as expected is left as it is. CONSTRUCTS_LIB_INDEX, of flavour.py, says which file and how it looks.
const Module = require("node:module");

require("node:util").isArray = Array.isArray; // cdktf 0.21 calls it: deprecated, and gone some day

const { package: name, line } = JSON.parse(process.env.CONSTRUCTS_LIB_INDEX || "{}");
const LAZY =
  'Object.defineProperty(exports, "$1", { enumerable: true, configurable: true, get: () => require("$2") });';

const compile = Module.prototype._compile;
Module.prototype._compile = function (content, filename, ...rest) {
  if (!filename.replaceAll("\\", "/").endsWith(`/${name}/lib/index.js`)) return compile.call(this, content, filename, ...rest);
  Module.prototype._compile = compile;
  const eager = new RegExp(line, "gm");
  const requires = content.split("require(").length - 1;
  const lazy = (content.match(eager) || []).length;
  if (lazy === 0 || lazy !== requires) {
    process.emitWarning(`the AWS provider's index.js has an unexpected form (${lazy} of ${requires} lines known); loading all of it`);
    return compile.call(this, content, filename, ...rest);
  }
  return compile.call(this, content.replace(eager, LAZY), filename, ...rest);
};
