import type { Computation } from "../probe.ts";

/** A way to look ahead that was planted on purpose, and the same computation done honestly. */
export interface PlantedCheat {
  readonly cheat: Computation;
  readonly honest: Computation;
}
