/** False alarms: the product's checks on markets that were used for nothing else. */
import * as z from "zod";
import { productChecks } from "./product_checks.ts";

const checkSchema = z.strictObject({
  layer: z.string(),
  name: z.string(),
  holds: z.boolean(),
  worlds: z.int().min(0),
  compared: z.int().min(0).describe("Values compared"),
  flagged: z.array(z.string()).describe("Outputs that knew the future"),
});
const marketSchema = z.strictObject({ seed: z.int().min(0), checks: z.array(checkSchema).min(1) });
/** What the checks found on fresh markets, as it is stored. */
export const freshMarketsSchema = z.strictObject({ markets: z.array(marketSchema) });
/** What the checks found on fresh markets. */
export type FreshMarkets = Readonly<z.output<typeof freshMarketsSchema>>;

/** All checks of the product on one market. */
export async function freshMarket(seed: number): Promise<FreshMarkets["markets"][number]> {
  const checks = [];
  for (const { layer, name, run } of productChecks(seed)) {
    const { holds, worlds, compared, flagged } = await run();
    checks.push({ layer, name, holds, worlds, compared, flagged: [...flagged] });
  }
  return { seed, checks };
}

/** Alarms: checks that do not hold, by market. */
export function alarms({ markets }: FreshMarkets): string[] {
  return markets.flatMap(({ seed, checks }) =>
    checks.filter(({ holds }) => !holds).map(({ name, flagged }) =>
      `market ${seed}: ${name}: ${flagged.slice(0, 5).join(", ")}`
    )
  );
}
