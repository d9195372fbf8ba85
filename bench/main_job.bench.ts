/** Wall time and largest resident memory of the main job as a user starts it, on whatever bars there are. */
import { fileURLToPath } from "node:url";
import { peakOf } from "./whole_run.ts";

const began = performance.now();
const peak = await peakOf(fileURLToPath(new URL("..", import.meta.url)), []);
console.log(
  `main job done in ${((performance.now() - began) / 1000).toFixed(0)} s, ${
    peak === null ? "peak memory unknown on this system" : `${peak.toFixed(0)} MB peak resident memory`
  }`,
);
