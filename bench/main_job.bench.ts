/** Wall time and largest resident memory of the main job as a user starts it, on whatever bars there are. */
import { fileURLToPath } from "node:url";
import { wholeRun } from "./whole_run.ts";

const { wall, peak } = await wholeRun(fileURLToPath(new URL("..", import.meta.url)), []);
console.log(
  `main job done in ${wall.toFixed(0)} s, ${
    peak === null ? "peak memory unknown on this system" : `${peak.toFixed(0)} MB peak resident memory`
  }`,
);
