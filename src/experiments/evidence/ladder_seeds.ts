/** Which markets the ladder is asked of: those that it was begun with, and none that its specialist was made on. */
import { UserError } from "../../core/user_error.ts";
import type { Ladder } from "./ladder.ts";

/** Market seeds that were kept for the ladder. */
export const USUAL_LADDER: readonly number[] = Array.from({ length: 20 }, (_, i) => 821 + i);
/** The specialist of L5 was made on market seeds 1 to 8: there its credit shows nothing. */
const MADE_ON = [1, 8] as const;

/** Market seeds of a ladder, ascending; those that were kept for it where nothing is stored. */
export function ladderSeeds({ markets, credit, fields }: Ladder): readonly number[] {
  const stored = new Set([...markets, ...credit, ...fields].map(({ marketSeed }) => marketSeed));
  return stored.size === 0 ? USUAL_LADDER : [...stored].sort((a, b) => a - b);
}

/** Flags that ask for market seeds, which follow one another. */
export function seedFlags(seeds: readonly number[]): string {
  return `--first ${seeds[0]} --markets ${seeds.length}`;
}

/**
 * Credit is told market by market before anything else is run. While it is, a ladder that was stopped goes on to as many
 * markets as it was begun for; from then on its markets are those that it has.
 *
 * @param asked Market seeds, which follow one another.
 * @throws {UserError} If they are others, or among those that the specialist was made on.
 */
export function requireLadderSeeds(ladder: Ladder, asked: readonly number[], out: string): void {
  const stored = ladderSeeds(ladder), begun = ladder.credit.length > 0;
  if (asked.some((seed) => seed >= MADE_ON[0] && seed <= MADE_ON[1])) {
    throw new UserError(
      `Cannot run the ladder as its markets must not be those that the specialist of L5 was made on, ${
        spanOf(MADE_ON)
      }: current value is ${spanOf(asked)}. Give ${seedFlags(begun ? stored : USUAL_LADDER)}`,
    );
  }
  const underWay = ladder.markets.length === 0 && ladder.fields.length === 0;
  const holds = stored.every((seed) => asked.includes(seed)) && (underWay || asked.length === stored.length);
  if (!begun || holds) return;
  throw new UserError(
    `Cannot go on with ${out} as its markets must be those that it was begun with, ${spanOf(stored)}: ` +
      `current value is ${spanOf(asked)}. Give ${seedFlags(stored)}, or another file by --out`,
  );
}

/** "821 to 840". */
export function spanOf(seeds: readonly number[]): string {
  return `${seeds[0]} to ${seeds.at(-1)}`;
}
