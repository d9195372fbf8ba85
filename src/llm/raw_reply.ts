/** What came back of a call, before anybody reads it; this is what cassettes keep. */
import * as z from "zod";

/** @internal The shape stands in the schema. */
export const rawReplySchema = z.discriminatedUnion("kind", [
  /** HTTP 2xx, which is not success yet: the body as text. */
  z.strictObject({ kind: z.literal("body"), text: z.string() }),
  /** Another HTTP status; `retryAfterMs` as the headers state it. */
  z.strictObject({
    kind: z.literal("status"),
    status: z.int(),
    text: z.string(),
    retryAfterMs: z.number().min(0).nullable(),
  }),
  /** No whole reply. Unless it was unreachable, the provider may have worked, and may charge for it. */
  z.strictObject({
    kind: z.literal("cut"),
    reason: z.enum(["timeout", "connection", "unreachable"]),
    text: z.string(),
  }),
  /** Never asked: the budget, an unknown price, a missing key or a prompt beyond the context forbade it. */
  z.strictObject({
    kind: z.literal("unasked"),
    reason: z.enum(["budget", "priceUnknown", "keyMissing", "notRecorded", "tooLong"]),
    text: z.string(),
  }),
]);

/**
 * A reply as it came.
 *
 * @internal
 */
export type RawReply = Readonly<z.output<typeof rawReplySchema>>;
