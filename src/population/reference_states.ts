/**
 * Reference states: the decisions at the last STATE_ROWS rows on all coins, where agents of a role are compared
 * by what they put out, each fed by the champion's upstream agents.
 */
import type { Agent, Pipeline } from "../agents/agent.ts";
import type { RoleUpstream } from "../agents/contracts.ts";
import { type Desk, inputsOf, outputOf } from "../agents/desk.ts";
import type { Outputs } from "../agents/outputs.ts";
import { ROLE_RECORDS } from "../agents/roles.ts";
import { createMemo } from "../core/memo.ts";
import { sliceView, viewMarket } from "../features/market_view.ts";
import { type Role, ROLES } from "../genome/role.ts";

/** Rows of reference states, and rows that trial genomes are run over so that they have settled by then. */
export const STATE_ROWS = 180;
export const TRIAL_ROWS = 420;

/** Bytes of series that the trials of one lesson may share. */
const TRIAL_BYTES = 64 * 2 ** 20;

/** Outputs at rows t-179..t of an agent of `role` placed in the champion's pipeline, from its full series. */
export function referenceOutputs<Kind extends Role>(
  desk: Desk,
  champion: Pipeline,
  role: Kind,
  agent: Agent<Kind>,
  t: number,
): Outputs {
  const from = t - STATE_ROWS + 1;
  const output = outputOf(desk, { ...champion, [role]: agent }, role, true, { from, to: t }); // read at once, never again
  return ROLE_RECORDS[role].outputs(output, from, STATE_ROWS);
}

/** A function from trial agents of `role` to their outputs on the reference states at t, run from row t-419. */
export function trialRunner<Kind extends Role>(
  desk: Desk,
  champion: Pipeline,
  role: Kind,
  t: number,
): (agent: Agent<Kind>) => Outputs {
  const from = Math.max(0, t + 1 - TRIAL_ROWS), to = t + 1;
  const market = sliceView(
    viewMarket(desk.market.panel, createMemo(TRIAL_BYTES), desk.market.signals),
    from,
    to,
  );
  const upstream = slicedUpstream(desk, champion, role, from, to);
  const { run, outputs } = ROLE_RECORDS[role];
  return (agent) => {
    const inputs = inputsOf(desk, { ...champion, [role]: agent }, role);
    const output = run(agent, { ...inputs, market, upstream: () => upstream, tradable: null }, null);
    return outputs(output, market.panel.rows - STATE_ROWS, STATE_ROWS);
  };
}

/** Rows from..to-1 of what the champion hands to a role. */
function slicedUpstream<Kind extends Role>(
  desk: Desk,
  champion: Pipeline,
  role: Kind,
  from: number,
  to: number,
): RoleUpstream[Kind] {
  const before = ROLES[ROLES.indexOf(role) - 1];
  const sliced = <Before extends Role>(one: Before) =>
    ROLE_RECORDS[one].slice(outputOf(desk, champion, one), from, to);
  return (before ? sliced(before) : null) as RoleUpstream[Kind];
}

/** sd of each channel over the states of all agents; channels that never move get Infinity, so they never count. */
export function channelScales(outputs: readonly Outputs[]): Float64Array {
  const { channels } = outputs[0]!;
  const scales = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    let count = 0, mean = 0, square = 0;
    for (const { states, values } of outputs) {
      for (let s = 0; s < states; s++) {
        const value = values[s * channels + c]!;
        if (!Number.isFinite(value)) continue;
        count++;
        const delta = value - mean;
        mean += delta / count;
        square += delta * (value - mean);
      }
    }
    const sd = count > 1 ? Math.sqrt(square / (count - 1)) : 0;
    scales[c] = sd > 1e-12 ? sd : Infinity;
  }
  return scales;
}

/** Root mean squared difference of two agents' outputs, each channel over its scale. */
export function outputDistance(a: Outputs, b: Outputs, scales: Float64Array): number {
  const { values, channels } = a, others = b.values, { length } = values;
  let sum = 0;
  for (let at = 0; at < length; at += channels) {
    for (let c = 0; c < channels; c++) {
      const difference = (values[at + c]! - others[at + c]!) / scales[c]!;
      sum += difference * difference;
    }
  }
  return Math.sqrt(sum / length);
}
