/** What a difference between books and exchange leaves allowed. */
import type { GuardBreach, GuardMemory, GuardState } from "./guards.ts";
import type { Difference } from "./reconcile.ts";

const RULE = "reconciliation";

/**
 * Guards after the books were compared: positions that differ halt, since no order can be sized on them; cash or orders
 * that differ leave reducing, until they agree again. A state that is as bad already stays, and nothing is said twice.
 */
export function guardReconciled(
  memory: GuardMemory,
  differences: readonly Difference[],
): { readonly memory: GuardMemory; readonly breach: GuardBreach | null } {
  const { state, rule } = memory;
  const wanted: GuardState = differences.length === 0
    ? "active"
    : differences.some(({ what }) => what === "position")
    ? "halted"
    : "reducing";
  if (wanted === "halted" ? state !== "halted" : wanted === "reducing" && state === "active") {
    const breach = { to: wanted, rule: RULE, value: differences.length, limit: 0 };
    return { memory: { ...memory, state: wanted, rule: RULE }, breach };
  }
  if (wanted === "active" && state === "reducing" && rule === RULE) {
    const breach = { to: wanted, rule: `${RULE} is over`, value: null, limit: null };
    return { memory: { ...memory, state: wanted, rule: "" }, breach };
  }
  return { memory, breach: null };
}
