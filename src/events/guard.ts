/** A guard of a paper session changed what may be done. */
import * as z from "zod";
import { declareEvent } from "./event_kind.ts";

/** active: everything; reducing: only what makes positions smaller; halted: nothing is sent. */
export const GUARD_STATES = ["active", "reducing", "halted"] as const;

const guardSchema = z.strictObject({
  type: z.literal("guard"),
  time: z.number().describe("ms UTC by the session's clock"),
  row: z.int().min(0).describe("Newest closed bar"),
  from: z.enum(GUARD_STATES),
  to: z.enum(GUARD_STATES),
  rule: z.string().describe("The limit that was met, or who asked"),
  value: z.number().nullable().describe("What was measured; null where somebody asked"),
  limit: z.number().nullable().describe("What it may be at most"),
});

export const guardEvent = declareEvent({
  schema: guardSchema,
  label: "Guard",
  summary: ({ row, from, to, rule }) => `${row} ${from} to ${to}: ${rule}`,
});
