/** Lesions of a stored run: the same run in which one role learns nothing at all, role by role. */
import { rng } from "../../core/rng.ts";
import { type Role, ROLES } from "../../genome/role.ts";
import { isConstant } from "../../stats/constant.ts";
import { type SharpeEstimate, sharpeEstimate } from "../sharpe_estimate.ts";
import { type Branch, type BranchedAccount, branchRun } from "./branch.ts";
import type { StoredPopulation } from "./stored_population.ts";

/** Fewer bars after a branch than this are not compared: seven days. */
const LEAST_BARS = 42;

/** One deployed account of the run beside its branch's, over the bars that may differ. */
export interface BranchDifference {
  /** The deployed account. */
  readonly name: string;
  /** Net return of the run less the branch's, a fraction. */
  readonly returned: number;
  /** Net return of the run over those bars, a fraction. */
  readonly run: number;
  /** Net return of the branch over them, a fraction. */
  readonly branch: number;
  /** True if both are the same, bit for bit. */
  readonly same: boolean;
  /** Annual Sharpe ratio, run less branch; null where they are the same, too short, or one never moved. */
  readonly estimate: SharpeEstimate | null;
}

/** The run without what one role learned. */
export interface Lesion {
  /** The role that learned nothing. */
  readonly role: Role;
  /** What that role had learned in the run, counts. */
  readonly leftOut: Branch["leftOut"];
  /** The deployed accounts, the headline first. */
  readonly accounts: readonly BranchDifference[];
}

/** Every role that learned anything, frozen for the whole run; each takes as long as the run's population did. */
export function lesionsOf(
  population: StoredPopulation,
  onProgress: (done: number, total: number) => void = () => {},
): Lesion[] {
  const { iterations, run: { result: { seed } } } = population;
  const learned = (role: Role) =>
    iterations.filter(({ transfers, mutations }) =>
      [...transfers, ...mutations].some((one) => one.role === role)
    )
      .map(({ k }) => k);
  const roles = ROLES.filter((role) => learned(role).length > 0);
  return roles.map((role, i) => {
    const branch = branchRun(
      population,
      { without: "learning", at: learned(role), roles: [role] },
      (done, total) => onProgress(i * total + done, roles.length * total),
    );
    return {
      role,
      leftOut: branch.leftOut,
      accounts: branch.accounts.map((account) => branchDifference(branch, account, seed)),
    };
  });
}

/** What an account of the run earned more than its branch's, over the bars that may differ. */
export function branchDifference(
  { sameRows }: Pick<Branch, "sameRows">,
  account: BranchedAccount,
  seed: number,
): BranchDifference {
  const [run, branch] = [account.stored, account.branch.equity].map((equity) =>
    returnsAfter(equity, account.branch.startingEquity, sameRows)
  ) as [Float64Array, Float64Array];
  const grown = (returns: Float64Array) => returns.reduce((total, one) => total * (1 + one), 1) - 1;
  const same = run.every((value, t) => value === branch[t]);
  const told = run.length >= LEAST_BARS && !same && !isConstant(run) && !isConstant(branch);
  return {
    name: account.name,
    run: grown(run),
    branch: grown(branch),
    returned: grown(run) - grown(branch),
    same,
    estimate: told ? sharpeEstimate(run, branch, rng("branch", seed, account.name)) : null,
  };
}

/** Simple returns of the bars from `skip` on. */
function returnsAfter(equity: Float64Array, start: number, skip: number): Float64Array {
  return Float64Array.from({ length: Math.max(0, equity.length - skip) }, (_, i) => {
    const before = skip + i === 0 ? start : equity[skip + i - 1]!;
    return before > 0 ? equity[skip + i]! / before - 1 : 0;
  });
}
