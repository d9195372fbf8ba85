/** The outcome of something that is bound to fail now and then: a value, or an error to count. */
export type Result<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure };

/** A success. */
export function ok<Value>(value: Value): Result<Value, never> {
  return { ok: true, value };
}

/** A failure that the caller is expected to look at. */
export function err<Failure>(error: Failure): Result<never, Failure> {
  return { ok: false, error };
}
