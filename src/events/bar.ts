/** The paper account at the close of one bar. */
import * as z from "zod";
import { declareEvent } from "./event_kind.ts";

const positionSchema = z.strictObject({
  coin: z.string(),
  quantity: z.number().describe("Coins, signed"),
  entry: z.number().describe("Average entry price, USDT"),
  mark: z.number().describe("Mark price at the close, USDT"),
  stop: z.number().describe("USDT; 0 is none"),
  target: z.number().describe("USDT; 0 is none"),
});

const barSchema = z.strictObject({
  type: z.literal("bar"),
  time: z.number().describe("Close of the bar, ms UTC"),
  row: z.int().min(0),
  equity: z.number().describe("USDT"),
  cash: z.number().describe("USDT"),
  drawdown: z.number().describe("Fraction below the highest equity of the session, >= 0"),
  dayReturn: z.number().describe("Since 00:00 UTC, a fraction"),
  gross: z.number().describe("Gross notional over equity"),
  fees: z.number().describe("Paid since the start, USDT"),
  funding: z.number().describe("Paid since the start, USDT"),
  positions: z.array(positionSchema).describe("Coins that are held"),
  iteration: z.int().min(0).describe("Iteration of learning whose decision trades"),
  team: z.array(z.string()).describe("Variants of the champion, by role in the order of the pipeline"),
});

export const barEvent = declareEvent({
  schema: barSchema,
  label: "Bar",
  summary: ({ row, equity, drawdown, positions }) =>
    `${row} equity ${equity.toFixed(2)} USDT, drawdown ${(100 * drawdown).toFixed(2)} %, ` +
    `${positions.length} position${positions.length === 1 ? "" : "s"}`,
});
