import type { Role } from "../genome/role.ts";
import { analystRole } from "./analyst/role.ts";
import { researcherRole } from "./researcher/role.ts";
import { riskRole } from "./risk/role.ts";
import type { RoleRecord } from "./role_record.ts";
import { traderRole } from "./trader/role.ts";

/** The one table of roles: what an agent of each does, and how it is compared with its kind. */
export const ROLE_RECORDS: { readonly [Kind in Role]: RoleRecord<Kind> } = {
  analyst: analystRole,
  researcher: researcherRole,
  trader: traderRole,
  risk: riskRole,
};
