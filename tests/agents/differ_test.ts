import assert from "node:assert/strict";
import { unnamedPlayers } from "popagent/agents/catalogue.ts";
import { type Role, ROLES } from "popagent/genome/role.ts";
import { analysisOf, type Desk, forecastOf, limitsOf, planOf, shadowReturns } from "popagent/agents/desk.ts";
import { declaredPipeline, PARTNERS, realDesk } from "./small_desk.ts";

/** The output of one declared variant, among the same partners. */
function output(desk: Desk, role: Role, name: string): Float64Array {
  const pipeline = declaredPipeline({ ...PARTNERS, [role]: name });
  if (role === "analyst") return analysisOf(desk, pipeline).coins[0]!.trend;
  if (role === "researcher") return forecastOf(desk, pipeline).coins[0]!.mean[1]!;
  return role === "trader" ? planOf(desk, pipeline).values : limitsOf(desk, pipeline).values;
}

const share = (a: Float64Array, b: Float64Array) => a.filter((x, i) => x !== b[i]).length / a.length;

Deno.test("any two variants of a role differ on real bars, in what they put out and in the account they lead to", () => {
  const desk = realDesk();
  for (const role of ROLES) {
    const names = unnamedPlayers(role).map(({ name }) => name);
    const outputs = names.map((name) => output(desk, role, name));
    const accounts = names.map((name) =>
      shadowReturns(desk, declaredPipeline({ ...PARTNERS, [role]: name }))
    );
    for (let i = 0; i < names.length; i++) {
      for (let j = i + 1; j < names.length; j++) {
        const pair = `${role} ${names[i]} and ${names[j]}`;
        assert.ok(share(outputs[i]!, outputs[j]!) > 0.1, `${pair} put out much the same`);
        assert.ok(share(accounts[i]!, accounts[j]!) > 0.1, `${pair} lead to much the same account`);
      }
    }
  }
});
