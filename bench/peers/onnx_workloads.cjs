// The _infer workloads in ONNX Runtime, one JSON object a line with the same keys as the other peers.
// usage: node onnx_workloads.cjs [--threads N] [--seconds S] [--list] [workload ...]      (default: all)
// The networks are the files that onnx_export.py writes to models/ beside this file. README.md says how to install the runtime.
"use strict";
const fs = require("fs"), path = require("path"), util = require("util");

const SHAPES = {
  mlp_b1_infer: [1, 784],
  lenet_b1_infer: [1, 1, 28, 28],
  lenet_b256_infer: [256, 1, 28, 28],
  resnet14_b1_infer: [1, 3, 32, 32],
  imagenet_table_b1_infer: [1, 3, 224, 224],
};
const BATCHES = 16;

async function run(ort, name, threads, seconds) {
  const session = await ort.InferenceSession.create(path.join(__dirname, "models", name + ".onnx"),
    { intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: "sequential", graphOptimizationLevel: "all" });
  const shape = SHAPES[name], numbers = shape.reduce((a, b) => a * b), input = session.inputNames[0];
  const feeds = Array.from({ length: BATCHES }, () => ({ [input]: new ort.Tensor("float32", Float32Array.from({ length: numbers }, Math.random), shape) }));
  let turn = 0, start = performance.now();
  const step = () => session.run(feeds[turn++ % BATCHES]);
  for (let warm = 0; warm < 5 || (warm < 2000 && performance.now() - start < 300 * seconds); warm++) await step();
  const times = [];
  start = performance.now();
  while (times.length < 5 || (times.length < 20000 && performance.now() - start < 1000 * seconds)) {
    const before = process.hrtime.bigint();
    await step();
    times.push(Number(process.hrtime.bigint() - before) / 1e6);
  }
  times.sort((a, b) => a - b);
  const middle = times.length >> 1, median = times.length % 2 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
  return { workload: name, engine: "onnxruntime " + ort.env.versions.node, threads, unit: "ms/step", median, min: times[0], steps: times.length, items: shape[0] };
}

async function main() {
  const { values, positionals } = util.parseArgs({
    allowPositionals: true,
    options: { threads: { type: "string", default: "2" }, seconds: { type: "string", default: "3" }, list: { type: "boolean" } },
  });
  const unknown = positionals.filter(name => !(name in SHAPES));
  if (unknown.length) throw new Error(`no workload is called ${unknown.join(", ")}; --list names them all`);
  const missing = Object.keys(SHAPES).find(name => !fs.existsSync(path.join(__dirname, "models", name + ".onnx")));
  if (missing) throw new Error(`models/${missing}.onnx is missing; run onnx_export.py models first`);
  const ort = require("onnxruntime-node");
  if (values.list) return console.log(Object.keys(SHAPES).join("\n"));
  for (const name of positionals.length ? positionals : Object.keys(SHAPES)) console.log(JSON.stringify(await run(ort, name, +values.threads, +values.seconds)));
}

main().catch(error => { console.error(error.message.split("\n")[0]); process.exit(1); });
