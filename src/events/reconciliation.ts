/** A paper session's books against the exchange's. */
import * as z from "zod";
import { declareEvent } from "./event_kind.ts";

const reconciliationSchema = z.strictObject({
  type: z.literal("reconciliation"),
  time: z.number().describe("ms UTC by the session's clock"),
  row: z.int().min(0).describe("Newest closed bar"),
  agrees: z.boolean(),
  differences: z.array(z.strictObject({
    what: z.enum(["cash", "position", "order"]),
    name: z.string().describe("USDT, the coin, or the order's client id"),
    booked: z.number(),
    exchange: z.number(),
  })),
});

export const reconciliationEvent = declareEvent({
  schema: reconciliationSchema,
  label: "Reconciliation",
  summary: ({ row, agrees, differences }) =>
    `${row} ${
      agrees
        ? "books agree"
        : differences.map((one) => `${one.what} ${one.name}: booked ${one.booked}, exchange ${one.exchange}`)
          .join("; ")
    }`,
});
