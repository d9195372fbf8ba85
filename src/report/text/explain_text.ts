import { formatTime } from "../../core/time.ts";
import { BAR_MS } from "../../core/universe.ts";
import { wrap } from "../../core/wrap.ts";
import type { CheckReading } from "../../experiments/explain/checks.ts";
import type { Explanation, TeamWish, TimedFill } from "../../experiments/explain/explain_bar.ts";
import { fidelityWords, ruleWords } from "../../figures/distillations_table.ts";
import { decimal, percent, signed, signedPercent } from "../../figures/format.ts";
import { ROLES } from "../../genome/role.ts";
import type { DecisionAt } from "../../simulation/decision_at.ts";
import { variantNamed } from "../../agents/catalogue.ts";
import { asksPrompts } from "../../agents/told.ts";
import { listensTo } from "../../inventory/trader/prompts/listening.ts";
import { plainTable } from "./plain_table.ts";
import { TEXT_WIDTH } from "./width.ts";

/** A bar explained as text, from the fill down to the readings it came from. */
export function explainText(explanation: Explanation): string {
  const {
    strategy,
    coin,
    time,
    tick,
    wishes,
    fills,
    lastFill,
    position,
    decided,
    decision,
    adopted,
    equity,
  } = explanation;
  const { quantity, entry, stop, target, liquidation } = position;
  const price = priceAt(tick), level = (value: number) => value === 0 ? "none" : price(value);
  const before = lastFill === null
    ? []
    : [`before it, on ${formatTime(lastFill.time)}: ${fillText(lastFill, price)}`];
  return [
    `${strategy}: ${coin} on the bar that opens ${formatTime(time)} UTC, decided at the close before it (${
      price(decided.close)
    })`,
    "",
    ...block("Fill", [
      ...(fills.length === 0 ? ["none"] : fills.map((fill) => fillText(fill, price))),
      ...before,
    ]),
    ...block("Position", [
      quantity === 0
        ? "none before the bar"
        : `${amount(quantity)} at ${price(entry)} before the bar; stop ${level(stop)}, target ${
          level(target)
        }, liquidation ${level(liquidation)}`,
      ...(adopted
        ? ["the first bar of this team: it takes positions over with stops and targets of its own"]
        : []),
      `equity at the bar's close: ${decimal(equity)} USDT`,
    ]),
    ...block("Verdict", verdictText(decision, price)),
    ...block("Plan", planText(decision)),
    ...block("Teams", wishesText(wishes)),
    ...block("Checks", checksText(explanation)),
    ...block("Thoughts", thoughtsText(explanation)),
    ...block("In words", distilledText(explanation)),
    ...block("Forecast", forecastText(explanation)),
    ...block("Readings", readingsText(explanation)),
    ...block("Team", teamText(explanation)),
  ].join("\n");
}

const WIDTH = 10;

function block(label: string, lines: readonly string[]): string[] {
  return lines.map((line, i) => `${(i === 0 ? label : "").padEnd(WIDTH)}${line}`);
}

type PriceText = (value: number) => string;

/** Prices as the coin's price step prints them; eight digits where it has none, as a made price has sixteen. */
function priceAt(tick: number): PriceText {
  if (tick === 0) return (value) => String(Number(value.toPrecision(8)));
  const digits = Math.max(0, Math.ceil(-Math.log10(tick) - 1e-9));
  return (value) => (Math.round(value / tick) * tick).toFixed(digits);
}

/** A quantity without what sums of decimals leave behind their last digit. */
function amount(quantity: number): string {
  return String(Number(quantity.toPrecision(10)));
}

function fillText(
  { kind, quantity, price: paid, fee, slippage, realised }: TimedFill,
  price: PriceText,
): string {
  if (kind === "funding") {
    return `funding: ${signed(realised)} USDT on ${amount(quantity)} at the mark price ${price(paid)}`;
  }
  const side = quantity > 0 ? "bought" : "sold";
  return `${kind}: ${side} ${amount(Math.abs(quantity))} at ${price(paid)}; fee ${
    decimal(fee, 4)
  }, slippage ${decimal(slippage, 4)}, realised ${signed(realised, 4)} USDT`;
}

const VERDICTS = {
  pass: "pass: the wish is allowed whole",
  soft_fail: "soft fail: the wish is cut",
  hard_fail: "hard fail: enlarging is refused",
  none: "no order: what is allowed is near what is held, or both are nothing",
} as const;

const RULES = {
  trade: "the account may trade",
  noEnlarging: "the daily loss was met: nothing may be enlarged until 00:00 UTC",
  closeAll: "the maximum drawdown leaves nothing: all positions close, and none opens",
  closed: "the account is closed for good",
} as const;

function verdictText(
  { verdict, cuts, rule, coolsDown, resting, allowed, leverage, action, limits, equity, scale }: DecisionAt,
  price: PriceText,
): string[] {
  const { maxLeverage, maxPosition, marginBuffer, maxGross, dailyLoss, maxDrawdown } = limits;
  return [
    `${VERDICTS[verdict]}${cuts.length === 0 ? "" : `; what was wanted meets ${cuts.join(", ")}`}; ${
      RULES[rule]
    }`,
    `allowed ${Number.isNaN(allowed) ? "as it is" : `${signed(allowed)} USDT`}${
      allowed === 0 || Number.isNaN(allowed) ? "" : ` at ${decimal(leverage)}x`
    } of an equity of ${decimal(equity)}; order: ${action}${
      resting === null ? "" : `, ${amount(resting.quantity)} rest at ${price(resting.price)}`
    }${coolsDown ? "; the coin cools down after a stop" : ""}`,
    `limits: leverage ${decimal(maxLeverage)}x, margin of a coin ${percent(maxPosition)}, free margin ${
      percent(marginBuffer)
    }, gross ${decimal(maxGross)}x, daily loss ${percent(dailyLoss)}, drawdown ${percent(maxDrawdown)}`,
    ...(maxDrawdown < 1 && scale !== null
      ? [
        `size: the drawdown leaves ${percent(scale.drawdown)}, the volatility cap ${
          percent(scale.volatility)
        }`,
      ]
      : []),
  ];
}

function planText({ plan, wanted }: DecisionAt): string[] {
  const { conviction, leverage, baseSize, riskPerTrade, stop, target, limitOffset, limitRows } = plan;
  if (Number.isNaN(conviction)) return ["leave the coin as it is"];
  return [
    `conviction ${signed(conviction, 4)}, ${percent(baseSize)} of equity as margin at ${
      decimal(leverage)
    }x, risk per ` +
    `trade ${percent(riskPerTrade)}: ${signed(wanted)} USDT wanted`,
    `stop ${percent(stop, 2)}, target ${percent(target, 2)} from the fill; ` +
    (limitOffset > 0 ? `limit ${percent(limitOffset, 2)} off the close, ${limitRows} bars` : "at market"),
  ];
}

/** Teams of a committee that are shown by name. */
const SHOWN = 5;

function wishesText(wishes: readonly TeamWish[]): string[] {
  if (wishes.length === 0) return [];
  const count = (side: number) => wishes.filter(({ wanted }) => Math.sign(wanted) === side).length;
  const mean = wishes.reduce((sum, { wanted }) => sum + wanted, 0) / wishes.length;
  return [
    `${wishes.length} wish ${signedPercent(mean, 2)} of equity in the mean: ${count(1)} long, ${
      count(-1)
    } short, ${count(0)} flat`,
    ...wishes.slice(0, SHOWN).map(({ variants, wanted }) =>
      `${signedPercent(wanted, 2)}: ${ROLES.map((role) => variants[role]).join(", ")}`
    ),
    ...(wishes.length > SHOWN ? [`and ${wishes.length - SHOWN} more`] : []),
    "what follows is the first team's",
  ];
}

/** The verdict of the check that rules, those that would cut or refuse the plan too, and the names of the rest. */
function checksText({ checks, team }: Explanation): string[] {
  const said = ({ verdict }: CheckReading) => verdict.replace("_", " ");
  const [ruling, ...others] = checks as readonly [CheckReading, ...CheckReading[]];
  const against = others.filter(({ verdict }) => verdict !== "pass");
  const rest = others.filter(({ verdict }) => verdict === "pass").map(({ check }) => check);
  return [
    `${team.risk.variant} keeps to ${ruling.check}: ${said(ruling)}. ${ruling.reason}.`,
    ...(against.length === 0
      ? []
      : ["other checks, which nobody keeps to here, would say with their start genes:"]),
    ...against.map((one) => `  ${one.check}: ${said(one)}, ${decimal(one.granted)}x. ${one.cause}.`),
    ...(rest.length === 0 ? [] : [`and these would let the plan pass: ${rest.join(", ")}`]),
  ].flatMap((text) => wrapped(text));
}

/** A sentence as lines that fit beside the labels. */
function wrapped(text: string): string[] {
  return wrap(text, TEXT_WIDTH - WIDTH - 2).map((line, i) => i === 0 ? line : `  ${line}`);
}

/** What models said last, and how much the trader listens to it. */
function thoughtsText({ thoughts, team, decided }: Explanation): string[] {
  const { variant, genes } = team.trader;
  const shares = new Map(asksByName(variant) ? listensTo(genes).map(({ key, share }) => [key, share]) : []);
  return thoughts.flatMap(({ prompt, model, row, outcome, decision, reason }) => {
    const said = decision === null
      ? `${outcome}${reason === null ? "" : ` (${reason})`}`
      : `${decision.action}, size ${percent(decision.size)} at ${decimal(decision.leverage)}x, stop ${
        percent(decision.stop, 2)
      }, target ${percent(decision.target, 2)}, confidence ${decimal(decision.confidence)}`;
    const heard = shares.get(prompt);
    return [
      `${prompt} (${model}, ${decided.row - row} bars before; ${
        heard === undefined ? "not listened to" : `share ${percent(heard, 0)}`
      }): ${said}`,
      ...(decision === null ? [] : [`  "${decision.rationale}"`]),
    ];
  });
}

/** What a model last wrote of a champion, and how faithful that turned out to be. */
function distilledText({ distillation, decided }: Explanation): string[] {
  if (distillation === undefined || distillation.text === null) return [];
  const { model, row, team, text, fidelity } = distillation;
  return [
    `${model}, ${decided.row - row} bars before, of ${Object.values(team).join(", ")}: "${text}"`,
    ...ruleWords(distillation),
    ...(fidelity === null ? [] : [fidelityWords(fidelity)]),
  ].flatMap((line) => wrapped(line));
}

function asksByName(variant: string): boolean {
  return asksPrompts(variantNamed("trader", variant));
}

function forecastText({ forecast }: Explanation): string[] {
  return forecast.map(({ bars, mean, sd, pUp }) =>
    `${bars} bars (${bars * BAR_MS / 3_600_000} h): mean ${signedPercent(mean, 3)}, sd ${
      percent(sd, 2)
    }, P(rise) ${decimal(pUp, 4)}`
  );
}

function readingsText({ analysis }: Explanation): string[] {
  const { trend, sd, bull, bear, side, readings } = analysis;
  const table = plainTable(
    [["Reading", "left"], ["Value", "right"], ["Adds", "right"]],
    readings.map((
      { name, value, adds },
    ) => [name, signed(value, 4), adds === null ? "context" : signed(adds, 4)]),
  );
  return [
    `trend ${signed(trend, 4)}, sd of a bar ${percent(sd, 2)}, bull ${percent(bull, 0)}, bear ${
      percent(bear, 0)
    }, ` +
    `side ${percent(side, 0)}`,
    ...table.split("\n"),
  ];
}

function teamText({ team }: Explanation): string[] {
  return ROLES.map((role) => {
    const { variant, genes } = team[role];
    return `${variant} ${role}: ${
      Object.entries(genes).map(([name, value]) => `${name} ${value}`).join(", ")
    }`;
  });
}
