/** The life of a paper session as a process: it started, went on, or stopped. Says nothing about money. */
import * as z from "zod";
import { declareEvent } from "./event_kind.ts";

const sessionSchema = z.strictObject({
  type: z.literal("session"),
  time: z.number().describe("ms UTC by the session's clock"),
  row: z.int().min(0).describe("Newest closed bar"),
  what: z.enum(["started", "resumed", "stopped"]),
  reason: z.string().describe("Why; empty where there is nothing to say"),
});

export const sessionEvent = declareEvent({
  schema: sessionSchema,
  label: "Session",
  summary: ({ row, what, reason }) => `${row} ${what}${reason === "" ? "" : `: ${reason}`}`,
});
