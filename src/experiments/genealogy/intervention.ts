/** What a counterfactual branch leaves out of a run: settings that change in some iterations, and nothing else. */
import { UserError } from "../../core/user_error.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import { type Role, ROLES } from "../../genome/role.ts";
import type { PopulationConfig } from "../../population/config.ts";
import { playsLanguage } from "../language/plays.ts";

/** What a branch leaves out. */
export const LEFT_OUT = ["transfer", "mutation", "learning"] as const;
/** One of them: lessons, mutants, or both. */
export type LeftOut = (typeof LEFT_OUT)[number];

/** What is left out, and when. */
export interface Intervention {
  /** Lessons, mutants, or both. */
  readonly without: LeftOut;
  /** Iterations in which it is left out, ascending; at least one. */
  readonly at: readonly number[];
  /** Roles for which all learning is left out; all unless given, and for `learning` alone. */
  readonly roles?: readonly Role[];
}

/** Changes that a run took and a branch did not. */
export interface Changed {
  /** Lessons, a count; 0 where mutants alone are left out. */
  readonly lessons: number;
  /** Mutants, a count; 0 where lessons alone are left out. */
  readonly mutants: number;
}

/** The settings of an iteration that leaves something out. Random numbers are named by what they are for: none moves. */
export function configWithout(config: PopulationConfig, { without, roles }: Intervention): PopulationConfig {
  if (without === "learning") {
    return { ...config, frozen: [...new Set([...config.frozen, ...roles ?? ROLES])] };
  }
  if (without === "transfer") return { ...config, transfer: "none" };
  return { ...config, mutation: "off" };
}

/** What a run learned where a branch learns nothing. @throws {UserError} If that is nothing. */
export function learnedAt(
  stored: readonly IterationEvent[],
  { without, at, roles }: Intervention,
  config: PopulationConfig,
): Changed {
  const last = stored.at(-1)!.k;
  const wrong = at.find((k) => !(Number.isInteger(k) && k >= 0 && k <= last));
  if (at.length === 0 || wrong !== undefined) {
    throw new UserError(
      `Cannot branch this run as iterations must be of 0 to ${last}: current value is ${wrong ?? "none"}`,
    );
  }
  if (playsLanguage(config)) {
    throw new UserError(
      "Cannot branch this run as its agents must decide from rows alone: its traders ask a language model",
    );
  }
  if (roles && without !== "learning") {
    throw new UserError(`Cannot branch this run by role as all learning must be left out: it is ${without}`);
  }
  if (config.learning === "pbt" && without !== "learning") {
    throw new UserError(
      `Cannot branch this run without ${without} as it must teach and mutate apart: population-based training copies and ` +
        "explores in one, leave out learning",
    );
  }
  const events = at.map((k) => stored[k]!);
  const counts = (role: Role) => !roles || roles.includes(role);
  const lessons = events.flatMap(({ transfers }) => transfers).filter(({ role }) => counts(role)).length;
  const mutants = events.flatMap(({ mutations }) => mutations).filter(({ role }) => counts(role)).length;
  const found = {
    lessons: without === "mutation" ? 0 : lessons,
    mutants: without === "transfer" ? 0 : mutants,
  };
  if (found.lessons + found.mutants > 0) return found;
  const those = stored.filter(({ transfers, mutations }) =>
    (without !== "mutation" && transfers.some(({ role }) => counts(role))) ||
    (without !== "transfer" && mutations.some(({ role }) => counts(role)))
  ).map(({ k }) => k);
  throw new UserError(
    `Cannot branch this run without ${without} at ${
      at.join(", ")
    } as something must have been learned there: it was in ` +
      (those.length > 0 ? `iterations ${those.join(", ")}` : "no iteration"),
  );
}
