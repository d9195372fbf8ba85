/** What comes of a question in the end. A failed call is never mistaken for a decision to stay out. */
import type { FailureKind } from "./failure.ts";
import type { Mending } from "./json_text.ts";
import type { Verdict } from "./reading.ts";

/** What had to be mended: in the text, or by one further turn in which the model was told its mistake. */
export type Repair = Mending | "turn";

/** Why there is no proposal. */
export type AbstentionReason =
  | FailureKind
  | Exclude<Verdict<unknown>["kind"], "proposal" | "repaired" | "failed">;

/** A proposal, or a recorded abstention: nothing is invented in its place. */
export type Outcome<Value> =
  | { readonly kind: "proposal"; readonly value: Value; readonly repairs: readonly Repair[] }
  | { readonly kind: "abstention"; readonly reason: AbstentionReason; readonly detail: string };

/** The outcome of the last verdict on a question. */
export function outcomeOf<Value>(verdict: Verdict<Value>, turned: boolean): Outcome<Value> {
  const turn = turned ? ["turn" as const] : [];
  switch (verdict.kind) {
    case "proposal":
      return { kind: "proposal", value: verdict.value, repairs: turn };
    case "repaired":
      return { kind: "proposal", value: verdict.value, repairs: [...turn, ...verdict.mendings] };
    case "failed":
      return { kind: "abstention", reason: verdict.failure.kind, detail: verdict.failure.text };
    default:
      return { kind: "abstention", reason: verdict.kind, detail: detailOf(verdict) };
  }
}

function detailOf(verdict: Exclude<Verdict<unknown>, { kind: "proposal" | "repaired" | "failed" }>): string {
  switch (verdict.kind) {
    case "wrongSchema":
      return verdict.issues.join("; ");
    case "empty":
      return "the reply holds no text";
    case "foreign":
      return `${verdict.what}: ${verdict.text.slice(0, 120)}`;
    default:
      return verdict.text.slice(0, 200);
  }
}
