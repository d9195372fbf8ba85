/** A mistake of the person at the keyboard, or of their files: shown as one message, without a stack. */
export class UserError extends Error {
  override readonly name: string = "UserError";
}
