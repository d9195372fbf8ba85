/** The four roles in the order of the pipeline. */
export const ROLES = ["analyst", "researcher", "trader", "risk"] as const;
/** One of the four roles. */
export type Role = (typeof ROLES)[number];

/** An object with one value per role. */
export function byRole<Value>(value: (role: Role) => Value): Record<Role, Value> {
  return {
    analyst: value("analyst"),
    researcher: value("researcher"),
    trader: value("trader"),
    risk: value("risk"),
  };
}
