/** Outputs of one agent on some states: row-major [states][channels], the same channels for all variants of its role. */
export interface Outputs {
  readonly states: number;
  readonly channels: number;
  readonly values: Float64Array;
}

/** Collects outputs over rows and coins; a state is one coin at one row. */
export function collectOutputs(
  coins: number,
  rows: number,
  channels: number,
  read: (row: number, coin: number, put: (channel: number, value: number) => void) => void,
): Outputs {
  const values = new Float64Array(rows * coins * channels);
  for (let row = 0; row < rows; row++) {
    for (let coin = 0; coin < coins; coin++) {
      const at = (row * coins + coin) * channels;
      read(row, coin, (channel, value) => values[at + channel] = value);
    }
  }
  return { states: rows * coins, channels, values };
}
