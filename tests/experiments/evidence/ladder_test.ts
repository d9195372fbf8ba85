import assert from "node:assert/strict";
import { type Ladder, ladderSchema, rungs } from "popagent/experiments/evidence/ladder.ts";
import { requireLadderSeeds } from "popagent/experiments/evidence/ladder_seeds.ts";
import { recoveryRows } from "popagent/experiments/evidence/recovery.ts";
import { leadersByRegime } from "popagent/experiments/evidence/leaders.ts";
import type { IterationEvent } from "popagent/events/iteration.ts";
import { storedRungs } from "popagent/cli/commands/validate_ladder.ts";
import { ladderEnd, ladderText } from "popagent/report/text/ladder_text.ts";
import { byRole } from "popagent/genome/role.ts";
import { assertClose } from "../../close_to.ts";

const none = { analyst: 0, researcher: 0, trader: 0, risk: 0 };

/** A ladder of four markets on which an unreadable edge gains `gain`, and the trader is raised in `found` of four. */
function ladderWith(gain: number, found = 4, oracle = 3): Ladder {
  const seeds = [1, 2, 3, 4];
  return {
    rows: 4380,
    ic: 0.1,
    markets: seeds.map((marketSeed) => ({
      marketSeed,
      populationMean: { unreadable: gain + marketSeed / 100, twin: 0 },
      oracle,
      specialisation: {
        niches: { information: 0.3 + marketSeed / 100, bias: 0.1 },
        oneRegime: { information: 0.1, bias: 0.1 },
      },
    })),
    credit: seeds.map((marketSeed) => ({
      marketSeed,
      withEdge: { ...none, [marketSeed <= found ? "trader" : "risk"]: 1 },
      withoutEdge: none,
      alone: { ...none, trader: 1 },
      efficiency: 1e-12,
    })),
    fields: [],
  };
}

const nothingElse = { nullMarkets: null, plantedMarkets: null, confirmed: null };
const verdicts = (ladder: Ladder) =>
  Object.fromEntries(
    rungs(nothingElse, ladder).map(({ name, checks }) => [name, checks.map(({ holds }) => holds)]),
  );

Deno.test("rungs hold where nothing is gained by what nobody reads, credit finds who knows, and leaders follow regimes", () => {
  const { L0, L1, L3, L4, L5, L6 } = verdicts(ladderWith(-0.2));
  assert.deepEqual([L0, L1, L3, L4, L5, L6], [[], [], [true, true], [], [true, true, true], [true]]);
});

Deno.test("each must-rung fails by what it asks: a gain, no edge to be read, another role", () => {
  assert.deepEqual(verdicts(ladderWith(0.5)).L3, [false, true]);
  assert.deepEqual(verdicts(ladderWith(-0.2, 4, 0.5)).L3, [true, false]);
  assert.deepEqual(verdicts(ladderWith(-0.2, 3)).L5, [false, true, true]);
});

Deno.test("what is not stored is said with the command that makes it", () => {
  const empty = { ...ladderWith(0), markets: [], credit: [] };
  const text = ladderText(rungs(nothingElse, empty), empty);
  assert.match(
    text,
    /L0 nothing is found where nothing is \(must hold, NOT RUN\)\s+nothing is stored yet: deno task popagent validate null/,
  );
  assert.match(text, /L4 [^\n]+\n\s+nothing is stored yet: deno task experiment run\s+configs/);
  assert.match(text, /L5 [^\n]+\n\s+fewer than two markets are stored: deno task popagent validate ladder/);
  assert.match(
    text,
    /3 rungs must hold: 3 not run, or too few markets to judge \(L0, L3, L5\)\. 4 are reported/,
  );
});

Deno.test("issue evidence A2: what is missing is run on the markets that the ladder was begun with", () => {
  const { credit } = ladderWith(0);
  const begun = {
    ...ladderWith(0),
    markets: [],
    credit: credit.map((one, i) => ({ ...one, marketSeed: 821 + i })),
  };
  const hint = rungs(nothingElse, begun).find(({ name }) => name === "L3")!.missing;
  assert.match(hint, /deno task popagent validate ladder --first 821 --markets 4$/);
  const none = rungs(nothingElse, { ...begun, credit: [], rows: 1000 });
  assert.match(none.find(({ name }) => name === "L3")!.missing, /--first 821 --markets 20 --rows 1000$/);
});

Deno.test("issue evidence A2: other markets than those that are stored are refused, and those of the specialist", () => {
  const from = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);
  const { credit } = ladderWith(0);
  const underWay = {
    ...ladderWith(0),
    markets: [],
    credit: credit.map((one, i) => ({ ...one, marketSeed: 821 + i })),
  };
  const begun = {
    ...underWay,
    markets: ladderWith(0).markets.map((one, i) => ({ ...one, marketSeed: 821 + i })),
  };
  const refused = (ladder: Ladder, asked: readonly number[]) => {
    try {
      requireLadderSeeds(ladder, asked, "a.json");
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };
  assert.match(
    refused(begun, from(841, 20)),
    /go on with a\.json as .*begun with, 821 to 824: current value is 841 to 860\. Give --first 821 --markets 4, or another file by --out/,
  );
  assert.match(
    refused(begun, from(821, 20)),
    /begun with, 821 to 824/,
    "more markets after the first were looked at",
  );
  assert.equal(
    refused(begun, from(821, 4)) + refused(underWay, from(821, 20)),
    "",
    "as begun; stopped, and going on",
  );
  assert.match(refused(underWay, from(822, 20)), /begun with/);
  const empty = { ...begun, markets: [], credit: [] };
  assert.match(
    refused(empty, from(1, 20)),
    /specialist of L5 was made on, 1 to 8: .* 1 to 20\. Give --first 821 --markets 20/,
  );
  assert.equal(refused(empty, from(9, 3)), "");
});

// By hand: ten points end at rows 2550, 2586, ... 2874; the edge turns at 2586, so the level before is (2 + 4) / 2 = 3 and
// windows wholly after it end from 2946 on: .8 x 3 = 2.4 is passed at the point that ends at row 2190 + 360 + 36 x 13.
Deno.test("recovery counts from the flip, by windows wholly after it: by hand", () => {
  const path = [2, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 1, 2.3, 2.5, 0];
  assert.equal(recoveryRows(path, 2190, 2586), 3018 - 2586);
  assert.equal(recoveryRows(path.slice(0, 13), 2190, 2586), null);
});

Deno.test("learning is held to the best fixed pipeline (L2), and populations to recover within a year (L4)", () => {
  const flat = (value: number) =>
    Array.from({ length: 160 }, (_, i) => 2190 + 360 + 36 * i <= 5478 ? 2 : value);
  const confirmed = [0, 1, 2].map((seed) => ({
    market: "planted",
    seed,
    whole: { champion: 1, mirrored: 3 + seed / 10, staticLong: 1 + seed / 10 },
    trailing: {},
  })).concat([0, 1].map((seed) => ({
    market: "flip",
    seed,
    whole: { champion: 0, mirrored: 0, staticLong: 0 },
    trailing: { champion: flat(1.5), mirrored: flat(1.7), fieldMirroredEqual: flat(0) },
  })));
  const judged = rungs({ ...nothingElse, confirmed }, ladderWith(0));
  const holds = (rung: string) => judged.find(({ name }) => name === rung)!.checks.map(({ holds }) => holds);
  assert.deepEqual(holds("L2"), [false, true]);
  assert.deepEqual(holds("L4"), [false, true]);
});

// By hand: one role's champion tells two regimes apart in four iterations: ln 2, bias (2 - 1)(2 - 1) / 8; the others never change.
Deno.test("information between leaders and regimes of a history worked by hand", () => {
  const event = (k: number, trader: number) => ({
    k,
    row: k,
    champion: { analyst: 0, researcher: 1, trader, risk: 0 },
    agents: byRole(() => [{}, {}]),
  });
  const events = [event(0, 0), event(1, 0), event(2, 1), event(3, 1)] as unknown as readonly IterationEvent[];
  const { information, bias } = leadersByRegime(events, Int8Array.of(0, 0, 2, 2));
  assertClose(information, Math.log(2), 1e-12);
  assertClose(bias, 1 / 8, 1e-12);
});

Deno.test("as stored: what must hold of the ladder holds on every market that was run", async () => {
  const stored = ladderSchema.parse(JSON.parse(await Deno.readTextFile("results/validation/ladder.json")));
  const judged = rungs(await storedRungs("results/validation"), stored);
  const must = judged.filter((rung) => rung.must);
  assert.deepEqual(must.filter(({ checks }) => checks.length === 0).map(({ name }) => name), []);
  const short = must.flatMap(({ name, checks }) =>
    checks.filter(({ holds }) => holds !== true).map(() => name)
  );
  assert.deepEqual(
    short,
    ["L0"],
    "champion and committee in 6 of 40 null markets each: docs/VALIDATION.md",
  );
  assert.match(must[0]!.question, /on markets 441 to 480$/);
  // issue evidence C10: how many must hold, which fail, which were not run
  assert.match(
    ladderEnd(judged),
    /^3 rungs must hold: 2 hold \(L3, L5\), 1 FAILS \(L0\)\. 4 are reported: 1 holds \(L1\), 3 FAIL \(L2, L4, L6\)\.$/,
  );
  for (const { main, pairs, rest } of stored.fields) {
    const parts = [...Object.values(main), ...Object.values(pairs), rest];
    assertClose(parts.reduce((sum, part) => sum + part, 0), 1, 1e-9);
  }
});
