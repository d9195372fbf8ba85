/** A malformed module of one's own is refused by file, export, field and rule, and nothing of it stays declared. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { declaredThings } from "popagent/adapters/extensions/extension.ts";
import { loadExtensions } from "popagent/adapters/extensions/load_extensions.ts";
import { extensionSchema } from "popagent/adapters/extensions/extension_schema.ts";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { PASSIVE } from "popagent/experiments/references/passive.ts";
import { CATALOGUE } from "popagent/features/catalogue.ts";
import { ROLES } from "popagent/genome/role.ts";
import { POOLS } from "popagent/inventory/pools.ts";
import { inProject } from "./in_project.ts";

const HEAD = `import { POOLS, VARIANTS, declareMethod, declareVariant } from "popagent/mod.ts";
const { rsi } = POOLS["analyst.features"], [technical] = VARIANTS.analyst, [momentum] = VARIANTS.trader;
void [declareMethod, declareVariant, momentum];
`;
const variant = (changes: string) =>
  `export default { variants: [{ ...technical, name: "odd", ${changes} }] };`;
const identity = (changes: string) => variant(`identity: { ...technical.identity, ${changes} }`);
const method = (changes: string) =>
  `export default { methods: { "analyst.features": { odd: { ...rsi, ${changes} } } } };`;

/** [what is wrong, the module, what is said]. */
const MALFORMED: readonly (readonly [string, string, RegExp])[] = [
  [
    "a strategy without a mandate",
    `export default { strategies: { odd: { label: "Odd", kind: "reference", note: "" } } };`,
    /default\.strategies\.odd\.mandate: must be a function: it is missing/,
  ],
  ["figures that are a number", `export default { figures: 3 };`, /default\.figures: must be .*: it is 3/],
  [
    "a figure that is no function",
    `export default { figures: { odd: 3 } };`,
    /default\.figures\.odd: must be a function: it is 3/,
  ],
  [
    "a method that does not exist",
    identity(`readings: ["rsii"]`),
    /default\.variants\[0\]\.identity\.features: must be a method of analyst\.features: it is rsii\. Did you mean rsi\?/,
  ],
  [
    "a column that does not exist",
    identity(`derivatives: [{ column: "fundingg", params: [], scale: 1 }]`),
    /must be a column of features: it is fundingg\./,
  ],
  [
    "a role that does not exist",
    variant(`role: "trade"`),
    /default\.variants\[0\]\.role: must be one of analyst, .*: it is "trade"/,
  ],
  [
    "a variant without a name",
    variant(`name: undefined`),
    /default\.variants\[0\]\.name: must be a text: it is missing/,
  ],
  [
    "an unknown field of a variant",
    variant(`stat: {}`),
    /default\.variants\[0\]\.stat: no such field\. Did you mean start\?/,
  ],
  [
    "a gene that does not exist",
    variant(`start: { ...technical.start, shortLokback: 5 }`),
    /variant odd \(analyst\), start\.shortLokback: no such gene\. Did you mean shortLookback\?/,
  ],
  [
    "a gene without a value",
    variant(`start: {}`),
    /variant odd \(analyst\), start\.shortLookback: must be a number in .*: it is missing/,
  ],
  [
    "a gene out of bounds",
    variant(`start: { ...technical.start, shortLookback: 1e9 }`),
    /start\.shortLookback: must be a number in .*: it is 1000000000/,
  ],
  [
    "a start that is NaN",
    variant(`start: { ...technical.start, shortLookback: NaN }`),
    /default\.variants\[0\]\.start\.shortLookback: must be a number: it is NaN/,
  ],
  [
    "a method without run",
    method(`run: "rsi"`),
    /default\.methods\["analyst\.features"\]\.odd\.run: must be a function: it is "rsi"/,
  ],
  [
    "an unknown field of a method",
    method(`ressume: () => 1`),
    /\.odd\.ressume: no such field\. Did you mean resume\?/,
  ],
  [
    "a need that does not exist",
    method(`needs: ["fundng"]`),
    /\.odd\.needs\[0\]: must be turnover or .*: it is "fundng"/,
  ],
  ["a warm-up below 0", method(`warmUp: -1`), /\.odd\.warmUp: must be at least 0: it is -1/],
  [
    "a pool that does not exist",
    `export default { methods: { "analyst.feature": {} } };`,
    /default\.methods\["analyst\.feature"\]: no such .*Did you mean analyst\.features\?/,
  ],
  [
    "an indicator with too few defaults",
    `export default { indicators: { odd: { summary: "x", params: ["n"], defaults: [], warmUp: () => 0, compute: () => null } } };`,
    /default\.indicators\.odd\.defaults: must have one value for each of params: it is a list of 0/,
  ],
  [
    "an unknown part",
    `export default { variant: [] };`,
    /default\.variant: no such field\. Did you mean variants\?/,
  ],
  [
    "a part that is exported by itself",
    `export const variants = [];`,
    /variants: a part must stand in the default export/,
  ],
  [
    "a misspelt export",
    `export const extention = { variants: [] };`,
    /extention: no such export\. Did you mean extension\?/,
  ],
  ["two extensions", `export default {}; export const extension = {};`, /default, extension: only one/],
  [
    "nothing at all",
    `export const answer = 42;`,
    /must export an extension or declare something: its exports are answer/,
  ],
  [
    "a default export that is no object",
    `export default "variants";`,
    /default: must be an object: it is "variants"/,
  ],
  [
    "a call that declares what breaks a rule",
    `declareMethod("analyst.features", "odd", { ...rsi, warmUp: -1 });`,
    /declareMethod analyst\.features odd.*warmUp: must be at least 0/,
  ],
  [
    "a call that declares a variant without genes",
    `declareVariant({ ...technical, name: "odd", start: {} });`,
    /variant odd \(analyst\), start\.shortLookback: must be a number/,
  ],
];

for (const [i, [what, text, says]] of MALFORMED.entries()) {
  Deno.test(`a module with ${what} is refused, and leaves nothing behind`, () =>
    inProject(async (home) => {
      const path = join(home, `odd_${i}.ts`), before = [...declaredThings().keys()];
      await Deno.writeTextFile(path, `${HEAD}${text}\n`);
      await assert.rejects(loadExtensions([path]), (error: Error) => {
        assert.match(error.message, new RegExp(`^Cannot load the extension .*odd_${i}\\.ts as `));
        assert.match(error.message, says);
        return true;
      });
      assert.deepEqual([...declaredThings().keys()], before);
    }));
}

Deno.test("helpers beside a default export are the module's own affair", () =>
  inProject(async (home) => {
    const path = join(home, "helpful.ts");
    await Deno.writeTextFile(
      path,
      "export const extensions = 3, helper = () => 1;\nexport default { figures: {} };\n",
    );
    await loadExtensions([path]);
  }));

Deno.test("everything of the house would pass as somebody's own", () => {
  for (const role of ROLES) {
    for (const one of VARIANTS[role]) {
      if (one.byName) continue; // its genes are shares of the house's own prompts
      const parsed = extensionSchema.safeParse({ variants: [one] });
      assert.ok(parsed.success, `${one.name}: ${parsed.error}`);
    }
  }
  const { error } = extensionSchema.safeParse({ methods: POOLS, indicators: CATALOGUE, strategies: PASSIVE });
  assert.equal(error, undefined);
});
