/** The width that everything printed keeps to, in signs. */
export const TEXT_WIDTH = 100;
