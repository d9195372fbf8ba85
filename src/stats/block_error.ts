/**
 * Standard error of a mean from the sums of whole blocks, natural for a resample made of independent blocks:
 * sqrt(mean over blocks of (block sum)^2 / blockLength / n). Values after the last whole block are left out.
 *
 * @param influence What each bar adds, of mean 0; shape [n].
 * @param blockLength An integer in 1..n.
 * @see F. Goetze, H. R. Kuensch, Annals of Statistics 24 (1996) 1914.
 */
export function blockError(influence: Float64Array, blockLength: number): number {
  const blocks = Math.floor(influence.length / blockLength);
  let squares = 0;
  for (let block = 0; block < blocks; block++) {
    let sum = 0;
    for (let i = 0; i < blockLength; i++) sum += influence[block * blockLength + i]!;
    squares += sum * sum;
  }
  return Math.sqrt(squares / blockLength / blocks / influence.length);
}
