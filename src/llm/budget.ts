/** Whether a call may be paid for. Pure: what was spent comes in, so a journal can ask inside its transaction. */
import type { Cap, Caps } from "./model_card.ts";
import { DOLLAR } from "./price.ts";

/** Tokens and picodollars. */
export interface Amount {
  /** Prompt and output. */
  readonly tokens: number;
  /** 1e-12 USD, whole. */
  readonly pico: number;
}

/** What is spent or reserved already: by this run, by this role in it, and on this day by everybody. */
export interface Spent {
  readonly run: Amount;
  readonly role: Amount;
  readonly day: Amount;
}

/**
 * Why a call may not be made, in words, and what to do; null if it may. What costs nothing passes a cap of dollars that is
 * spent: it has tokens alone to be bounded by.
 */
export function budgetFault(wanted: Amount, role: string, spent: Spent, caps: Caps): string | null {
  const own = Object.hasOwn(caps.roles, role) ? caps.roles[role]! : {};
  return capFault("the run", "run", wanted, spent.run, caps.run) ??
    capFault(`the role ${role}`, `roles.${role}`, wanted, spent.role, own) ??
    capFault("the day", "day", wanted, spent.day, caps.day);
}

function capFault(whose: string, entry: string, wanted: Amount, spent: Amount, cap: Cap): string | null {
  const remedy = (unit: keyof Cap) =>
    `. Raise budget.${entry}.${unit} in the table of models (configs/models.yaml)` +
    (entry === "day" ? ", or go on when the day is over (UTC)" : "");
  if (
    cap.dollars !== undefined && wanted.pico > 0 &&
    spent.pico + wanted.pico > Math.round(cap.dollars * DOLLAR)
  ) {
    return `${whose} may spend ${cap.dollars} USD: ${dollarText(spent.pico)} are spent or reserved, ` +
      `and this call may take ${dollarText(wanted.pico)}${remedy("dollars")}`;
  }
  if (cap.tokens !== undefined && spent.tokens + wanted.tokens > cap.tokens) {
    return `${whose} may use ${cap.tokens} tokens: ${spent.tokens} are used or reserved, ` +
      `and this call may take ${wanted.tokens}${remedy("tokens")}`;
  }
  return null;
}

/** Picodollars as USD with six decimals, rounded up. */
export function dollarText(pico: number): string {
  return (Math.ceil(pico / 1e6) / 1e6).toFixed(6);
}
