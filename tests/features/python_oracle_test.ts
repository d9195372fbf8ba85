/** Values computed by tests/oracles/indicators.py with pandas 3.1.1, scipy 1.17.1 and statsmodels 0.15.0. */
import assert from "node:assert/strict";
import { simpleReturns } from "../../src/core/series.ts";
import { adx } from "../../src/features/adx.ts";
import { atr } from "../../src/features/atr.ts";
import { bollinger } from "../../src/features/bollinger.ts";
import { ema } from "../../src/features/ema.ts";
import { highLowRange } from "../../src/features/high_low_range.ts";
import { macd } from "../../src/features/macd.ts";
import { momentum } from "../../src/features/momentum.ts";
import { parkinsonVolatility } from "../../src/features/parkinson_volatility.ts";
import { ppo } from "../../src/features/ppo.ts";
import { realisedVolatility } from "../../src/features/realised_volatility.ts";
import { rollingAutocorrelation } from "../../src/features/rolling_autocorrelation.ts";
import { rollingShape } from "../../src/features/rolling_shape.ts";
import { sma } from "../../src/features/sma.ts";
import { ewmaZ } from "../../src/features/standardise.ts";
import { stochastic } from "../../src/features/stochastic.ts";
import { trix } from "../../src/features/trix.ts";
import { volumeBalance } from "../../src/features/volume_balance.ts";
import { volumeRatio } from "../../src/features/volume_ratio.ts";

/** The oracle's input: prices and volumes made from u = (1103515245 u + 12345) mod 2^31, u_0 = 42. */
function oracleBars() {
  const n = 120;
  const close = new Float64Array(n),
    high = new Float64Array(n),
    low = new Float64Array(n),
    volume = new Float64Array(n);
  let state = 42;
  const uniform = () => (state = (Math.imul(1103515245, state) + 12345) & 0x7fffffff) / 2 ** 31;
  let price = 100;
  for (let i = 0; i < n; i++) {
    price *= 1 + 0.04 * (uniform() - 0.48);
    close[i] = price;
    high[i] = price * (1 + 0.02 * uniform());
    low[i] = price * (1 - 0.02 * uniform());
    volume[i] = 1000 * (0.2 + uniform());
  }
  return { close, high, low, volume };
}

const { close, high, low, volume } = oracleBars();
const returns = simpleReturns(close).subarray(1);
const ranges = highLowRange(high, low);
const bands = bollinger(close, 10);
const directional = adx(high, low, close, 7);
const oscillator = stochastic(high, low, close, 10, 3);
const shape = rollingShape(returns, 20);
const convergence = macd(close, 6, 13, 5);

/** Column and the oracle's values 60, 7 and 1 rows from the end. */
const golden: Readonly<Record<string, readonly [Float64Array, readonly [number, number, number]]>> = {
  close: [close, [108.678640722, 116.515024052, 114.604589434]],
  ema: [ema(close, 9), [108.745587711, 114.978970094, 115.304558459]],
  trix: [trix(close, 5), [0.00199275567062, 0.00314672357312, 0.000236807431813]],
  ppo: [ppo(close, 6, 13), [0.00813996993387, 0.00777146042712, 0.00147209334607]],
  macdLine: [convergence.line, [0.880640053983, 0.890445093012, 0.169496921322]],
  macdHistogram: [convergence.histogram, [-0.181835262352, 0.261840075923, -0.289390329172]],
  percentB: [bands.percentB, [0.413609599766, 0.829958530692, 0.169547489306]],
  bandwidth: [bands.bandwidth, [0.034887169553, 0.0507937690384, 0.0318907548754]],
  plusDi: [directional.plus, [28.5125978998, 32.1252069702, 17.1552140021]],
  minusDi: [directional.minus, [18.8432045506, 11.8184209428, 26.8464934465]],
  adx: [directional.adx, [21.4391697075, 25.8607219136, 26.8358074052]],
  atr: [atr(high, low, close, 7), [2.50074257875, 2.54179168905, 2.20693016903]],
  stochasticK: [oscillator.k, [56.5456697984, 82.939427942, 35.7766137937]],
  stochasticD: [oscillator.d, [68.8918892137, 77.7332554526, 44.1917550203]],
  skew: [shape.skew, [-0.358977334992, -0.183219019668, -0.199719076103]],
  kurtosis: [shape.kurtosis, [-1.28966551655, -1.18577263877, -0.571380999495]],
  autocorrelation: [rollingAutocorrelation(returns, 20), [-0.402921276933, -0.188405233081, -0.341335101109]],
  volatility: [realisedVolatility(returns, 20), [0.0136194038235, 0.0126922420894, 0.0114246424562]],
  parkinson: [parkinsonVolatility(ranges, 20), [0.0132644756356, 0.0130505214656, 0.0122850928208]],
  range: [sma(ranges, 20), [0.0204461632153, 0.0205734961254, 0.0189701995514]],
  volumeRatio: [volumeRatio(volume, 15), [1.19419937234, 1.01941230914, 1.46964192733]],
  volumeBalance: [volumeBalance(close, volume, 15), [0.0581970905655, 0.261767052816, -0.00237474755433]],
  ewmaZ: [ewmaZ(volume, 12, 12), [0.562436224276, -0.204538901682, 0.951276736388]],
  momentum: [momentum(close, 8), [0.450755110986, 0.824177586261, -0.144425706165]],
};

for (const [name, [column, expected]] of Object.entries(golden)) {
  Deno.test(`${name} equals the Python oracle`, () => {
    [60, 7, 1].forEach((back, i) => {
      const actual = column[column.length - back]!, wanted = expected[i]!;
      assert.ok(
        Math.abs(actual - wanted) <= 1e-10 * Math.max(Math.abs(wanted), 1e-2),
        `${back} from the end: ${actual}, not ${wanted}`,
      );
    });
  });
}
