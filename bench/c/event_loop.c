/*
 * The event loop of src/simulation in C: every rule of the account (judge, equity rules, costs, funding,
 * isolated margin, liquidation, stops, targets, resting entries, cooldown), on the same input.
 * Usage: event_loop input.bin repeats. Input, little endian: int32 rows, from, plans, limits, then float64
 * bars[rows][5][12], capacity[rows][5], flags[rows][2] (day starts at close, funding settles),
 * rules[rows][5][6], takerFee, makerFee, 1 if the drawdown scales, plans x [rows][5][8], limits x [rows][6]. Risk tiers: the first alone.
 * Output: a line "ns <per coin-bar>", then a line "final <equity>" for each plan and limits.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { COINS = 5, BAR = 12, WISH = 8, LIMIT = 6, RULE = 6 };
enum { NONE, CLOSE, REDUCE, INCREASE, FLIP };
enum { TRADE, NO_ENLARGING, CLOSE_ALL, CLOSED };

typedef struct {
  double open, high, low, close, mark_open, mark_high, mark_low, mark_close, funding, spread, impact, ticks;
} Bar;
typedef struct { double conviction, leverage, base, risk, stop, target, offset, rows; } Wish;
typedef struct { double leverage, position, buffer, daily, drawdown, gross; } Limits;
typedef struct { double lots, least, maintenance, first_tier, impact_per_sd, traded; } Rules;
typedef struct {
  double quantity, entry, basis, margin, liquidation, stop, target;
  int levels_row, cooldown_side, cooldown_until;
  double resting, resting_price, resting_leverage, resting_stop, resting_target, resting_until;
} Position;
typedef struct {
  double factor, cap, decided, squares, weight;
  double start, cash, equity, peak, day, fees, slippage, funding, realised, traded, gross;
  int blocked, pause_until, closed, entries, limit_fills, stops, targets, liquidations, passed, soft, hard, in_market;
  int refusing, paused_rows, blocked_rows, cooling_rows;
  Position position[COINS];
} Account;
typedef struct {
  const Bar *bars;
  const Wish *plan;
  const Limits *limits;
  const Rules *rules;
  const double *capacity, *flags;
  double taker, maker, scales;
  double notional[COINS], leverage[COINS], flip_fill[COINS];
  int cut[COINS], action[COINS], refused;
} Loop;

static const double NOISE = 1e-6, EXACT = 1 + 1e-12;

static double floor_to(double x, double steps) { return floor(x * steps + NOISE) / steps; }
static double ceil_to(double x, double steps) { return ceil(x * steps - NOISE) / steps; }
static double round_to(double x, double steps) { return floor(x * steps + 0.5) / steps; }
static int through(double price, double level, int direction, double ticks) {
  return direction * (price - level) * ticks >= 1 - NOISE;
}
static double adverse(double reference, int direction, double slip, double ticks) {
  return direction > 0 ? ceil_to(reference * (1 + slip), ticks) : floor_to(reference * (1 - slip), ticks);
}
static void cancel(Position *p) { p->resting = 0; }
static void clear(Position *p) {
  p->quantity = p->entry = p->basis = p->margin = p->liquidation = p->stop = p->target = 0;
  p->levels_row = 0;
}

static void book(Account *a, double size, double fill, double reference, double rate, double realised) {
  double fee = size * fill * rate;
  a->cash += realised - fee;
  a->fees += fee;
  a->slippage += size * fabs(fill - reference);
  a->realised += realised;
  a->traded += size * fill;
}

static void set_levels(Position *p, int row, double stop, double target, double ticks) {
  int side = p->quantity > 0 ? 1 : -1;
  p->stop = stop > 0 ? fmax(0, round_to(p->basis * (1 - side * stop), ticks)) : 0;
  p->target = target > 0 ? fmax(0, round_to(p->basis * (1 + side * target), ticks)) : 0;
  p->levels_row = row;
}

static void enlarge(Loop *l, Account *a, int row, int coin, int side, double added, double fill, double reference,
                    double rate, double leverage, double stop, double target) {
  Position *p = &a->position[coin];
  double held = fabs(p->quantity), size = round_to(held + added, l->rules[row * COINS + coin].lots);
  double mmr = l->rules[row * COINS + coin].maintenance;
  p->margin += added * fill / leverage;
  p->entry = (held * p->entry + added * fill) / size;
  p->basis = (held * p->basis + added * fill) / size;
  p->quantity = side * size;
  double bankruptcy = p->entry - side * (p->margin / size);
  double by_entry = bankruptcy + side * mmr * p->entry, by_mark = bankruptcy / (1 - side * mmr);
  p->liquidation = side > 0 ? fmax(by_entry, by_mark) : fmin(by_entry, by_mark);
  set_levels(p, row, stop, target, l->bars[row * COINS + coin].ticks);
  if (held == 0) a->entries++;
  book(a, added, fill, reference, rate, 0);
}

static void diminish(Loop *l, Account *a, int row, int coin, double amount, double fill, double reference, double rate) {
  Position *p = &a->position[coin];
  int side = p->quantity > 0 ? 1 : -1;
  double held = fabs(p->quantity), left = round_to(held - amount, l->rules[row * COINS + coin].lots);
  double realised = side * amount * (fill - p->entry);
  if (left == 0) {
    clear(p);
  } else {
    p->margin = p->margin * left / held;
    p->quantity = side * left;
  }
  book(a, amount, fill, reference, rate, realised);
}

static double scale_exposure(Account *a, double limit) {
  double fade = exp2(-1.0 / 540), faded = a->equity + (a->peak - a->equity) * fade;
  double before = a->decided, factor = 1, cap = 1;
  a->peak = faded > a->equity ? faded : a->equity;
  a->decided = a->equity;
  if (a->equity != before && before > 0) {
    double unscaled = (a->equity / before - 1) / fmax(a->factor * a->cap, 0.05);
    a->squares = 0.98 * a->squares + unscaled * unscaled;
    a->weight = 0.98 * a->weight + 1;
  }
  if (limit < 1) {
    factor = 1 - (1 - a->equity / a->peak) / limit;
    if (factor < 0.02) factor = 0;
    double variance = 2190 * a->squares / a->weight;
    if (variance > 4 * limit * limit) cap = 2 * limit / sqrt(variance);
  }
  a->factor = factor;
  a->cap = cap;
  return factor * cap;
}

static int pauses(Account *a, double limit, int row) {
  if (a->pause_until >= 0) {
    if (row <= a->pause_until) return 1;
    a->pause_until = -1;
    a->peak = a->equity;
  }
  if (a->equity > a->peak) a->peak = a->equity;
  if (!(limit < 1 && a->equity <= a->peak * (1 - limit))) return 0;
  a->pause_until = row + 41;
  return 1;
}

static int equity_rule(Account *a, const Limits *limits, int row, int scales) {
  if (a->closed) return CLOSED;
  if (scales) {
    if (scale_exposure(a, limits->drawdown) == 0) return CLOSE_ALL;
  } else if (pauses(a, limits->drawdown, row)) {
    return CLOSE_ALL;
  }
  if (limits->daily < 1 && a->equity <= a->day * (1 - limits->daily)) a->blocked = 1;
  return a->blocked ? NO_ENLARGING : TRADE;
}

static void judge(Loop *l, const Wish *wish, const Limits *limits, const double *capacity, double equity,
                  double scale, const int *barred) {
  double margin = 0, gross = 0;
  int crowded = 0;
  for (int coin = 0; coin < COINS; coin++) {
    const Wish *w = &wish[coin];
    double share = fabs(w->conviction) * w->base;
    l->notional[coin] = 0;
    l->cut[coin] = 0;
    if (!(share > 0) || barred[coin]) continue;
    double allowed = fmax(1, fmin(w->leverage, limits->leverage));
    if (w->stop > 0) share = fmin(share, w->risk / (w->stop * allowed));
    l->cut[coin] = allowed < w->leverage || scale < 1;
    if (share > limits->position * EXACT) {
      share = limits->position;
      l->cut[coin] = 1;
    }
    double size = share * allowed * (equity * scale);
    if (size > capacity[coin]) crowded = 1;
    l->notional[coin] = w->conviction > 0 ? size : -size;
    l->leverage[coin] = allowed;
    margin += share;
    gross += share * allowed;
  }
  double factor = 1, free_share = 1 - limits->buffer;
  if (margin > free_share * EXACT) factor = free_share / margin;
  if (gross > limits->gross * EXACT) factor = fmin(factor, limits->gross / gross);
  if (!(factor < 1 || crowded)) return;
  for (int coin = 0; coin < COINS; coin++) {
    double scaled = l->notional[coin] * factor;
    if (scaled == 0) continue;
    double size = fmin(fabs(scaled), capacity[coin]);
    if (factor < 1 || size < fabs(scaled)) l->cut[coin] = 1;
    l->notional[coin] = scaled > 0 ? size : -size;
  }
}

static int wanted_action(double target, double value) {
  double apart = fabs(target - value), size = fabs(target);
  if (target * value > 0) {
    if (apart <= 0.25 * size) return NONE;
    return size > fabs(value) ? INCREASE : REDUCE;
  }
  if (target == 0) return value == 0 ? NONE : CLOSE;
  return value == 0 ? INCREASE : FLIP;
}

static void count(Loop *l, Account *a, int coin) {
  if (l->cut[coin]) a->soft++;
  else a->passed++;
}

static void place_resting(Loop *l, Account *a, int row, int coin, Position *p, double held) {
  const Wish *w = &l->plan[row * COINS + coin];
  const Bar *b = &l->bars[row * COINS + coin];
  double target = l->notional[coin], close = b->close, ticks = b->ticks;
  int side = target > 0 ? 1 : -1;
  double price = side > 0 ? ceil_to(close * (1 - w->offset), ticks) : floor_to(close * (1 + w->offset), ticks);
  double quantity = floor_to(fabs(target) / price, l->rules[row * COINS + coin].lots) - held;
  cancel(p);
  if (!(quantity * price >= l->rules[row * COINS + coin].least)) return;
  count(l, a, coin);
  p->resting = side * quantity;
  p->resting_price = price;
  p->resting_leverage = l->leverage[coin];
  p->resting_stop = w->stop;
  p->resting_target = w->target;
  p->resting_until = row + w->rows;
}

static int act(Loop *l, Account *a, int row, int coin, int rule, int wanted) {
  Position *p = &a->position[coin];
  if (wanted < INCREASE) {
    cancel(p);
    return wanted;
  }
  int closing = wanted == FLIP ? CLOSE : NONE;
  if (rule != TRADE) {
    cancel(p);
    l->refused |= 1 << coin;
    return closing;
  }
  if (!(l->plan[row * COINS + coin].offset > 0)) {
    cancel(p);
    return wanted;
  }
  if (!(p->resting * l->notional[coin] > 0 && row < p->resting_until)) {
    place_resting(l, a, row, coin, p, wanted == FLIP ? 0 : fabs(p->quantity));
  }
  return closing;
}

static int drop_all(Loop *l, Account *a) {
  int orders = 0;
  for (int coin = 0; coin < COINS; coin++) {
    l->action[coin] = a->position[coin].quantity == 0 ? NONE : CLOSE;
    l->cut[coin] = 0;
    orders |= l->action[coin];
    cancel(&a->position[coin]);
  }
  return orders;
}

static int decide(Loop *l, Account *a, int row) {
  const Wish *wish = &l->plan[row * COINS];
  const Limits *limits = &l->limits[row];
  int barred[COINS], orders = 0, cooling = 0, rule = equity_rule(a, limits, row, l->scales != 0);
  l->refused = 0;
  if (rule != TRADE) {
    if (rule == CLOSED) return drop_all(l, a);
    if (rule == CLOSE_ALL) a->paused_rows++;
    else a->blocked_rows++;
  }
  for (int coin = 0; coin < COINS; coin++) {
    Position *p = &a->position[coin];
    barred[coin] = 0;
    if (p->cooldown_side == 0) continue;
    if (row <= p->cooldown_until && !(wish[coin].conviction * p->cooldown_side < 0)) barred[coin] = cooling = 1;
    else p->cooldown_side = 0;
  }
  a->cooling_rows += cooling;
  judge(l, wish, limits, &l->capacity[row * COINS], a->equity,
        rule == CLOSE_ALL ? 1 : a->factor * a->cap, barred);
  for (int coin = 0; coin < COINS; coin++) {
    Position *p = &a->position[coin];
    int action = wanted_action(l->notional[coin], p->quantity * l->bars[row * COINS + coin].mark_close);
    if (action != NONE || p->resting != 0) action = act(l, a, row, coin, rule, action);
    l->action[coin] = action;
    orders |= action;
  }
  if (l->refused != a->refusing) {
    for (int begun = l->refused & ~a->refusing; begun != 0; begun &= begun - 1) a->hard++;
    a->refusing = l->refused;
  }
  return rule == CLOSE_ALL ? drop_all(l, a) : orders;
}

static double fill_price(Loop *l, const Bar *b, int coin, int direction, double notional) {
  return adverse(b->open, direction, b->spread + b->impact * sqrt(notional), b->ticks);
}

static double affordable(Loop *l, Account *a, int row, int coin, int side, double fill, double leverage, double rate) {
  double free_cash = a->cash;
  for (int i = 0; i < COINS; i++) {
    const Position *p = &a->position[i];
    if (p->quantity == 0) continue;
    double value = fabs(p->quantity) * p->entry;
    free_cash -= p->margin + l->taker * (p->quantity > 0 ? value - p->margin : value + p->margin);
  }
  if (!(free_cash > 0)) return 0;
  double margin = fill / leverage, bankruptcy = fill - side * margin;
  return floor_to(free_cash / (margin + fill * rate + bankruptcy * l->taker), l->rules[row * COINS + coin].lots);
}

static void fill_at_open(Loop *l, Account *a, int row) {
  int enlarging = 0;
  for (int coin = 0; coin < COINS; coin++) {
    Position *p = &a->position[coin];
    const Bar *b = &l->bars[row * COINS + coin];
    int action = l->action[coin];
    const Rules *r = &l->rules[row * COINS + coin];
    if (action != NONE && r->traded == 0) action = l->action[coin] = NONE;
    if (action >= INCREASE) enlarging = 1;
    if (p->quantity == 0) continue;
    if (b->funding != 0) {
      double paid = p->quantity * b->mark_open * b->funding;
      a->cash -= paid;
      a->funding += paid;
    }
    double size = fabs(p->quantity), target = fabs(l->notional[coin]);
    int direction = p->quantity > 0 ? -1 : 1;
    if (action == REDUCE) {
      double fill = fill_price(l, b, coin, direction, fabs(target - size * b->open));
      double kept = floor_to(target / fill, r->lots);
      if (kept == 0 || (size - kept) * fill >= r->least) {
        count(l, a, coin);
        diminish(l, a, row, coin, size - kept, fill, b->open, l->taker);
      }
    } else if (action == CLOSE || action == FLIP) {
      double fill = fill_price(l, b, coin, direction, size * b->open + (action == FLIP ? target : 0));
      l->flip_fill[coin] = fill;
      count(l, a, coin);
      diminish(l, a, row, coin, size, fill, b->open, l->taker);
    }
  }
  if (!enlarging) return;
  for (int coin = 0; coin < COINS; coin++) {
    if (l->action[coin] < INCREASE) continue;
    const Bar *b = &l->bars[row * COINS + coin];
    const Wish *w = &l->plan[(row - 1) * COINS + coin];
    double held = fabs(a->position[coin].quantity), target = l->notional[coin], leverage = l->leverage[coin];
    int side = target > 0 ? 1 : -1;
    double fill = l->action[coin] == FLIP ? l->flip_fill[coin]
                                          : fill_price(l, b, coin, side, fabs(fabs(target) - held * b->open));
    double lacking = floor_to(fabs(target) / fill, l->rules[row * COINS + coin].lots) - held;
    double quantity = fmin(lacking, affordable(l, a, row, coin, side, fill, leverage, l->taker));
    if (!(quantity * fill >= l->rules[row * COINS + coin].least)) continue;
    if (l->action[coin] == INCREASE) count(l, a, coin);
    enlarge(l, a, row, coin, side, quantity, fill, b->open, l->taker, leverage, w->stop, w->target);
  }
}

static void cooldown(Position *p, int row, int side) {
  p->cooldown_side = side;
  p->cooldown_until = row + 5;
  cancel(p);
}

static void stop_out(Loop *l, Account *a, int row, int coin, double reference) {
  Position *p = &a->position[coin];
  const Bar *b = &l->bars[row * COINS + coin];
  int side = p->quantity > 0 ? 1 : -1;
  double size = fabs(p->quantity);
  double own = log(b->high / b->low) / (2 * sqrt(M_LN2));
  double impact = fmax(b->impact, l->rules[row * COINS + coin].impact_per_sd * own);
  double fill = adverse(reference, -side, b->spread + impact * sqrt(size * reference), b->ticks);
  diminish(l, a, row, coin, size, fill, reference, l->taker);
  a->stops++;
  cooldown(p, row, side);
}

static void take_profit(Loop *l, Account *a, int row, int coin) {
  Position *p = &a->position[coin];
  double price = p->target;
  int side = p->quantity > 0 ? 1 : -1;
  diminish(l, a, row, coin, fabs(p->quantity), price, price, l->maker);
  a->targets++;
  cooldown(p, row, side);
}

static void liquidate(Loop *l, Account *a, int row, int coin) {
  Position *p = &a->position[coin];
  int side = p->quantity > 0 ? 1 : -1;
  double size = fabs(p->quantity), margin = p->margin, price = p->entry - side * margin / size;
  clear(p);
  a->liquidations++;
  book(a, size, price, price, l->taker, -margin);
  cooldown(p, row, side);
}

static int exit_against(Loop *l, Account *a, int row, int coin, double from) {
  Position *p = &a->position[coin];
  const Bar *b = &l->bars[row * COINS + coin];
  int side = p->quantity > 0 ? 1 : -1;
  int stopped = p->stop > 0 && side * ((side > 0 ? b->low : b->high) - p->stop) <= 0;
  int liquidated = side * ((side > 0 ? b->mark_low : b->mark_high) - p->liquidation) <= 0;
  if (stopped && (!liquidated || side * (p->stop - p->liquidation) > 0)) {
    stop_out(l, a, row, coin, side > 0 ? fmin(p->stop, from) : fmax(p->stop, from));
    return 1;
  }
  if (liquidated) liquidate(l, a, row, coin);
  return liquidated;
}

static double fill_resting(Loop *l, Account *a, int row, int coin) {
  Position *p = &a->position[coin];
  const Bar *b = &l->bars[row * COINS + coin];
  int side = p->resting > 0 ? 1 : -1;
  double limit = p->resting_price, ticks = b->ticks, worst = side > 0 ? b->low : b->high;
  if (row > p->resting_until) {
    cancel(p);
    return 0;
  }
  if (!through(worst, limit, -side, ticks)) return 0;
  if (p->quantity != 0) {
    double worst_mark = side > 0 ? b->mark_low : b->mark_high;
    if (p->stop > 0 && side * (p->stop - limit) >= 0 && side * (worst - p->stop) <= 0) return 0;
    if (side * (p->liquidation - limit) >= 0 && side * (worst_mark - p->liquidation) <= 0) return 0;
  }
  double quantity = fmin(fabs(p->resting), affordable(l, a, row, coin, side, limit, p->resting_leverage, l->maker));
  cancel(p);
  if (!(quantity * limit >= l->rules[row * COINS + coin].least)) return 0;
  a->limit_fills++;
  enlarge(l, a, row, coin, side, quantity, limit, limit, l->maker, p->resting_leverage, p->resting_stop,
          p->resting_target);
  return side > 0 ? fmin(limit, b->open) : fmax(limit, b->open);
}

static void settle_inside(Loop *l, Account *a, int row, int coin) {
  Position *p = &a->position[coin];
  const Bar *b = &l->bars[row * COINS + coin];
  if (l->rules[row * COINS + coin].traded == 0) {
    int side = p->quantity > 0 ? 1 : -1;
    if (p->quantity != 0 && side * ((side > 0 ? b->mark_low : b->mark_high) - p->liquidation) <= 0) {
      liquidate(l, a, row, coin);
    }
    return;
  }
  if (p->quantity != 0) {
    int side = p->quantity > 0 ? 1 : -1;
    if (side * (b->mark_open - p->liquidation) <= 0) {
      liquidate(l, a, row, coin);
      return;
    }
    if (p->stop > 0 && side * (b->open - p->stop) <= 0) {
      stop_out(l, a, row, coin, b->open);
      return;
    }
    if (p->target > 0 && p->levels_row < row && through(b->open, p->target, side, b->ticks)) {
      take_profit(l, a, row, coin);
      return;
    }
  }
  if (p->resting != 0) {
    double price = fill_resting(l, a, row, coin);
    if (price > 0) {
      exit_against(l, a, row, coin, price);
      return;
    }
  }
  if (p->quantity == 0 || exit_against(l, a, row, coin, b->open) || p->target == 0) return;
  int side = p->quantity > 0 ? 1 : -1;
  if (through(side > 0 ? b->high : b->low, p->target, side, b->ticks)) take_profit(l, a, row, coin);
}

static void close_row(Loop *l, Account *a, int row) {
  double unrealised = 0, gross = 0;
  for (int coin = 0; coin < COINS; coin++) {
    Position *p = &a->position[coin];
    if (p->quantity == 0 && p->resting == 0) continue;
    const Bar *b = &l->bars[row * COINS + coin];
    int met = p->quantity > 0 ? b->mark_low <= p->liquidation || b->low <= p->stop ||
                                    (p->target > 0 && b->high >= p->target)
                              : b->mark_high >= p->liquidation || (p->stop > 0 && b->high >= p->stop) ||
                                    b->low <= p->target;
    if (p->resting != 0 || met) settle_inside(l, a, row, coin);
    unrealised += p->quantity * (b->mark_close - p->entry);
    gross += fabs(p->quantity) * b->mark_close;
  }
  a->equity = a->cash + unrealised;
  if (gross > 0) {
    a->in_market++;
    if (a->equity > 0) a->gross += gross / a->equity;
  }
  if (a->equity < 0.01 * a->start) a->closed = 1;
  if (l->flags[2 * row] != 0) {
    a->day = a->equity;
    a->blocked = 0;
  }
}

static double run(Loop *l, int from, int to) {
  Account a = {0};
  a.start = a.cash = a.equity = a.peak = a.day = a.decided = 10000;
  a.factor = a.cap = 1;
  a.pause_until = -1;
  for (int row = from; row < to; row++) {
    if (decide(l, &a, row - 1) || l->flags[2 * row + 1] != 0) fill_at_open(l, &a, row);
    close_row(l, &a, row);
  }
  return a.equity;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

int main(int argc, char **argv) {
  int32_t head[4];
  FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
  if (!file || fread(head, 4, 4, file) != 4) return 1;
  long rows = head[0], plans = head[2], limits = head[3];
  long size = rows * (COINS * (BAR + 1 + RULE) + 2) + 3 + rows * (plans * COINS * WISH + limits * LIMIT);
  double *data = malloc(size * 8);
  if (!data || fread(data, 8, size, file) != (size_t)size) return 1;
  Loop loop = {0};
  double *at = data;
  loop.bars = (Bar *)at, at += rows * COINS * BAR;
  loop.capacity = at, at += rows * COINS;
  loop.flags = at, at += rows * 2;
  loop.rules = (Rules *)at, at += rows * COINS * RULE;
  loop.taker = at[0], loop.maker = at[1], loop.scales = at[2], at += 3;
  double *finals = malloc(plans * limits * 8), best = INFINITY;
  for (int repeat = 0; repeat < atoi(argv[2]); repeat++) {
    double start = now();
    for (long p = 0; p < plans; p++) {
      for (long k = 0; k < limits; k++) {
        loop.plan = (Wish *)(at + p * rows * COINS * WISH);
        loop.limits = (Limits *)(at + plans * rows * COINS * WISH + k * rows * LIMIT);
        finals[p * limits + k] = run(&loop, head[1], rows);
      }
    }
    double spent = (now() - start) / ((double)plans * limits * (rows - head[1]) * COINS);
    if (spent < best) best = spent;
  }
  printf("ns %.3f\n", best);
  for (long i = 0; i < plans * limits; i++) printf("final %.17g\n", finals[i]);
  return 0;
}
