// The loop of Lambda's Node.js runtime: handler, context, errors, as AWS's Runtime API asks for them.
// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import {existsSync} from "node:fs";
import http from "node:http";
import {createRequire} from "node:module";
import path from "node:path";
import {pathToFileURL} from "node:url";

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({keepAlive: true, maxSockets: 1});

function call(method, where, body = "") {
  return new Promise((resolve, reject) => {
    const headers = body ? {"content-type": "application/json", "content-length": Buffer.byteLength(body)} : {};
    const request = http.request({host, port, method, path: "/2018-06-01/runtime" + where, headers, agent}, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({headers: answer.headers, body: Buffer.concat(parts).toString()}));
    });
    request.on("error", reject);
    request.end(body);
  });
}

function said(fault, type) {
  const isError = fault instanceof Error;
  const told = {
    errorType: type || (isError ? fault.name : typeof fault),
    errorMessage: isError ? fault.message : String(fault),
    trace: isError && fault.stack ? fault.stack.split("\n") : [],
  };
  console.error(`ERROR\t${told.errorType}: ${told.errorMessage}\n${told.trace.slice(1).join("\n")}`);
  return JSON.stringify(told);
}

async function loaded(name) {
  const dot = name.lastIndexOf(".");
  const root = path.resolve(process.env.LAMBDA_TASK_ROOT, name.slice(0, dot));
  const file = [".js", ".mjs", ".cjs", ""].map((end) => root + end).find((one) => existsSync(one));
  if (!file) throw Object.assign(new Error(`Cannot find module '${name.slice(0, dot)}'`), {name: "Runtime.ImportModuleError"});
  let module;
  if (file.endsWith(".cjs")) module = createRequire(import.meta.url)(file);
  else module = await import(pathToFileURL(file));
  const handler = module[name.slice(dot + 1)] ?? module.default?.[name.slice(dot + 1)];
  if (typeof handler !== "function") {
    throw Object.assign(new Error(`${name} is undefined or not exported`), {name: "Runtime.HandlerNotFound"});
  }
  return handler;
}

function contextOf(headers, done) {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  const env = process.env;
  return {
    callbackWaitsForEmptyEventLoop: true,
    awsRequestId: headers["lambda-runtime-aws-request-id"],
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    succeed: (value) => done(null, value),
    fail: (fault) => done(fault),
    done,
  };
}

function run(handler, event, headers) {
  return new Promise((resolve, reject) => {
    const done = (fault, value) => (fault ? reject(fault) : resolve(value));
    const result = handler(event, contextOf(headers, done), done);
    if (result && typeof result.then === "function") result.then(resolve, reject);
    else if (handler.length < 3) resolve(result);
  });
}

let handler;
try {
  handler = await loaded(process.argv[2]);
} catch (fault) {
  await call("POST", "/init/error", said(fault));
  process.exit(1);
}
for (;;) {
  const {headers, body} = await call("GET", "/invocation/next");
  const id = headers["lambda-runtime-aws-request-id"];
  process.env._X_AMZN_TRACE_ID = headers["lambda-runtime-trace-id"] || "";
  let answer;
  try {
    answer = await run(handler, JSON.parse(body), headers);
  } catch (fault) {
    await call("POST", `/invocation/${id}/error`, said(fault));
    continue;
  }
  await call("POST", `/invocation/${id}/response`, JSON.stringify(answer ?? null));
}
