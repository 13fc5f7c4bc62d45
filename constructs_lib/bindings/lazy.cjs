"use strict";
// Loaded with --require into the jsii child process: the provider's index.js names 2,200 modules and
// loads them all; here each becomes a getter that loads its module on first use. A file that does not
// look as expected is left as it is.
const Module = require("node:module");

process.noDeprecation = true; // cdktf 0.21 uses util.isArray: nothing that its users can mend

const INDEX = /[\\/]@cdktf[\\/]provider-aws[\\/]lib[\\/]index\.js$/;
const EAGER = /^exports\.(\w+) = require\("(\.\/[\w-]+)"\);$/gm;
const LAZY =
  'Object.defineProperty(exports, "$1", { enumerable: true, configurable: true, get: () => require("$2") });';

const compile = Module.prototype._compile;
Module.prototype._compile = function (content, filename, ...rest) {
  if (!INDEX.test(filename)) return compile.call(this, content, filename, ...rest);
  Module.prototype._compile = compile;
  const requires = content.split("require(").length - 1;
  const lazy = (content.match(EAGER) || []).length;
  if (lazy === 0 || lazy !== requires) {
    process.emitWarning(`the AWS provider's index.js has an unexpected form (${lazy} of ${requires} lines known); loading all of it`);
    return compile.call(this, content, filename, ...rest);
  }
  return compile.call(this, content.replace(EAGER, LAZY), filename, ...rest);
};
