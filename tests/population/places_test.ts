import assert from "node:assert/strict";
import { pipelineOf } from "popagent/agents/agent.ts";
import { mandateOf } from "popagent/agents/desk.ts";
import { ROLES } from "popagent/genome/role.ts";
import { square } from "popagent/population/design.ts";
import { teamGenomes } from "popagent/population/decide.ts";
import { teamOf } from "popagent/population/members.ts";
import { joinPlaces, placePipelines } from "popagent/population/places.ts";
import { simulate } from "popagent/simulation/event_loop.ts";
import { contextOf, namedMembers, sharedDesk, startOf, steps } from "./small_run.ts";

/** Settings under which genomes move at k = 2 and 4. */
const BUSY = { transferTau: .4, diversityTrigger: 1.05 };

Deno.test("places are the rows of the unpermuted square: 9, 25 and 18, every agent equally often", () => {
  for (const [size, count, each] of [[3, 9, 3], [5, 25, 5], [9, 18, 2]] as const) {
    const places = placePipelines(namedMembers(size));
    assert.equal(places.length, count);
    for (const role of ROLES) {
      for (let i = 0; i < size; i++) {
        assert.equal(places.filter((place) => place[role]!.key === `${role}${i}`).length, each);
      }
    }
  }
});

Deno.test("place 8 of 9 is analyst 1, researcher 2, trader 0 and risk 2, whatever is drawn", () => {
  // By hand: i = 1, j = 2, i + j = 3 = 0 and i + 2 j = 5 = 2 modulo 3.
  const keys = ROLES.map((role) => placePipelines(namedMembers(3))[7]![role]!.key);
  assert.deepEqual(keys, ["analyst1", "researcher2", "trader0", "risk2"]);
});

Deno.test("a place earns what a shadow account of the genomes at t_k does in rows t_k+1 .. t_k+36", () => {
  const context = contextOf(BUSY);
  let { genomes } = startOf(context);
  let moved = 0;
  for (const { event, places, state } of steps(context, 6)) {
    assert.equal(places.length, 9);
    square(3).forEach((draw, place) => {
      const pipeline = pipelineOf(teamGenomes(genomes, teamOf(draw)));
      const { plan, limits } = mandateOf(sharedDesk, pipeline);
      const { returns } = simulate(sharedDesk.arena, plan, limits, { from: 360, to: event.lastRow + 1 });
      assert.deepEqual(places[place], returns.slice(event.row + 1, event.lastRow + 1));
    });
    moved += event.transfers.length + event.mutations.length;
    genomes = state.genomes;
  }
  assert.ok(moved > 0, "genomes moved on the way");
});

Deno.test("two populations on one market have the same places until one has learned", () => {
  const [learning, none] = [contextOf(BUSY), contextOf({ transfer: "none", mutation: "off" })]
    .map((context) => steps(context, 4).map(({ places }) => places));
  assert.deepEqual(learning!.slice(0, 3), none!.slice(0, 3)); // k = 2 teaches; it counts from k = 3 on
  assert.notDeepEqual(learning![3], none![3]);
});

Deno.test("a whole window has 36 rows a place, the last one what is left", () => {
  const lengths = steps(contextOf(), 7).map(({ places }) => places.map(({ length }) => length));
  assert.deepEqual(lengths, [...Array(6).fill(Array(9).fill(36)), Array(9).fill(4)]);
});

Deno.test("joinPlaces() puts stretches one after another, place by place", () => {
  const joined = joinPlaces([
    [Float64Array.of(1, 2), Float64Array.of(3, 4)],
    [Float64Array.of(5), Float64Array.of(6)],
  ]);
  assert.deepEqual(joined, [Float64Array.of(1, 2, 5), Float64Array.of(3, 4, 6)]);
  assert.deepEqual(joinPlaces([]), []);
});
