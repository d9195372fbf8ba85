# Golden values of the robust STL in tests/inventory/models_golden_test.ts, and why those of 96 rows are statsmodels'.
# Run: python stl_series.py > ds7.txt && Rscript stl_robust.R ds7.txt
#
# Seen with R 4.2.2: of 95 rows R and statsmodels agree to the last digit. Of 96 R's season of row 1 is .777 and statsmodels'
# .809, and R does not settle with more passes (15: .777, 30: .806, 100: .800). The scale of the weights is six times the median
# of what is left; R asks its partial sort for the two middle places in falling order, and where their number is even it is
# given another value than the middle one in some passes, here the fifth. The loop at the end measures it.
y <- scan(commandArgs(TRUE)[1], quiet = TRUE)
options(digits = 15)
robust <- function(rows, outer = 15) {
  stl(ts(y[1:rows], frequency = 6), s.window = 7, t.window = 11, robust = TRUE, outer = outer)
}
for (rows in c(95, 96)) print(robust(rows)$time.series[c(1, rows), ])
for (outer in c(15, 30, 100)) cat("96 rows,", outer, "passes:", robust(96, outer)$time.series[1, 1], "\n")
for (outer in 1:6) {
  left <- abs(robust(96, outer - 1)$time.series[, "remainder"])
  weights <- robust(96, outer)$weights
  i <- which(weights > .1 & weights < .9)
  cat("pass", outer, "scale taken:", mean(left[i] / sqrt(1 - sqrt(weights[i]))), "six medians:", 6 * median(left), "\n")
}
