/** The part of jstat 1.9.6 that src/stats uses; the package ships no types. */
interface Location {
  cdf(x: number, mean: number, sd: number): number;
  pdf(x: number, mean: number, sd: number): number;
  inv(p: number, mean: number, sd: number): number;
}
interface Degrees {
  cdf(x: number, degrees: number): number;
  pdf(x: number, degrees: number): number;
  inv(p: number, degrees: number): number;
}
declare const jstat: {
  readonly normal: Location;
  readonly studentt: Degrees;
  readonly chisquare: Degrees;
  betafn(a: number, b: number): number;
};
export default jstat;
