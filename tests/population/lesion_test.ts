/** Lesions and the placebo: roles that keep their genes, and teachers that are drawn. */
import assert from "node:assert/strict";
import { ROLES } from "popagent/genome/role.ts";
import { bytesOf, contextOf, steps, withoutLessons } from "./small_run.ts";
import { BUSY, busy, genomesIn, ITERATIONS } from "./busy_run.ts";

for (const role of ROLES) {
  Deno.test(`issue 13: a lesion of ${role} keeps the genes of ${role} and of nobody else`, () => {
    const lesion = steps(contextOf({ ...BUSY, frozen: [role] }), ITERATIONS);
    const [first, last] = [lesion[0]!, lesion.at(-1)!];
    for (const one of ROLES) {
      const same = JSON.stringify(genomesIn(first, one)) === JSON.stringify(genomesIn(last, one));
      assert.equal(same, one === role, one);
    }
    assert.equal(
      bytesOf(lesion.slice(0, 2)),
      bytesOf(busy.slice(0, 2)),
      "the same run up to the first lesson",
    );
    const changes = lesion.flatMap(({ event }) => [...event.transfers, ...event.mutations]);
    assert.ok(changes.length > 0 && changes.every((change) => change.role !== role));
  });
}

Deno.test("issue 13: all roles frozen is no transfer and no mutation, to the byte", () => {
  const frozen = steps(contextOf({ ...BUSY, frozen: [...ROLES] }), 5);
  assert.equal(bytesOf(frozen), bytesOf(steps(contextOf({ ...BUSY, transfer: "none", mutation: "off" }), 5)));
  assert.notEqual(bytesOf(frozen), bytesOf(busy.slice(0, 5)));
  const pbt = { learning: "pbt", variants: "homogeneous" } as const;
  const still = steps(contextOf({ ...pbt, frozen: [...ROLES] }), 4);
  assert.ok(still.every(({ event }) => event.transfers.length + event.mutations.length === 0));
});

Deno.test("issue 13: the placebo teaches from a drawn agent, the same in every arm, and its tau of 0 is no transfer to the byte", () => {
  const taught = { ...BUSY, transferEvery: 1, mutation: "off" } as const;
  const teachers = (population: Parameters<typeof contextOf>[0]) =>
    steps(contextOf({ ...taught, ...population }), ITERATIONS).flatMap(({ event }) =>
      ROLES.map((role) => [event.k, role, event.transfers.find((one) => one.role === role)?.teacher])
    );
  const drawn = teachers({ teacher: "random" });
  assert.deepEqual(teachers({ teacher: "random", transfer: "selective" }), drawn);
  assert.deepEqual(teachers({ teacher: "random", score: "growth" }), drawn);
  assert.notDeepEqual(teachers({}), drawn);
  for (const role of ROLES) {
    assert.ok(new Set(drawn.filter(([, one]) => one === role).map(([, , who]) => who)).size > 1);
  }
  const zero = { ...BUSY, teacher: "random", transferTau: 0, transferEvery: 1 } as const;
  assert.equal(
    bytesOf(withoutLessons(steps(contextOf(zero), 4))),
    bytesOf(withoutLessons(steps(contextOf({ ...zero, transfer: "none" }), 4))),
  );
});
