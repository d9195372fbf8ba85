/** A type with everything in it read-only, however deep: what a schema infers, as the rest of the house holds it. */
export type Immutable<Type> = Type extends object ? { readonly [Key in keyof Type]: Immutable<Type[Key]> } // arrays and tuples stay what they are
  : Type;
