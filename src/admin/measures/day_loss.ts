import { percent } from "../../figures/format.ts";
import type { Measure } from "../measure.ts";

/** Loss since 00:00 UTC at a close, a fraction; negative for a profit. */
export const dayLoss: Measure = () => (event) =>
  event.type === "bar"
    ? { value: -event.dayReturn, text: `${percent(-event.dayReturn)} lost since 00:00 UTC` }
    : null;
