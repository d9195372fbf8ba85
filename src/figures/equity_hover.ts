import { closesHover, type ReadLine } from "./closes_hover.ts";
import { decimal } from "./format.ts";
import type { LinesHover } from "./hover.ts";

/** What a pointer reads in an equity figure: every line's multiple of its start at the nearest close. */
export function equityHover(openTime: Float64Array, lines: readonly ReadLine[], most?: number): LinesHover {
  return closesHover(openTime, lines, (value) => `${decimal(value, 3)}×`, 0, most);
}
