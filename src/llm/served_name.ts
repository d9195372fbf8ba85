/** Whether who answered is who was asked. */

/** A snapshot of a model is named by the day on which it was made: -0613, -20261001, -2026-03-01. */
const DATE = /^([-@:]\d{4}[\d-]*)?$/;

/** True if a reply that names `served` came of the model that was asked as `id`: that name, or a dated snapshot of it. */
export function isNamed(served: string, id: string): boolean {
  return served.startsWith(id) && DATE.test(served.slice(id.length));
}
