/** Windows of the cross-asset signals, in rows of four hours. */
export const DAY = 6;
export const WEEK = 42;
export const MONTH = 180;
