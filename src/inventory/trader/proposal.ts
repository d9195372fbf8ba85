import * as z from "zod";
import type { Coin } from "../../core/universe.ts";

const share = z.number().min(0).max(1);

/**
 * A decision for one coin at one row that was made outside the loop, such as a language model's. It stands from
 * its row until the next one for its coin or until it expires; then the coin is flat.
 */
export const proposalSchema = z.strictObject({
  row: z.int().min(0),
  coin: z.string(),
  direction: z.enum(["long", "short", "flat"]),
  size: share.describe("Share of equity posted as margin"),
  leverage: z.number().min(1).max(100),
  target: z.number().min(0).describe("Take-profit distance as a fraction of the entry; 0 sets none"),
  stop: z.number().min(0).lt(1).describe("Stop distance as a fraction of the entry; 0 sets none"),
  confidence: share.describe("Stated probability that the proposal is right"),
  rationale: z.string(),
  validRows: z.int().min(1).describe("Rows the proposal stands"),
});
/**
 * A decision that was handed in from outside.
 *
 * @internal
 */
export type Proposal = Readonly<z.output<typeof proposalSchema>>;

/** Proposals by who made them: the name of a trader variant, or of a prompt (prompts/listening.ts). */
export type Proposals = Readonly<Record<string, readonly Proposal[]>>;

/**
 * Checks what an outsider says, strictly: a direction in other letters, a number as text, an unknown coin or a
 * field too many is an error, never a guess.
 *
 * @param said One proposal, of any shape.
 * @param rows Rows from..to-1: a proposal is for one of them.
 * @throws {RangeError} The field, the rule and the value.
 */
export function parseProposal(
  said: unknown,
  { from, to }: { readonly from: number; readonly to: number },
  coins: readonly Coin[],
): Proposal {
  const parsed = proposalSchema.safeParse(said);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const field = issue.path.join(".") || "shape";
    throw refusal(field, issue.message, issue.path.length > 0 ? valueAt(said, issue.path) : said);
  }
  const { row, coin } = parsed.data;
  if (row < from || row >= to) throw refusal("row", `must be one of ${from}..${to - 1}`, row);
  if (!coins.includes(coin)) throw refusal("coin", `must be one of ${coins.join(", ")}`, coin);
  return parsed.data;
}

function refusal(field: string, rule: string, value: unknown): RangeError {
  return new RangeError(
    `Cannot plan as a proposal's ${field} breaks a rule: ${rule}: current value is ${JSON.stringify(value)}`,
  );
}

function valueAt(tree: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (branch, key) => (branch as Record<PropertyKey, unknown> | null | undefined)?.[key],
    tree,
  );
}
