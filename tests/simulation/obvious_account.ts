/**
 * The rules of one account, written a second time from their description: one object per position, order and
 * bar, everything computed afresh from the panel, no thought of speed. The event loop must agree with it on
 * every fill.
 */
import { BAR_MS } from "popagent/core/universe.ts";
import type { Panel } from "popagent/market/panel.ts";
import type { CostModel } from "popagent/simulation/costs.ts";
import type { Instrument, InstrumentTerms } from "popagent/core/universe.ts";
import { LIMITS, LIMITS_WIDTH } from "popagent/simulation/limits.ts";
import type { Limits } from "popagent/simulation/limits.ts";
import { PLAN, planIndex } from "popagent/simulation/plan.ts";
import type { Plan } from "popagent/simulation/plan.ts";

export interface ObviousFill {
  readonly row: number;
  readonly coin: number;
  readonly kind: string;
  readonly quantity: number;
  readonly price: number;
  readonly fee: number;
  readonly realised: number;
}

interface Position {
  side: "long" | "short";
  quantity: number;
  entry: number;
  basis: number;
  margin: number;
  /** Maintenance margin over notional, as of the last fill that enlarged it. */
  rate: number;
  stop: number | null;
  target: number | null;
  /** Whether the target was in the book before this bar opened. */
  targetRested: boolean;
}

interface LimitOrder {
  side: "long" | "short";
  quantity: number;
  price: number;
  leverage: number;
  stop: number;
  target: number;
  lastRow: number;
}

interface Order {
  cut: boolean;
  targetSide: "long" | "short" | "flat";
  notional: number;
  leverage: number;
}

export interface ObviousResult {
  readonly equity: number[];
  readonly fills: ObviousFill[];
  readonly verdicts: { pass: number; soft: number; hard: number };
}

export class ObviousAccount {
  readonly fills: ObviousFill[] = [];
  readonly verdicts = { pass: 0, soft: 0, hard: 0 };
  private cash: number;
  private equity: number;
  private peak: number;
  private dayEquity: number;
  private blockedToday = false;
  private pause: { lastRow: number } | null = null;
  private closed = false;
  /** Equity at every decision so far, and the share of full size that each of them left in force. */
  private readonly decided: { equity: number; scale: number }[] = [];
  readonly scales: { drawdown: number; volatility: number }[] = [];
  private refusing: boolean[] = [];
  private positions: (Position | null)[];
  private resting: (LimitOrder | null)[];
  private cooldowns: ({ side: string; lastRow: number } | null)[];

  constructor(
    private readonly panel: Panel,
    private readonly costs: CostModel,
    private readonly instruments: readonly Instrument[],
    private readonly plan: Plan,
    private readonly limits: Limits,
    private readonly start: number,
    private readonly drawdown: "scale" | "pause",
  ) {
    this.cash =
      this.equity =
      this.peak =
      this.dayEquity =
        start;
    this.positions = panel.coins.map(() => null);
    this.resting = panel.coins.map(() => null);
    this.cooldowns = panel.coins.map(() => null);
  }

  run(from: number, to: number, adopt: readonly number[]): ObviousResult {
    const equity: number[] = [];
    for (let row = from; row < to; row++) {
      const newTeam = adopt.includes(row);
      if (newTeam) this.resting = this.resting.map(() => null);
      const orders = this.decide(row - 1);
      this.open(row, orders, newTeam);
      for (let coin = 0; coin < this.panel.coins.length; coin++) this.inside(row, coin);
      this.mark(row);
      equity.push(this.equity);
    }
    return { equity, fills: this.fills, verdicts: this.verdicts };
  }

  // ---- the market ----

  private bar(row: number, coin: number) {
    const c = this.panel.coins[coin]!;
    return {
      open: c.open[row]!,
      high: c.high[row]!,
      low: c.low[row]!,
      close: c.close[row]!,
      markOpen: c.markOpen[row]!,
      markHigh: c.markHigh[row]!,
      markLow: c.markLow[row]!,
      markClose: c.markClose[row]!,
      funding: c.fundingRate[row]!,
      volume: c.volume[row]!,
    };
  }

  private medianTurnover(row: number, coin: number): number {
    const past = [...this.panel.coins[coin]!.turnover.slice(Math.max(0, row - 42), row)].sort((a, b) =>
      a - b
    );
    const half = past.length / 2;
    return past.length % 2 ? past[Math.floor(half)]! : (past[half - 1]! + past[half]!) / 2;
  }

  private volatility(row: number, coin: number): number {
    const close = this.panel.coins[coin]!.close;
    let variance = 0;
    for (let i = 1; i < row; i++) variance = 0.97 * variance + 0.03 * (close[i]! / close[i - 1]! - 1) ** 2;
    return Math.max(Math.sqrt(variance), 1e-6);
  }

  private slippage(row: number, coin: number, notional: number, sd: number): number {
    const floor = this.costs.halfSpread[coin]!;
    const half = this.tick(row, coin) / 2 / this.bar(row, coin).open;
    const spread = floor === 0 ? 0 : Math.max(floor, half);
    return spread +
      this.costs.impact * sd * Math.sqrt(notional / this.medianTurnover(row, coin));
  }

  /** The terms with the latest start that is not after the row's open; before the first, the first. */
  private terms(row: number, coin: number): InstrumentTerms {
    const { terms } = this.instruments[coin]!;
    const begun = terms.filter(({ from }) => from <= this.panel.openTime[row]!);
    return begun.length > 0 ? begun[begun.length - 1]! : terms[0]!;
  }

  /** A tenth of the declared tick for every power of ten that the last close lies below `tickFrom`. */
  private tick(row: number, coin: number): number {
    const { tick, tickFrom } = this.terms(row, coin);
    const last = row === 0 ? this.bar(0, coin).open : this.panel.coins[coin]!.close[row - 1]!;
    if (last >= tickFrom) return tick;
    return tick / 10 ** (Math.floor(Math.log10(tickFrom / last) - 1e-12) + 1);
  }

  private ticks(row: number, coin: number, price: number, how: "up" | "down" | "near"): number {
    const perUnit = Math.round(1 / this.tick(row, coin));
    const n = price * perUnit;
    return (how === "near" ? Math.round(n) : how === "up" ? Math.ceil(n - 1e-6) : Math.floor(n + 1e-6)) /
      perUnit;
  }

  private lots(row: number, coin: number, quantity: number): number {
    const perUnit = Math.round(1 / this.terms(row, coin).lot);
    return Math.floor(quantity * perUnit + 1e-6) / perUnit;
  }

  private marketPrice(
    row: number,
    coin: number,
    reference: number,
    buy: boolean,
    notional: number,
    sd = this.volatility(row, coin),
  ): number {
    const slip = this.slippage(row, coin, notional, sd);
    return buy
      ? this.ticks(row, coin, reference * (1 + slip), "up")
      : this.ticks(row, coin, reference * (1 - slip), "down");
  }

  // ---- the decision ----

  private wish(row: number, coin: number) {
    const value = (name: keyof typeof PLAN) =>
      this.plan.values[planIndex(this.plan.coins, row, coin) + PLAN[name]]!;
    return {
      conviction: value("conviction"),
      leverage: value("leverage"),
      baseSize: value("baseSize"),
      riskPerTrade: value("riskPerTrade"),
      stop: value("stop"),
      target: value("target"),
      limitOffset: value("limitOffset"),
      limitRows: value("limitRows"),
    };
  }

  private limit(row: number, name: keyof typeof LIMITS): number {
    return this.limits.values[row * LIMITS_WIDTH + LIMITS[name]]!;
  }

  private decide(row: number): (Order | null)[] {
    if (this.closed) return this.closeEverything();

    const scale = this.drawdown === "scale" ? this.scaleAt(row) : 1;
    const paused = this.drawdown === "scale" ? scale === 0 : this.pauses(row);
    if (!paused) {
      const most = this.limit(row, "dailyLoss");
      if (most < 1 && this.equity <= this.dayEquity * (1 - most)) this.blockedToday = true;
    }

    const judged = this.judge(row, paused ? 1 : scale); // what is refused is the whole wish
    const refused = this.panel.coins.map(() => false);
    const orders: (Order | null)[] = judged.map(({ signed, leverage, cut }, coin) => {
      const position = this.positions[coin]!;
      const value = position === null
        ? 0
        : (position.side === "long" ? 1 : -1) * position.quantity * this.bar(row, coin).markClose;
      const sideOf = (x: number) => x > 0 ? "long" : x < 0 ? "short" : "flat";
      const differs = sideOf(signed) !== sideOf(value) || Math.abs(signed - value) > 0.25 * Math.abs(signed);
      if (!differs || (signed === 0 && value === 0)) {
        this.resting[coin] = null;
        return null;
      }
      const flip = value !== 0 && sideOf(signed) !== "flat" && sideOf(signed) !== sideOf(value);
      const enlarging = sideOf(signed) !== "flat" &&
        (value === 0 || flip || Math.abs(signed) > Math.abs(value));
      const closing: Order = { cut, targetSide: "flat", notional: 0, leverage: 1 };
      if (enlarging && (paused || this.blockedToday)) {
        refused[coin] = true;
        this.resting[coin] = null;
        return flip ? closing : null;
      }
      const wish = this.wish(row, coin);
      if (enlarging && wish.limitOffset > 0) {
        const resting = this.resting[coin] ?? null;
        if (resting === null || resting.side !== sideOf(signed) || row + 1 > resting.lastRow) {
          this.resting[coin] = this.newLimit(
            row,
            coin,
            signed,
            leverage,
            flip || position === null ? 0 : position.quantity,
          );
          if (this.resting[coin]) this.count(cut);
        }
        return flip ? closing : null;
      }
      this.resting[coin] = null;
      return { cut, targetSide: sideOf(signed), notional: Math.abs(signed), leverage };
    });
    refused.forEach((now, coin) => {
      if (now && !this.refusing[coin]) this.verdicts.hard++; // one that lasts is counted when it begins
    });
    this.refusing = refused;
    return paused ? this.closeEverything() : orders;
  }

  private pauses(row: number): boolean {
    if (this.pause && row <= this.pause.lastRow) return true;
    if (this.pause) this.peak = this.equity;
    this.pause = null;
    this.peak = Math.max(this.peak, this.equity);
    const most = this.limit(row, "maxDrawdown");
    if (most === 1 || this.equity > this.peak * (1 - most)) return false;
    this.pause = { lastRow: row + 41 };
    return true;
  }

  /** The share of full size at a decision, from the whole of the account's past: no state but what it held. */
  private scaleAt(row: number): number {
    const equities = [this.start, ...this.decided.map(({ equity }) => equity), this.equity];
    let peak = this.start;
    for (const equity of equities) peak = Math.max(equity, equity + (peak - equity) * Math.pow(0.5, 1 / 540));
    const unscaled = equities.slice(1).map((equity, i) => {
      const inForce = i === 0 ? 1 : this.decided[i - 1]!.scale;
      return (equity / equities[i]! - 1) / Math.max(inForce, 0.05);
    }).filter((u) => u !== 0).reverse(); // the newest first
    const weights = unscaled.map((_, age) => Math.pow(0.98, age));
    const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
    const sd = Math.sqrt(2190 * sum(unscaled.map((u, age) => weights[age]! * u * u)) / sum(weights));

    const limit = this.limit(row, "maxDrawdown");
    let drawdown = Math.max(0, 1 - (1 - this.equity / peak) / limit);
    if (drawdown < 0.02) drawdown = 0;
    let volatility = unscaled.length === 0 ? 1 : Math.min(1, 2 * limit / sd);
    if (limit === 1) drawdown = volatility = 1;
    this.decided.push({ equity: this.equity, scale: drawdown * volatility });
    this.scales.push({ drawdown, volatility });
    return drawdown * volatility;
  }

  private count(cut: boolean): void {
    cut ? this.verdicts.soft++ : this.verdicts.pass++;
  }

  private closeEverything(): (Order | null)[] {
    this.resting = this.resting.map(() => null);
    return this.positions.map((p) =>
      p === null ? null : { cut: false, targetSide: "flat", notional: 0, leverage: 1 }
    );
  }

  private judge(row: number, scale: number): { signed: number; leverage: number; cut: boolean }[] {
    const cap = this.limit(row, "maxLeverage");
    const targets = this.panel.coins.map((_, coin) => {
      const wish = this.wish(row, coin);
      const cooldown = this.cooldowns[coin]!;
      let cools = false;
      if (cooldown) {
        const turned = (wish.conviction < 0 && cooldown.side === "long") ||
          (wish.conviction > 0 && cooldown.side === "short");
        if (!turned && row <= cooldown.lastRow) cools = true;
        else this.cooldowns[coin] = null;
      }
      const leverage = Math.max(1, Math.min(wish.leverage, cap));
      const strength = cools ? 0 : Math.abs(wish.conviction) * wish.baseSize;
      const byRisk = wish.stop > 0 ? wish.riskPerTrade / wish.stop : Infinity;
      let notional = strength === 0 ? 0 : Math.min(strength * leverage, byRisk) * this.equity;
      let cut = strength > 0 && leverage < wish.leverage; // who wants nothing is cut nothing
      if (notional / (leverage * this.equity) > this.limit(row, "maxPosition") * (1 + 1e-12)) {
        notional = this.limit(row, "maxPosition") * leverage * this.equity;
        cut = true;
      }
      return { sign: Math.sign(wish.conviction), notional, leverage, cut };
    });
    const margin = targets.reduce((sum, one) => sum + one.notional / one.leverage, 0);
    const gross = targets.reduce((sum, one) => sum + one.notional, 0);
    const room = (1 - this.limit(row, "marginBuffer")) * this.equity;
    const factors = [1];
    if (margin > room * (1 + 1e-12)) factors.push(room / margin);
    const mostGross = this.limit(row, "maxGross") * this.equity;
    if (gross > mostGross * (1 + 1e-12)) factors.push(mostGross / gross);
    const factor = Math.min(...factors);
    return targets.map(({ sign, notional, leverage, cut }, coin) => {
      const most = this.costs.participation * this.medianTurnover(row + 1, coin);
      const scaled = notional * factor * scale;
      return {
        signed: sign * Math.min(scaled, most),
        leverage,
        cut: cut || (notional > 0 && (factor * scale < 1 || scaled > most)),
      };
    });
  }

  private newLimit(
    row: number,
    coin: number,
    signed: number,
    leverage: number,
    held: number,
  ): LimitOrder | null {
    const wish = this.wish(row, coin);
    const { close } = this.bar(row, coin);
    const price = signed > 0
      ? this.ticks(row, coin, close * (1 - wish.limitOffset), "up")
      : this.ticks(row, coin, close * (1 + wish.limitOffset), "down");
    const quantity = this.lots(row, coin, Math.abs(signed) / price) - held;
    if (quantity * price < 5) return null;
    return {
      side: signed > 0 ? "long" : "short",
      quantity,
      price,
      leverage,
      stop: wish.stop,
      target: wish.target,
      lastRow: row + wish.limitRows,
    };
  }

  // ---- the open ----

  private open(row: number, orders: (Order | null)[], newTeam: boolean): void {
    const time = this.panel.openTime[row]!;
    const flipPrice = new Map<number, number>();
    for (let coin = 0; coin < this.panel.coins.length; coin++) {
      const position = this.positions[coin];
      if (!position) continue;
      position.targetRested = true;
      const bar = this.bar(row, coin);
      const sign = position.side === "long" ? 1 : -1;
      const changed = row > 0 && bar.funding !== this.bar(row - 1, coin).funding;
      const settles = (time / 3_600_000) % this.terms(row, coin).fundingHours === 0 ||
        (this.panel.source.kind === "bybit" && changed);
      if (settles && bar.funding !== 0) {
        const payment = sign * position.quantity * bar.markOpen * bar.funding;
        this.cash -= payment;
        this.note(row, coin, "funding", sign * position.quantity, bar.markOpen, 0, -payment);
      }
    }
    for (let coin = 0; coin < this.panel.coins.length; coin++) {
      const position = this.positions[coin];
      if (!position) continue;
      const bar = this.bar(row, coin);
      if (newTeam) {
        position.basis = bar.open;
        const wish = this.wish(row - 1, coin);
        this.setLevels(row, coin, position, wish.stop, wish.target);
      }
      const order = bar.volume === 0 ? null : orders[coin];
      if (!order) continue;
      const value = position.quantity * bar.open;
      if (order.targetSide !== position.side) {
        const price = this.marketPrice(
          row,
          coin,
          bar.open,
          position.side === "short",
          value + order.notional,
        );
        flipPrice.set(coin, price);
        this.count(order.cut); // a flip is one order, counted when it closes
        this.takeOff(row, coin, position.quantity, price, this.costs.takerFee, "close");
      } else if (order.notional < position.quantity * this.bar(row - 1, coin).markClose) {
        const price = this.marketPrice(
          row,
          coin,
          bar.open,
          position.side === "short",
          Math.abs(value - order.notional),
        );
        const keep = this.lots(row, coin, order.notional / price);
        if (keep === 0) {
          this.count(order.cut);
          this.takeOff(row, coin, position.quantity, price, this.costs.takerFee, "close");
        } else if ((position.quantity - keep) * price >= 5) {
          this.count(order.cut);
          this.takeOff(row, coin, position.quantity - keep, price, this.costs.takerFee, "reduce");
        }
        orders[coin] = null;
      }
    }
    for (let coin = 0; coin < this.panel.coins.length; coin++) {
      const order = orders[coin];
      const { open, volume } = this.bar(row, coin);
      if (!order || order.targetSide === "flat" || volume === 0) continue;
      const held = this.positions[coin]?.quantity ?? 0;
      const price = flipPrice.get(coin) ??
        this.marketPrice(
          row,
          coin,
          open,
          order.targetSide === "long",
          Math.abs(order.notional - held * open),
        );
      const wish = this.wish(row - 1, coin);
      const wanted = this.lots(row, coin, order.notional / price) - held;
      const quantity = Math.min(
        wanted,
        this.affordable(row, coin, order.targetSide, price, order.leverage, this.costs.takerFee),
      );
      if (quantity * price < 5) continue;
      if (!flipPrice.has(coin)) this.count(order.cut);
      const kind = held === 0 ? "entry" : "increase";
      this.putOn(
        row,
        coin,
        order.targetSide,
        quantity,
        price,
        this.costs.takerFee,
        order.leverage,
        wish.stop,
        wish.target,
        kind,
      );
    }
  }

  private affordable(
    row: number,
    coin: number,
    side: "long" | "short",
    price: number,
    leverage: number,
    fee: number,
  ): number {
    const held = this.positions.reduce((sum, p) => sum + (p ? p.margin + this.feeToClose(p) : 0), 0);
    const free = this.cash - held;
    const bankruptcy = side === "long" ? price - price / leverage : price + price / leverage;
    const each = price / leverage + price * fee + bankruptcy * this.costs.takerFee;
    return free <= 0 ? 0 : this.lots(row, coin, free / each);
  }

  // ---- inside the bar ----

  private inside(row: number, coin: number): void {
    const bar = this.bar(row, coin);
    let position = this.positions[coin] ?? null;
    const long = position?.side === "long";
    if (bar.volume === 0) {
      const worst = long ? bar.markLow : bar.markHigh;
      if (position && beyond(long, worst, this.liquidationPrice(position))) this.liquidate(row, coin);
      return;
    }
    if (position) {
      if (beyond(long, bar.markOpen, this.liquidationPrice(position))) return this.liquidate(row, coin);
      if (position.stop !== null && beyond(long, bar.open, position.stop)) {
        return this.stopOut(row, coin, bar.open);
      }
      if (position.target !== null && position.targetRested && this.through(row, coin, long, bar.open)) {
        return this.takeProfit(row, coin);
      }
    }
    const tick = this.tick(row, coin);
    let camePrice = bar.open;
    let filled = false;
    const order = this.resting[coin];
    if (order && row > order.lastRow) this.resting[coin] = null;
    else if (order) {
      const buys = order.side === "long";
      const past = (price: number) => (buys ? order.price - price : price - order.price) >= tick * (1 - 1e-6);
      const exitFirst = position !== null && (
        (position.stop !== null && beyond(buys, order.price, position.stop) &&
          beyond(buys, buys ? bar.low : bar.high, position.stop)) ||
        (beyond(buys, order.price, this.liquidationPrice(position)) &&
          beyond(buys, buys ? bar.markLow : bar.markHigh, this.liquidationPrice(position)))
      );
      if (past(buys ? bar.low : bar.high) && !exitFirst) {
        const price = order.price;
        const quantity = Math.min(
          order.quantity,
          this.affordable(row, coin, order.side, price, order.leverage, this.costs.makerFee),
        );
        this.resting[coin] = null;
        if (quantity * price >= 5) {
          this.putOn(
            row,
            coin,
            order.side,
            quantity,
            price,
            this.costs.makerFee,
            order.leverage,
            order.stop,
            order.target,
            "limit",
          );
          filled = true;
          camePrice = buys ? Math.min(price, bar.open) : Math.max(price, bar.open);
        }
      }
    }
    position = this.positions[coin] ?? null;
    if (!position) return;
    const isLong = position.side === "long";
    const liquidation = this.liquidationPrice(position);
    const stopHit = position.stop !== null && beyond(isLong, isLong ? bar.low : bar.high, position.stop);
    const liquidationHit = beyond(isLong, isLong ? bar.markLow : bar.markHigh, liquidation);
    const stopNearer = position.stop !== null &&
      (isLong ? position.stop > liquidation : position.stop < liquidation);
    if (stopHit && (!liquidationHit || stopNearer)) {
      const stop = position.stop!;
      return this.stopOut(row, coin, isLong ? Math.min(stop, camePrice) : Math.max(stop, camePrice));
    }
    if (liquidationHit) return this.liquidate(row, coin);
    if (filled || position.target === null) return;
    if (this.through(row, coin, isLong, isLong ? bar.high : bar.low)) this.takeProfit(row, coin);
  }

  private bankruptcy({ side, entry, margin, quantity }: Position): number {
    return side === "long" ? entry - margin / quantity : entry + margin / quantity;
  }

  private feeToClose(position: Position): number {
    return position.quantity * this.bankruptcy(position) * this.costs.takerFee;
  }

  /** Maintenance margin in USDT: the whole value at its tier's rate, less what the lower tiers would have asked less for. */
  private maintenance(row: number, coin: number, value: number): number {
    const tiers = this.terms(row, coin).riskTiers;
    const index = tiers.findIndex(({ upTo }) => value <= upTo);
    let deduction = 0;
    for (let i = 1; i <= index; i++) {
      deduction += tiers[i - 1]!.upTo * (tiers[i]!.maintenanceMargin - tiers[i - 1]!.maintenanceMargin);
    }
    return value * tiers[index]!.maintenanceMargin - deduction;
  }

  private liquidationPrice(position: Position): number {
    const { entry, rate } = position;
    const share = position.margin / position.quantity;
    return position.side === "long"
      ? Math.max(entry - share + rate * entry, (entry - share) / (1 - rate))
      : Math.min(entry + share - rate * entry, (entry + share) / (1 + rate));
  }

  private liquidate(row: number, coin: number): void {
    const position = this.positions[coin]!;
    const sign = position.side === "long" ? 1 : -1;
    const fee = this.feeToClose(position);
    this.cash -= position.margin + fee;
    const price = this.bankruptcy(position);
    this.note(row, coin, "liquidation", -sign * position.quantity, price, fee, -position.margin);
    this.positions[coin] = null;
    this.cool(row, coin, position.side);
  }

  private stopOut(row: number, coin: number, reference: number): void {
    const { side, quantity } = this.positions[coin]!;
    const { high, low } = this.bar(row, coin);
    const own = Math.sqrt(Math.log(high / low) ** 2 / (4 * Math.log(2)));
    const price = this.marketPrice(
      row,
      coin,
      reference,
      side === "short",
      quantity * reference,
      Math.max(own, this.volatility(row, coin)),
    );
    this.takeOff(row, coin, quantity, price, this.costs.takerFee, "stop");
    this.cool(row, coin, side);
  }

  /** Whether a price lies a tick past the target, so that the order resting there has filled. */
  private through(row: number, coin: number, long: boolean, price: number): boolean {
    const past = price - this.positions[coin]!.target!;
    return (long ? past : -past) >= this.tick(row, coin) * (1 - 1e-6);
  }

  private takeProfit(row: number, coin: number): void {
    const { side, quantity, target } = this.positions[coin]!;
    this.takeOff(row, coin, quantity, target!, this.costs.makerFee, "target");
    this.cool(row, coin, side);
  }

  private cool(row: number, coin: number, side: string): void {
    this.cooldowns[coin] = { side, lastRow: row + 5 };
    this.resting[coin] = null;
  }

  // ---- the books ----

  private setLevels(row: number, coin: number, position: Position, stop: number, target: number): void {
    const sign = position.side === "long" ? 1 : -1;
    const level = (move: number) => {
      const price = this.ticks(row, coin, position.basis * (1 + move), "near");
      return price > 0 ? price : null;
    };
    position.stop = stop > 0 ? level(-sign * stop) : null;
    position.target = target > 0 ? level(sign * target) : null;
    position.targetRested = false;
  }

  private putOn(
    row: number,
    coin: number,
    side: "long" | "short",
    quantity: number,
    price: number,
    feeRate: number,
    leverage: number,
    stop: number,
    target: number,
    kind: string,
  ): void {
    const position: Position = this.positions[coin] ??
      {
        side,
        quantity: 0,
        entry: 0,
        basis: 0,
        margin: 0,
        rate: 0,
        stop: null,
        target: null,
        targetRested: false,
      };
    const before = position.quantity;
    position.quantity = before + quantity;
    position.entry = (before * position.entry + quantity * price) / position.quantity;
    position.basis = (before * position.basis + quantity * price) / position.quantity;
    position.margin += quantity * price / leverage;
    position.rate = this.maintenance(row, coin, position.quantity * position.entry) /
      (position.quantity * position.entry);
    this.positions[coin] = position;
    this.setLevels(row, coin, position, stop, target);
    const fee = quantity * price * feeRate;
    this.cash -= fee;
    this.note(row, coin, kind, side === "long" ? quantity : -quantity, price, fee, 0);
  }

  private takeOff(
    row: number,
    coin: number,
    quantity: number,
    price: number,
    feeRate: number,
    kind: string,
  ): void {
    const position = this.positions[coin]!;
    const sign = position.side === "long" ? 1 : -1;
    const realised = sign * quantity * (price - position.entry);
    const fee = quantity * price * feeRate;
    this.cash += realised - fee;
    const left = position.quantity - quantity;
    position.margin *= left / position.quantity;
    position.quantity = left;
    if (left < this.terms(row, coin).lot / 2) this.positions[coin] = null;
    this.note(row, coin, kind, -sign * quantity, price, fee, realised);
  }

  private note(
    row: number,
    coin: number,
    kind: string,
    quantity: number,
    price: number,
    fee: number,
    realised: number,
  ) {
    this.fills.push({ row, coin, kind, quantity, price, fee, realised });
  }

  private mark(row: number): void {
    this.equity = this.cash;
    this.positions.forEach((position, coin) => {
      if (!position) return;
      const sign = position.side === "long" ? 1 : -1;
      this.equity += sign * position.quantity * (this.bar(row, coin).markClose - position.entry);
    });
    if (this.equity < 0.01 * this.start) this.closed = true;
    if ((this.panel.openTime[row]! + BAR_MS) % 86_400_000 === 0) {
      this.dayEquity = this.equity;
      this.blockedToday = false;
    }
  }
}

/** Whether a price is at or past a level on the losing side of a long (below it) or of a short (above it). */
function beyond(long: boolean, price: number, level: number): boolean {
  return long ? price <= level : price >= level;
}
