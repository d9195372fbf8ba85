import { autocorrelations, autocovariances } from "../../src/stats/autocorrelation.ts";
import { ljungBox } from "../../src/stats/ljung_box.ts";
import { assertAllClose, assertClose } from "../close_to.ts";
import { autoregression, r12 } from "../golden_data.ts";

// By hand: x = 1, 2, 3, mean 2, deviations -1, 0, 1: gamma_0 = 2/3, gamma_1 = 0, gamma_2 = -1/3.
Deno.test("autocovariances() match the worked example", () => {
  assertAllClose(autocovariances([1, 2, 3], 2), [2 / 3, 0, -1 / 3], 1e-15);
});

// Golden values: numpy on R12; statsmodels acorr_ljungbox and acf on DS4.
Deno.test("autocorrelations() and ljungBox() match statsmodels", () => {
  assertAllClose(autocorrelations(r12, 5), [
    1,
    -0.3304280289955126,
    -0.2328270624784259,
    -0.07654470141525713,
    0.043493268898860904,
    0.3136865723161892,
  ], 1e-13);
  assertClose(autocorrelations(autoregression(), 1)[1]!, 0.5097619234056899, 1e-12);
  const { q, p } = ljungBox(autoregression(), 10);
  assertClose(q, 73.35760721918273, 1e-10);
  assertClose(p, 9.923693588542074e-12, 1e-20); // scipy chi2.sf
});
