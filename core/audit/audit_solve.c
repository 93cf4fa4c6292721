/*
 * audit_solve.c: the parameter of a reading that has one. What a line comes to before its rounding
 * is U0 + x (U1 - U0): two runs give the line, the claim gives an interval of x, and the roundest
 * number in what the intervals have in common is what somebody would have written. What is found is
 * always run once more, since limits bend the line; where roundings on the way make a staircase of
 * it, plain numbers are tried one by one.
 */
#include "audit.h"

enum {
    FINEST = 12, /* decimals of x that are looked at */
    PLAIN = 2,   /* decimals of a percentage or amount that somebody would write */
    PERCENT = 2, /* a fraction as a percentage: the shift */
    MOST = 128   /* targets */
};

typedef struct ask { /* the x that give one target */
    nvb_num low, high;
} ask;

typedef struct solving {
    nvbi_trial *t;
    nvb_calc *calc;
    nvb_reading r;
    bool stepped; /* roundings on the way: the line is a staircase */
    size_t n;     /* asks */
    ask asks[MOST];
    nvb_num *values;
    bool *has;
} solving;

nvb_num nvbi_roundest(nvb_calc *calc, nvb_num low, nvb_num high)
{
    bool below = nvb_num_sign(high) < 0;
    if (nvb_num_sign(low) <= 0 && !below)
        return nvb_num_int(0);
    for (unsigned d = 0; d <= NVB_SHOWN_DECIMALS; d++) {
        nvb_num x =
            below ? nvb_num_round(calc, high, d, NVB_DOWN) : nvb_num_round(calc, low, d, NVB_UP);
        if (below ? nvb_num_cmp(calc, x, low) >= 0 : nvb_num_cmp(calc, x, high) <= 0)
            return x;
    }
    return below ? high : low;
}

static bool fails(const nvb_audited *f)
{
    return f->verdict == NVB_FOLLOWS_NOT && f->figure && f->figure->kind == NVB_FIG_TARIFF &&
           f->line;
}

/* --- what one target asks --- */

/* Between what and what a figure was before it was rounded to `claimed`.
 * False when nothing rounds to it. */
static bool before_rounding(nvb_calc *calc, const nvb_rounding *r, nvb_num claimed, ask *out)
{
    if (!nvb_num_terminates(calc, claimed, r->decimals))
        return false;
    nvb_num unit = nvb_num_shift(calc, nvb_num_int(1), -(int)r->decimals);
    nvb_num half = nvb_num_div(calc, unit, nvb_num_int(2));
    nvb_num hair = nvb_num_shift(calc, nvb_num_int(1), -FINEST);
    int sign = nvb_num_sign(claimed);
    nvb_num below = half, above = half;
    switch (r->mode) {
    case NVB_UP:
        below = unit, above = nvb_num_int(0);
        break;
    case NVB_DOWN:
        below = nvb_num_int(0), above = unit;
        break;
    case NVB_TO_ZERO:
        below = sign > 0 ? nvb_num_int(0) : unit;
        above = sign < 0 ? nvb_num_int(0) : unit;
        break;
    case NVB_FROM_ZERO:
        below = sign > 0 ? unit : nvb_num_int(0);
        above = sign < 0 ? unit : nvb_num_int(0);
        break;
    case NVB_ARITHMETIC:
    case NVB_HALF_EVEN:
    case NVB_MODE_COUNT:
        break;
    }
    out->low = nvb_num_sub(calc, claimed, below);
    out->high = nvb_num_add(calc, claimed, above);
    /* The end furthest from zero rounds on to the next, and so does one a whole unit away. */
    bool halves = r->mode == NVB_ARITHMETIC;
    if (halves ? sign <= 0 : nvb_num_cmp(calc, below, unit) == 0)
        out->low = nvb_num_add(calc, out->low, hair);
    if (halves ? sign >= 0 : nvb_num_cmp(calc, above, unit) == 0)
        out->high = nvb_num_sub(calc, out->high, hair);
    return true;
}

/* How far roundings on the way may take it from the straight line; what comes at the end has them
 * behind it. */
static nvb_num slack_of(nvb_calc *calc, const nvb_reading *r, const nvb_buildup *plan)
{
    nvb_num slack = nvb_num_int(0);
    bool at_end = r->kind != NVB_READ_INDEX_LOWER || r->over == NVB_OVER_BASE;
    for (size_t i = 0; !at_end && i < plan->n_steps; i++)
        if (plan->steps[i] && plan->steps[i]->rounding.declared) {
            int decimals = (int)plan->steps[i]->rounding.decimals;
            slack = nvb_num_add(calc, slack, nvb_num_shift(calc, nvb_num_int(1), -decimals));
        }
    return slack;
}

/* From what the target was at x = 0 and at x = `step`. */
static bool
ask_of(solving *s, const nvb_audited *f, nvb_num at_zero, nvb_num at_step, nvb_num step, ask *out)
{
    nvb_calc *calc = s->calc;
    nvb_num slope = nvb_num_div(calc, nvb_num_sub(calc, at_step, at_zero), step);
    ask u;
    if (nvb_num_sign(slope) == 0 ||
        !before_rounding(calc, &f->line->price.rounding, f->claimed, &u))
        return false;
    nvb_num slack = slack_of(calc, &s->r, &f->line->price);
    u.low = nvb_num_sub(calc, u.low, slack);
    u.high = nvb_num_add(calc, u.high, slack);
    s->stepped = s->stepped || nvb_num_sign(slack) != 0;
    nvb_num a = nvb_num_div(calc, nvb_num_sub(calc, u.low, at_zero), slope);
    nvb_num b = nvb_num_div(calc, nvb_num_sub(calc, u.high, at_zero), slope);
    bool turned = nvb_num_cmp(calc, a, b) > 0;
    out->low = nvb_num_round(calc, turned ? b : a, FINEST, NVB_UP);
    out->high = nvb_num_round(calc, turned ? a : b, FINEST, NVB_DOWN);
    return nvb_num_cmp(calc, out->low, out->high) <= 0;
}

/* The x of the second run: so small that few limits come into it, unless roundings on the way would
 * drown it. */
static nvb_num first_step(const nvbi_trial *t, const nvb_reading *r)
{
    for (size_t i = 0; i < t->part.n_lines; i++)
        if (nvb_num_sign(slack_of(t->a->calc, r, &t->lines[i].price)) != 0)
            return nvb_num_int(1);
    return nvb_num_shift(t->a->calc, nvb_num_int(1), -2);
}

static bool find_asks(solving *s)
{
    nvbi_trial *t = s->t;
    nvb_num *zero = NVBI_NEW(&t->room.arena, nvb_num, t->n_targets + 1);
    bool *has_zero = NVBI_NEW(&t->room.arena, bool, t->n_targets + 1);
    s->r.parameter = first_step(t, &s->r);
    if (!zero || !has_zero || !nvbi_trial_run(t, NULL, true, zero, has_zero) ||
        !nvbi_trial_run(t, &s->r, true, s->values, s->has))
        return false;
    s->n = 0;
    for (size_t i = 0; i < t->n_targets && s->n < MOST; i++)
        if (fails(t->targets[i]) && has_zero[i] && s->has[i] &&
            ask_of(s, t->targets[i], zero[i], s->values[i], s->r.parameter, &s->asks[s->n]))
            s->n++;
    return s->n > 0;
}

/* --- what they have in common --- */

static bool is_amount(const solving *s)
{
    return s->r.kind == NVB_READ_AMOUNT;
}

/* As it is written: a percentage, or euros. */
static nvb_num written(const solving *s, nvb_num x)
{
    return is_amount(s) ? x : nvb_num_shift(s->calc, x, PERCENT);
}

static unsigned decimals_of(const solving *s, nvb_num x)
{
    unsigned d = 0;
    while (d < FINEST && !nvb_num_terminates(s->calc, written(s, x), d))
        d++;
    return d;
}

/* Nobody calls a surcharge a discount, and nobody takes off more than there is. */
static bool makes_sense(const solving *s, nvb_num x)
{
    int sign = nvb_num_sign(x);
    if (sign == 0 || is_amount(s) || s->r.kind == NVB_READ_INDEX_LOWER)
        return sign != 0;
    return sign > 0 && nvb_num_cmp(s->calc, x, nvb_num_int(1)) <= 0;
}

/* How many targets ask for `low`, and up to where all of these do. */
static size_t in_common(const solving *s, nvb_num low, nvb_num *high)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        const ask *k = &s->asks[i];
        if (nvb_num_cmp(s->calc, k->low, low) > 0 || nvb_num_cmp(s->calc, k->high, low) < 0)
            continue;
        if (n++ == 0 || nvb_num_cmp(s->calc, k->high, *high) < 0)
            *high = k->high;
    }
    return n;
}

typedef struct choice {
    nvb_num x, low, high;
    size_t n;
    unsigned decimals;
} choice;

/* So many must share a number before it is more than an accident: more as it has more decimals, but
 * for quarters of a percent, which people agree on. */
static size_t needed(const solving *s, const choice *c)
{
    enum { QUARTERS = 3 };
    size_t most = c->decimals + 2;
    nvb_num quarters = nvb_num_mul(s->calc, written(s, c->x), nvb_num_int(4));
    bool agreed = !is_amount(s) && nvb_num_terminates(s->calc, quarters, 0);
    return agreed && most > QUARTERS ? QUARTERS : most;
}

/* So much room that another number would do as well, in what two tariffs ask. */
static bool is_wide(const solving *s, const choice *c)
{
    enum { ENOUGH = 3 };
    nvb_num room = nvb_num_sub(s->calc, c->high, c->low);
    nvb_num size = nvb_num_sign(c->x) < 0 ? nvb_num_neg(s->calc, c->x) : c->x;
    return c->n < ENOUGH && nvb_num_cmp(s->calc, nvb_num_shift(s->calc, room, 1), size) > 0;
}

/* The parameter that most targets share; of nearly as many, the roundest. n == 0: none. */
static choice choose(const solving *s)
{
    size_t counts[MOST], most = 0;
    nvb_num highs[MOST];
    for (size_t i = 0; i < s->n; i++) {
        counts[i] = in_common(s, s->asks[i].low, &highs[i]);
        most = counts[i] > most ? counts[i] : most;
    }
    choice best = {.n = 0};
    for (size_t i = 0; i < s->n; i++) {
        bool enough = most == s->n ? counts[i] == most : counts[i] * 10 >= most * 9;
        if (!enough)
            continue;
        choice c = {.low = s->asks[i].low, .high = highs[i], .n = counts[i]};
        nvb_num x = nvbi_roundest(s->calc, written(s, c.low), written(s, c.high));
        c.x = is_amount(s) ? x : nvb_num_shift(s->calc, x, -PERCENT);
        c.decimals = decimals_of(s, c.x);
        if (!makes_sense(s, c.x))
            continue;
        if (best.n == 0 || c.decimals < best.decimals ||
            (c.decimals == best.decimals && c.n > best.n))
            best = c;
    }
    /* A few that happen to share a number with decimals share nothing. */
    if (best.n < s->n && best.n < needed(s, &best))
        best.n = 0;
    return best;
}

/* The mean of what they ask, when that is nearly the same. */
static bool mean_of_asks(const solving *s, nvb_num *x)
{
    nvb_calc *calc = s->calc;
    nvb_num sum = nvb_num_int(0), least = sum, most = sum;
    for (size_t i = 0; i < s->n; i++) {
        nvb_num mid =
            nvb_num_div(calc, nvb_num_add(calc, s->asks[i].low, s->asks[i].high), nvb_num_int(2));
        sum = nvb_num_add(calc, sum, mid);
        if (i == 0 || nvb_num_cmp(calc, mid, least) < 0)
            least = mid;
        if (i == 0 || nvb_num_cmp(calc, mid, most) > 0)
            most = mid;
    }
    int unit = is_amount(s) ? -PLAIN : -PLAIN - PERCENT;
    nvb_num near = nvb_num_shift(calc, nvb_num_int(2), unit);
    if (nvb_num_cmp(calc, nvb_num_sub(calc, most, least), near) > 0)
        return false;
    *x = nvb_num_round(calc, nvb_num_div(calc, sum, nvb_num_int((int64_t)s->n)),
                       is_amount(s) ? PLAIN : PLAIN + PERCENT, NVB_ARITHMETIC);
    return makes_sense(s, *x);
}

/* --- the readings --- */

static size_t verified(solving *s)
{
    nvbi_trial *t = s->t;
    size_t n = 0;
    if (!nvbi_trial_run(t, &s->r, false, s->values, s->has))
        return 0;
    for (size_t i = 0; i < t->n_targets; i++)
        n += fails(t->targets[i]) && s->has[i] &&
             nvb_num_cmp(s->calc, s->values[i], t->targets[i]->claimed) == 0;
    return n;
}

/* Where roundings on the way make a staircase of the line: every plain number in what most targets
 * share, tried one by one. */
static void scan(solving *s, nvbi_readings *out)
{
    enum { MOST_RUNS = 64 };
    nvb_num low = s->asks[0].low, high = s->asks[0].high;
    size_t most = 0, runs = 0;
    for (size_t i = 0; i < s->n; i++) {
        nvb_num end = s->asks[i].high;
        size_t n = in_common(s, s->asks[i].low, &end);
        if (n > most) {
            most = n;
            low = s->asks[i].low;
            high = end;
        }
    }
    nvb_reading best = s->r;
    best.lines = 0;
    for (unsigned d = 0; d <= PLAIN && best.lines < most; d++) {
        unsigned decimals = d + (is_amount(s) ? 0 : PERCENT);
        nvb_num unit = nvb_num_shift(s->calc, nvb_num_int(1), -(int)decimals);
        nvb_num x = nvb_num_round(s->calc, low, decimals, NVB_UP);
        for (; nvb_num_cmp(s->calc, x, high) <= 0 && runs < MOST_RUNS;
             x = nvb_num_add(s->calc, x, unit)) {
            s->r.parameter = x;
            runs++;
            s->r.lines = makes_sense(s, x) ? verified(s) : 0;
            if (s->r.lines > best.lines)
                best = s->r;
        }
    }
    if (best.lines > 1 || (best.lines == 1 && s->n == 1))
        nvbi_readings_add(s->t->a, out, &best);
}

static void solve(solving *s, nvbi_readings *out)
{
    if (!find_asks(s))
        return;
    if (s->stepped) {
        s->r.fit = NVB_FIT_EXACT;
        scan(s, out);
        return;
    }
    choice c = choose(s);
    if (c.n && (c.decimals <= PLAIN || c.n == s->n)) {
        s->r.parameter = c.x;
        s->r.fit = c.decimals <= PLAIN && !is_wide(s, &c) ? NVB_FIT_EXACT : NVB_FIT_NEAR;
        s->r.has_range = true;
        s->r.low = c.low;
        s->r.high = c.high;
        s->r.lines = verified(s);
        if (s->r.lines)
            nvbi_readings_add(s->t->a, out, &s->r);
    } else if (s->n > 1 && mean_of_asks(s, &s->r.parameter)) {
        s->r.fit = NVB_FIT_NEAR;
        s->r.lines = verified(s);
        nvbi_readings_add(s->t->a, out, &s->r);
    }
}

static void solve_one(nvbi_trial *t, nvb_reading r, nvb_num *values, bool *has, nvbi_readings *out)
{
    solving s = {.t = t, .calc = t->a->calc, .r = r, .values = values, .has = has};
    solve(&s, out);
    t->a->failed |= nvb_calc_take_error(t->a->calc) == NVB_NUM_MEMORY;
}

/* --- an index that was written rounded --- */

/* Half a unit of the last decimal of a percentage as it is written; decimals that are zero are not
 * kept, so one at least is taken to be there. */
static nvb_num half_unit(const solving *s, nvb_num rate)
{
    unsigned d = decimals_of(s, rate);
    d = d ? d : 1;
    return nvb_num_shift(s->calc, nvb_num_int(5), -(int)d - 1 - PERCENT);
}

/* The parts of a percentage that most targets ask, in so far as it may have been written `rate`. */
static bool as_written(const solving *s, nvb_num rate, nvb_num *low, nvb_num *high)
{
    size_t most = 0;
    for (size_t i = 0; i < s->n; i++) {
        nvb_num end = s->asks[i].high;
        size_t n = in_common(s, s->asks[i].low, &end);
        if (n > most) {
            most = n;
            *low = s->asks[i].low;
            *high = end;
        }
    }
    nvb_num half = half_unit(s, rate), least = nvb_num_neg(s->calc, half);
    *low = nvb_num_cmp(s->calc, *low, least) < 0 ? least : *low;
    *high = nvb_num_cmp(s->calc, *high, half) > 0 ? half : *high;
    return most > 1 && nvb_num_cmp(s->calc, *low, *high) <= 0;
}

/* `r`: the index, or the step that has a percentage of its own, which is `rate`. */
static void solve_rate(
    nvbi_trial *t, nvb_reading r, nvb_num rate, nvb_num *values, bool *has, nvbi_readings *out)
{
    solving s = {.t = t, .calc = t->a->calc, .r = r, .values = values, .has = has};
    nvb_num low, high;
    s.r.kind = NVB_READ_INDEX_LOWER;
    bool found = find_asks(&s) && !s.stepped && as_written(&s, rate, &low, &high);
    t->a->failed |= nvb_calc_take_error(s.calc) == NVB_NUM_MEMORY;
    if (!found)
        return;
    s.r.kind = NVB_READ_INDEX_WRITTEN;
    s.r.low = nvb_num_sub(s.calc, rate, high);
    s.r.high = nvb_num_sub(s.calc, rate, low);
    nvb_num x = nvbi_roundest(s.calc, written(&s, s.r.low), written(&s, s.r.high));
    s.r.parameter = nvb_num_shift(s.calc, x, -PERCENT);
    s.r.has_range = true;
    s.r.fit = NVB_FIT_EXACT;
    if (nvb_num_cmp(s.calc, s.r.parameter, rate) != 0 && (s.r.lines = verified(&s)) > 0)
        nvbi_readings_add(t->a, out, &s.r);
}

static const nvb_step *own_percentage(const nvbi_trial *t)
{
    for (size_t i = 0; i < t->part.n_lines; i++)
        for (size_t k = 0; k < t->lines[i].price.n_steps; k++) {
            const nvb_step *s = t->lines[i].price.steps[k];
            if (s && s->kind == NVB_STEP_INDEX && !s->index.s && nvb_input_given(&s->percentage))
                return s;
        }
    return NULL;
}

static void solve_written(nvbi_trial *t, nvb_num *values, bool *has, nvbi_readings *out)
{
    enum { MOST_INDICES = 4 };
    const nvb_proposal *p = t->a->p;
    for (size_t i = 0; i < p->n_indices && i < MOST_INDICES; i++)
        if (!p->indices[i].n_components && nvb_input_given(&p->indices[i].percentage))
            solve_rate(t, (nvb_reading){.index = p->indices[i].id}, p->indices[i].percentage.value,
                       values, has, out);
    const nvb_step *s = own_percentage(t);
    if (s)
        solve_rate(t, (nvb_reading){.step = s->id}, s->percentage.value, values, has, out);
}

static bool is_settled(const nvbi_readings *list, size_t from)
{
    return list->n > from && list->items[list->n - 1].fit == NVB_FIT_EXACT;
}

/* The index lower; failing that, of several indices one; failing that, so much off at the end. */
static void solve_lower(nvbi_trial *t, nvb_num *values, bool *has, nvbi_readings *out)
{
    enum { MOST_INDICES = 4 };
    const nvb_proposal *p = t->a->p;
    size_t from = out->n;
    nvb_reading r = {.kind = NVB_READ_INDEX_LOWER};
    solve_one(t, r, values, has, out);
    for (size_t i = 0; p->n_indices > 1 && i < p->n_indices && i < MOST_INDICES; i++) {
        r.index = p->indices[i].id;
        if (!is_settled(out, from))
            solve_one(t, r, values, has, out);
    }
    r.index = (nvb_text){0};
    r.over = NVB_OVER_BASE;
    if (!is_settled(out, from))
        solve_one(t, r, values, has, out);
}

/* A line with other steps than its index: what stands at its end is not what was indexed. */
static bool has_more_than_index(const nvbi_trial *t)
{
    for (size_t i = 0; i < t->part.n_lines; i++) {
        const nvb_buildup *plan = &t->lines[i].price;
        for (size_t k = 0; k < plan->n_steps; k++)
            if (plan->steps[k] && plan->steps[k]->kind != NVB_STEP_INDEX)
                return true;
    }
    return false;
}

void nvbi_solve(nvbi_trial *t, nvbi_readings *out)
{
    nvb_num *values = NVBI_NEW(&t->room.arena, nvb_num, t->n_targets + 1);
    bool *has = NVBI_NEW(&t->room.arena, bool, t->n_targets + 1);
    if (!values || !has)
        return;
    solve_one(t, (nvb_reading){.kind = NVB_READ_DISCOUNT_ON_INDEX}, values, has, out);
    solve_one(t, (nvb_reading){.kind = NVB_READ_DISCOUNT_ON_INDEXED}, values, has, out);
    if (has_more_than_index(t))
        solve_one(t, (nvb_reading){.kind = NVB_READ_DISCOUNT_ON_TARIFF}, values, has, out);
    solve_written(t, values, has, out);
    solve_lower(t, values, has, out);
    solve_one(t, (nvb_reading){.kind = NVB_READ_AMOUNT}, values, has, out);
}
