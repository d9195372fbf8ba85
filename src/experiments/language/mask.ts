/** What is kept from a model that may remember: which coin it is, and when. */
export interface Mask {
  /** True to name no coin. */
  readonly coins: boolean;
  /** True to name no date. */
  readonly dates: boolean;
}
