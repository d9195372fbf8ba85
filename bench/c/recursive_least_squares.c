/* Recursive least squares, the loop of src/inventory/models/recursive_least_squares.ts: reads size, rows and repeats, prints ns per row. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

int main(int argc, char **argv) {
  int d = atoi(argv[1]), n = atoi(argv[2]), repeats = atoi(argv[3]);
  double *x = malloc(sizeof(double) * n * d), *y = malloc(sizeof(double) * n);
  double *p = malloc(sizeof(double) * d * d), *b = malloc(sizeof(double) * d), *w = malloc(sizeof(double) * d);
  unsigned s = 1;
  for (int i = 0; i < n * d; i++) { s = s * 1664525u + 1013904223u; x[i] = s / 4294967296.0 - 0.5; }
  for (int i = 0; i < n; i++) y[i] = x[i * d] + x[i * d + 1];
  double best = 1e300;
  for (int r = 0; r < repeats; r++) {
    for (int i = 0; i < d * d; i++) p[i] = i % (d + 1) == 0;
    for (int i = 0; i < d; i++) b[i] = 0;
    double start = now();
    for (int t = 0; t < n; t++) {
      const double *z = x + t * d;
      double leverage = 0, error = y[t];
      for (int i = 0; i < d; i++) {
        double sum = 0;
        for (int k = 0; k < d; k++) sum += p[i * d + k] * z[k];
        w[i] = sum;
        leverage += sum * z[i];
        error -= b[i] * z[i];
      }
      double scale = 1 / (0.998 + leverage), grow = 1 / 0.998;
      for (int i = 0; i < d; i++) {
        double gain = scale * w[i];
        b[i] += gain * error;
        for (int k = 0; k <= i; k++) {
          double value = grow * (p[i * d + k] - gain * w[k]);
          p[i * d + k] = value;
          p[k * d + i] = value;
        }
      }
    }
    double took = (now() - start) / n;
    if (took < best) best = took;
  }
  printf("%.3f %.6f\n", best, b[0]);
  return 0;
}
