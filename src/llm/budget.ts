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

/** Why a call may not be made, in words; null if it may. */
export function budgetFault(wanted: Amount, role: string, spent: Spent, caps: Caps): string | null {
  const own = Object.hasOwn(caps.roles, role) ? caps.roles[role]! : {};
  return capFault("the run", wanted, spent.run, caps.run) ??
    capFault(`the role ${role}`, wanted, spent.role, own) ??
    capFault("the day", wanted, spent.day, caps.day);
}

function capFault(whose: string, wanted: Amount, spent: Amount, cap: Cap): string | null {
  if (cap.dollars !== undefined && spent.pico + wanted.pico > Math.round(cap.dollars * DOLLAR)) {
    return `${whose} may spend ${cap.dollars} USD: ${dollarText(spent.pico)} are spent or reserved, ` +
      `and this call may take ${dollarText(wanted.pico)}`;
  }
  if (cap.tokens !== undefined && spent.tokens + wanted.tokens > cap.tokens) {
    return `${whose} may use ${cap.tokens} tokens: ${spent.tokens} are used or reserved, ` +
      `and this call may take ${wanted.tokens}`;
  }
  return null;
}

/** Picodollars as USD with six decimals, rounded up. */
export function dollarText(pico: number): string {
  return (Math.ceil(pico / 1e6) / 1e6).toFixed(6);
}
