import { BAR_MS } from "../core/universe.ts";
import { shown } from "../core/shown.ts";
import { plainText } from "./text.ts";
import { cycle, INK, STRONG, VARIANT } from "./theme.ts";
import type { FigureWidth } from "./theme.ts";

/** One account as figures over time see it: a backtest, a strategy of a run, a table of one's own. */
export interface AccountLine {
  /** Its name in legends. */
  readonly label: string;
  /** Open time of each bar, ms UTC, ascending; shape [n], n >= 1. */
  readonly openTime: Float64Array;
  /** Equity at the close of each bar, USDT or any other unit; shape [n]. */
  readonly equity: Float64Array;
  /** Equity before the first bar, > 0, in the same unit. */
  readonly start: number;
}

/** What a figure of plain data is told beside them. */
export interface FigureHead {
  /** Where the data come from; a run's figures say it in full, and SYNTHETIC where they are. */
  readonly subtitle: string;
  /** "page" where it is not said. */
  readonly width?: FigureWidth;
}

/**
 * Refuses what is no head: a figure of plain data does not know where they come from.
 *
 * @throws {RangeError} With what to write.
 */
export function requireHead(head: FigureHead, texts: readonly string[] = ["subtitle"]): void {
  const given = (head ?? {}) as unknown as Readonly<Record<string, unknown>>;
  const missing = texts.find((name) => typeof given[name] !== "string");
  if (missing === undefined) return;
  throw new RangeError(
    `Cannot draw this as its last argument must say ${texts.join(", ")}, such as { ${
      texts.map((name) => name === "subtitle" ? "subtitle: marketSource(market)" : `${name}: "..."`).join(
        ", ",
      )
    } }: ${missing} is ${shown(given[missing])}`,
  );
}

/**
 * Simple net return of each bar, a fraction; shape [n]. From nothing nothing is earned: 0.
 *
 * @throws {RangeError} If equity and times do not have one length >= 1, an equity is not finite, or the start is
 *   not above 0.
 */
export function returnsOf(account: AccountLine): Float64Array {
  requireAccount(account);
  let before = account.start;
  return account.equity.map((equity) => {
    const earned = before > 0 ? equity / before - 1 : 0;
    before = equity;
    return earned;
  });
}

/** Close of each bar, ms UTC; shape [n]. */
export function closesOf({ openTime }: Pick<AccountLine, "openTime">): Float64Array {
  return openTime.map((time) => time + BAR_MS);
}

/** @throws {RangeError} As `returnsOf` does; the account is named. */
export function requireAccount({ label, openTime, equity, start }: AccountLine): void {
  if (
    typeof label !== "string" || ![openTime, equity].every((column) => typeof column?.length === "number")
  ) {
    throw new RangeError(
      `Cannot draw an account as it must have a label, openTime, equity and start, as { label: "Mine", openTime: ` +
        `test.openTime, equity: test.equity, start: test.startingEquity }: its label is ${shown(label)}`,
    );
  }
  const fault = equity.length === 0 || equity.length !== openTime.length
    ? `it must have one equity for each of at least one bar: there are ${equity.length} and ${openTime.length}`
    : !equity.every(Number.isFinite)
    ? `every equity must be finite: row ${equity.findIndex((value) => !Number.isFinite(value))} is not`
    : start > 0
    ? null
    : `its start must be above 0: current value is ${start}`;
  if (fault) throw new RangeError(`Cannot draw account "${plainText(label)}" as ${fault}`);
}

/** How account i of several is drawn: the first strong, the others apart by dash as well as by colour. */
export function accountStyle(i: number) {
  if (i === 0) return { colour: STRONG[0] as string, width: 2, dash: "none", shape: "thick" as const };
  const colours = [STRONG[1], VARIANT[2], VARIANT[3], INK] as const;
  const dash = i % 2 === 1 ? "none" : "5,3";
  return {
    colour: cycle(colours, i - 1),
    width: 1.2,
    dash,
    shape: dash === "none" ? "line" as const : "dashed" as const,
  };
}
