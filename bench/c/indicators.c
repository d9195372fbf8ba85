/*
 * The indicators of src/features in C, as the yardstick of bench/indicators.bench.ts: same results, same care. Running
 * sums are built afresh where an outlier has left, and ties of moves are told from rounding, as there.
 * usage: indicators <file> <coins> <rows> <repeats>
 * The file holds, for each coin, the columns high, low, close, turnover, funding as doubles.
 * Prints one line an indicator: name, best ns per bar, checksum over all coins and outputs.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define OUTPUTS 5
#define REBUILD_SHARE 1e-7 /* of a running sum's largest value: below it the sum is built afresh */

typedef struct { const double *high, *low, *close, *turnover, *funding; } bars;
static int n;
static double *out[OUTPUTS], *scratch[3];
static int *queue;

static void head(double *x, int rows) { for (int i = 0; i < MIN(rows, n); i++) x[i] = NAN; }

static double sum_of(const double *x, int i, int w) {
  double sum = 0;
  for (int k = i - w + 1; k <= i; k++) sum += x[k];
  return sum;
}
static void sma_of(const double *x, int from, int w, double *o) {
  head(o, from + w - 1);
  for (int end = from + w - 1; end < n; end += w) {
    double sum = sum_of(x, end, w), largest = fabs(sum);
    o[end] = sum / w;
    for (int i = end + 1; i < MIN(end + w, n); i++) {
      sum += x[i] - x[i - w];
      double size = fabs(sum);
      if (size > largest) largest = size;
      else if (size < REBUILD_SHARE * largest) { sum = sum_of(x, i, w); largest = fabs(sum); }
      o[i] = sum / w;
    }
  }
}
static void rms_of(const double *x, int from, int w, double scale, double *o) {
  for (int i = from; i < n; i++) scratch[1][i] = x[i] * x[i];
  sma_of(scratch[1], from, w, o);
  for (int i = from + w - 1; i < n; i++) o[i] = scale * sqrt(MAX(0, o[i]));
}
static void returns_of(const double *c, double *o) { o[0] = 0; for (int i = 1; i < n; i++) o[i] = c[i] / c[i - 1] - 1; }
static void ranges_of(const bars *b, double *o) { for (int i = 0; i < n; i++) o[i] = log(b->high[i] / b->low[i]); }

static int sma(const bars *b) { sma_of(b->close, 0, 20, out[0]); return 1; }
static int ema(const bars *b) {
  double a = 2.0 / 13, m = b->close[0];
  for (int i = 0; i < n; i++) { m += a * (b->close[i] - m); out[0][i] = m; }
  head(out[0], 11);
  return 1;
}
static int macd(const bars *b) {
  double f = 2.0 / 13, s = 2.0 / 27, g = 2.0 / 10, q = b->close[0], l = q, m = 0;
  head(out[0], 25); head(out[1], 33); head(out[2], 33);
  for (int i = 0; i < n; i++) {
    double c = b->close[i];
    q += f * (c - q); l += s * (c - l);
    if (i < 25) continue;
    double v = q - l;
    m = i == 25 ? v : m + g * (v - m);
    out[0][i] = v;
    if (i < 33) continue;
    out[1][i] = m; out[2][i] = v - m;
  }
  return 3;
}
static int rsi(const bars *b) {
  double gain = 0, loss = 0;
  head(out[0], 14);
  for (int i = 1; i < n; i++) {
    double move = b->close[i] - b->close[i - 1], w = 1.0 / MIN(i, 14);
    gain += ((move > 0 ? move : 0) - gain) * w;
    loss += ((move < 0 ? -move : 0) - loss) * w;
    if (i >= 14) out[0][i] = gain + loss == 0 ? 50 : 100 * gain / (gain + loss);
  }
  return 1;
}
static int atr(const bars *b) {
  double m = 0;
  for (int i = 0; i < n; i++) {
    double c = i > 0 ? b->close[i - 1] : b->low[i];
    out[0][i] = MAX(b->high[i], c) - MIN(b->low[i], c);
  }
  for (int i = 0; i < n; i++) { m += (out[0][i] - m) / MIN(i + 1, 14); out[0][i] = i >= 13 ? m : NAN; }
  return 1;
}
static int adx(const bars *b) {
  double range = 0, up = 0, down = 0, m = 0;
  head(out[0], 14); head(out[1], 14); head(out[2], 27);
  for (int i = 1; i < n; i++) {
    double h = b->high[i], l = b->low[i], c = b->close[i - 1];
    double rise = h - b->high[i - 1], fall = b->low[i - 1] - l, w = 1.0 / MIN(i, 14);
    range += (MAX(h, c) - MIN(l, c) - range) * w;
    double same = 1e-10 * h;
    up += ((rise - fall > same && rise > same ? rise : 0) - up) * w;
    down += ((fall - rise > same && fall > same ? fall : 0) - down) * w;
    if (i < 14) continue;
    out[0][i] = range == 0 ? 0 : 100 * up / range;
    out[1][i] = range == 0 ? 0 : 100 * down / range;
    double s = up + down == 0 ? 0 : 100 * fabs(up - down) / (up + down);
    m += (s - m) / MIN(i - 13, 14);
    if (i >= 27) out[2][i] = m;
  }
  return 3;
}
static int bollinger(const bars *b) {
  enum { W = 20 };
  const double *x = b->close;
  double shift = x[0], sum = 0, sq = 0, largest = 0, *mid = out[0], *sd = scratch[0];
  int run = 0;
  for (int i = 0; i < n; i++) {
    int due = i >= W && i % W == 0, lost = 0;
    if (!due) {
      double d = x[i] - shift; sum += d; sq += d * d;
      if (i >= W) { double e = x[i - W] - shift; sum -= e; sq -= e * e; }
      largest = MAX(largest, sq);
      lost = i >= W - 1 && sq - sum * sum / W < REBUILD_SHARE * largest;
    }
    if (due || lost) {
      shift = due ? x[i] : sum_of(x, i, W) / W;
      sum = sq = 0;
      for (int k = i - W + 1; k <= i; k++) { double d = x[k] - shift; sum += d; sq += d * d; }
      largest = sq;
    }
    if (i >= W - 1) { mid[i] = shift + sum / W; sd[i] = sqrt(MAX(0, (sq - sum * sum / W) / (W - 1))); }
  }
  double scale = 2 * sqrt(19.0 / 20);
  for (int k = 0; k < 5; k++) head(out[k], W - 1);
  for (int i = 0; i < n; i++) {
    run = i > 0 && x[i] == x[i - 1] ? run + 1 : 1;
    if (i < W - 1) continue;
    double half = run >= W ? 0 : scale * sd[i];
    out[1][i] = mid[i] + half; out[2][i] = mid[i] - half;
    out[3][i] = half == 0 ? 0.5 : 0.5 + (x[i] - mid[i]) / (2 * half);
    out[4][i] = 2 * half / mid[i];
  }
  return 5;
}
static void extreme(const double *x, int w, double sign, double *o) {
  int first = 0, last = 0;
  for (int i = 0; i < n; i++) {
    double v = sign * x[i];
    while (last > first && sign * x[queue[last - 1]] <= v) last--;
    queue[last++] = i;
    if (queue[first] <= i - w) first++;
    if (i >= w - 1) o[i] = x[queue[first]];
  }
}
static int stochastic(const bars *b) {
  extreme(b->high, 14, 1, scratch[0]); extreme(b->low, 14, -1, scratch[2]);
  head(out[0], 13);
  for (int i = 13; i < n; i++) {
    double range = scratch[0][i] - scratch[2][i];
    out[0][i] = range == 0 ? 50 : 100 * (b->close[i] - scratch[2][i]) / range;
  }
  sma_of(out[0], 13, 3, out[1]);
  return 2;
}
static int roc(const bars *b) {
  head(out[0], 10);
  for (int i = 10; i < n; i++) out[0][i] = b->close[i] / b->close[i - 10] - 1;
  return 1;
}
static int momentum(const bars *b) {
  double phi = exp(-1.0 / 18), scale = sqrt(1 - phi * phi), var = 0, level = 0;
  head(out[0], 18);
  for (int i = 1; i < n; i++) {
    double move = b->close[i] / b->close[i - 1] - 1;
    var += (move * move - var) * MAX(0.03, 1.0 / i);
    level = phi * level + (var > 0 ? scale * move / sqrt(var) : 0);
    if (i >= 18) out[0][i] = level;
  }
  return 1;
}
static int trix(const bars *b) {
  double w = 2.0 / 16, x = b->close[0], y = x, z = x;
  head(out[0], 43);
  for (int i = 1; i < n; i++) {
    double before = z;
    x += w * (b->close[i] - x); y += w * (x - y); z += w * (y - z);
    if (i >= 43) out[0][i] = z / before - 1;
  }
  return 1;
}
static int ppo(const bars *b) {
  double f = 2.0 / 13, s = 2.0 / 27, q = b->close[0], l = q;
  head(out[0], 25);
  for (int i = 0; i < n; i++) {
    q += f * (b->close[i] - q); l += s * (b->close[i] - l);
    if (i >= 25) out[0][i] = (q - l) / l;
  }
  return 1;
}
static int shape(const bars *b) {
  const int w = 60;
  returns_of(b->close, scratch[0]);
  const double *x = scratch[0] + 1;
  double g = sqrt((double)w * (w - 1)) / (w - 2), q = (double)(w - 1) / ((w - 2) * (w - 3));
  double shift = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, largest = 0;
  int run = 1;
  head(out[0], w); head(out[1], w);
  for (int i = 0; i < n - 1; i++) {
    run = i > 0 && x[i] == x[i - 1] ? run + 1 : 1;
    if (i < w - 1) continue;
    int due = (i + 1) % w == 0;
    if (!due) {
      double d = x[i] - shift, e = x[i - w] - shift, dd = d * d, ee = e * e;
      s1 += d - e; s2 += dd - ee; s3 += dd * d - ee * e; s4 += dd * dd - ee * ee;
      largest = MAX(largest, s4);
      double about = s1 / w, fourth = s4 - about * (4 * s3 - about * (6 * s2 - 3 * about * s1));
      due = fourth < REBUILD_SHARE * largest;
    }
    if (due) {
      shift = sum_of(x, i, w) / w;
      s1 = s2 = s3 = s4 = 0;
      for (int k = i - w + 1; k <= i; k++) {
        double d = x[k] - shift, dd = d * d;
        s1 += d; s2 += dd; s3 += dd * d; s4 += dd * dd;
      }
      largest = s4;
    }
    double m = s1 / w, m2 = s2 / w - m * m;
    if (run >= w || m2 <= 0) { out[0][i + 1] = out[1][i + 1] = 0; continue; }
    double m3 = s3 / w - m * (3 * s2 / w - 2 * m * m);
    double m4 = s4 / w - m * (4 * s3 / w - m * (6 * s2 / w - 3 * m * m));
    out[0][i + 1] = g * m3 / (m2 * sqrt(m2));
    out[1][i + 1] = q * ((w + 1) * (m4 / (m2 * m2) - 3) + 6);
  }
  return 2;
}
static int autocorrelation(const bars *b) {
  const int w = 60;
  returns_of(b->close, scratch[0]);
  const double *x = scratch[0] + 1;
  double shift = 0, sum = 0, sq = 0, pr = 0, largest = 0;
  int run = 1;
  head(out[0], w);
  for (int i = 0; i < n - 1; i++) {
    run = i > 0 && x[i] == x[i - 1] ? run + 1 : 1;
    if (i < w - 1) continue;
    double last = x[i], first = x[i - w + 1];
    int due = (i + 1) % w == 0;
    if (!due) {
      double d = last - shift, e = x[i - w] - shift;
      sum += d - e; sq += d * d - e * e;
      pr += d * (x[i - 1] - shift) - e * (first - shift);
      largest = MAX(largest, sq);
      due = sq - sum * sum / w < REBUILD_SHARE * largest;
    }
    if (due) {
      shift = sum_of(x, i, w) / w;
      sum = first - shift; sq = sum * sum; pr = 0;
      for (int k = i - w + 2; k <= i; k++) {
        double d = x[k] - shift;
        sum += d; sq += d * d; pr += d * (x[k - 1] - shift);
      }
      largest = sq;
    }
    double m = sum / w, var = sq - sum * m, ends = first - shift + (last - shift);
    out[0][i + 1] = run >= w || var <= 0 ? 0 : (pr - m * (2 * sum - ends) + (w - 1) * m * m) / var;
  }
  return 1;
}
static int volatility(const bars *b) {
  returns_of(b->close, scratch[0]);
  rms_of(scratch[0], 1, 20, 1, out[0]);
  return 1;
}
static int range(const bars *b) { ranges_of(b, scratch[0]); sma_of(scratch[0], 0, 14, out[0]); return 1; }
static int parkinson(const bars *b) {
  ranges_of(b, scratch[0]);
  rms_of(scratch[0], 0, 20, 1 / sqrt(4 * M_LN2), out[0]);
  return 1;
}
static int place(const double *s, int size, double x) {
  int low = 0, high = size;
  while (low < high) { int mid = (low + high) >> 1; if (s[mid] < x) low = mid + 1; else high = mid; }
  return low;
}
static int volume_ratio(const bars *b) {
  enum { W = 42 };
  double s[W];
  int size = 0;
  head(out[0], W - 1);
  for (int i = 0; i < n; i++) {
    double x = b->turnover[i];
    if (size < W) {
      int at = place(s, size, x);
      memmove(s + at + 1, s + at, (size - at) * sizeof *s);
      s[at] = x;
      if (++size < W) continue;
    } else {
      int at = place(s, W, b->turnover[i - W]);
      for (; at + 1 < W && s[at + 1] < x; at++) s[at] = s[at + 1];
      for (; at > 0 && s[at - 1] > x; at--) s[at] = s[at - 1];
      s[at] = x;
    }
    double median = (s[W / 2 - 1] + s[W / 2]) / 2;
    out[0][i] = median == 0 ? 1 : b->turnover[i] / median;
  }
  return 1;
}
static int volume_balance(const bars *b) {
  const int w = 20;
  double balance = 0, total = 0, largest = 0, *s = scratch[0];
  s[0] = 0;
  for (int i = 1; i < n; i++) {
    double move = b->close[i] - b->close[i - 1];
    s[i] = ((move > 0) - (move < 0)) * b->turnover[i];
  }
  head(out[0], w);
  for (int i = w; i < n; i++) {
    int due = i % w == 0;
    if (!due) {
      balance += s[i] - s[i - w]; total += b->turnover[i] - b->turnover[i - w];
      largest = MAX(largest, total);
      due = total < REBUILD_SHARE * largest;
    }
    if (due) {
      balance = total = 0;
      for (int k = i - w + 1; k <= i; k++) { balance += s[k]; total += b->turnover[k]; }
      largest = total;
    }
    out[0][i] = total > 0 ? MAX(-1, MIN(1, balance / total)) : 0;
  }
  return 1;
}
static int funding_z(const bars *b) {
  double least = 1.0 / 90, m = 0, var = 0;
  int seen = 0;
  head(out[0], 90);
  for (int i = 0; i < n; i++) {
    double v = b->funding[i];
    if (v != v) continue;
    seen++;
    double w = MAX(least, 1.0 / seen), d = v - m;
    m += w * d;
    var = (1 - w) * (var + w * d * d);
    if (seen <= 90) continue;
    out[0][i] = var <= 1e-18 * m * m ? 0 : (v - m) / sqrt(var);
  }
  return 1;
}

static const struct { const char *name; int (*run)(const bars *); } table[] = {
  {"sma", sma}, {"ema", ema}, {"macd", macd}, {"rsi", rsi}, {"atr", atr}, {"adx", adx},
  {"bollinger", bollinger}, {"stochastic", stochastic}, {"roc", roc}, {"momentum", momentum},
  {"trix", trix}, {"ppo", ppo}, {"shape", shape}, {"autocorrelation", autocorrelation},
  {"volatility", volatility}, {"range", range}, {"parkinson", parkinson},
  {"volumeRatio", volume_ratio}, {"volumeBalance", volume_balance}, {"fundingZ", funding_z},
};

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e9 + t.tv_nsec; }

int main(int argc, char **argv) {
  if (argc != 5) return fprintf(stderr, "usage: %s <file> <coins> <rows> <repeats>\n", argv[0]), 2;
  int coins = atoi(argv[2]), repeats = atoi(argv[4]);
  n = atoi(argv[3]);
  size_t count = (size_t)coins * 5 * n;
  double *data = malloc(count * sizeof *data);
  FILE *file = fopen(argv[1], "rb");
  if (!file || fread(data, sizeof *data, count, file) != count) return fprintf(stderr, "cannot read %s\n", argv[1]), 1;
  fclose(file);
  for (int k = 0; k < OUTPUTS; k++) out[k] = malloc(n * sizeof(double));
  for (int k = 0; k < 3; k++) scratch[k] = malloc(n * sizeof(double));
  queue = malloc(n * sizeof *queue);
  bars b[coins];
  for (int c = 0; c < coins; c++) {
    const double *at = data + (size_t)c * 5 * n;
    b[c] = (bars){at, at + n, at + 2 * n, at + 3 * n, at + 4 * n};
  }
  for (size_t t = 0; t < sizeof table / sizeof *table; t++) {
    double best = INFINITY, checksum = 0;
    for (int r = 0; r < repeats; r++) {
      double start = now();
      for (int c = 0; c < coins; c++) table[t].run(&b[c]);
      best = MIN(best, now() - start);
    }
    for (int c = 0; c < coins; c++) {
      int outputs = table[t].run(&b[c]);
      for (int k = 0; k < outputs; k++)
        for (int i = 0; i < n; i++) if (out[k][i] == out[k][i]) checksum += out[k][i] * (1 + i % 7);
    }
    printf("%s %.4f %.17g\n", table[t].name, best / ((double)coins * n), checksum);
  }
  return 0;
}
