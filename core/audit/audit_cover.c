/*
 * audit_cover.c: a table of readings against a sample of claims: which of those that do not follow
 * a reading gives, and how many of those that do follow it would change.
 */
#include "audit.h"
#include "numtext.h"

enum {
    CLOSE_CENTS = 2, /* a miss that rounding of a base may explain */
    ROUNDED_TRIES = 5,
    FEW = 4,        /* figures a reading is tried on first, where runs are costly */
    SOLVE_RUNS = 40 /* about what finding parameters takes */
};

bool nvbi_is_solved(nvb_reading_kind kind)
{
    return kind == NVB_READ_DISCOUNT_ON_INDEX || kind == NVB_READ_DISCOUNT_ON_INDEXED ||
           kind == NVB_READ_DISCOUNT_ON_TARIFF || kind == NVB_READ_INDEX_WRITTEN ||
           kind == NVB_READ_INDEX_LOWER || kind == NVB_READ_AMOUNT;
}

/* --- which targets a reading gives --- */

static bool equal(nvb_calc *calc, const nvb_audited *f, nvb_num value)
{
    if (nvb_num_cmp(calc, f->claimed, value) == 0)
        return true;
    if (nvb_num_terminates(calc, value, NVB_SHOWN_DECIMALS))
        return false;
    /* A claim that was printed shows so many decimals and no more. */
    nvb_num shown = nvb_num_round(calc, value, NVB_SHOWN_DECIMALS, NVB_ARITHMETIC);
    return nvb_num_cmp(calc, f->claimed, shown) == 0;
}

static nvb_num distance(nvb_calc *calc, nvb_num a, nvb_num b)
{
    nvb_num miss = nvb_num_sub(calc, a, b);
    return nvb_num_sign(miss) < 0 ? nvb_num_neg(calc, miss) : miss;
}

static bool is_close(nvb_calc *calc, nvb_num a, nvb_num b)
{
    nvb_num most = nvb_num_shift(calc, nvb_num_int(CLOSE_CENTS), -2);
    return nvb_num_cmp(calc, distance(calc, a, b), most) <= 0;
}

static bool last_tariffs(nvbi_trial *t, nvbi_given *out)
{
    for (size_t i = 0; i < t->n_targets; i++)
        out->gives[i] = nvbi_is_last_tariff(t->a, t->targets[i]);
    return true;
}

/* With bases that are rounded figures at either end: adds the targets in between. */
static bool add_rounded(nvbi_trial *t, const nvb_reading *r, bool *gives)
{
    nvb_calc *calc = t->a->calc;
    nvb_num *low = t->value[1], *high = t->value[2];
    bool *has_low = t->has[1], *has_high = t->has[2];
    bool ok = nvbi_trial_bases(t, -1) && nvbi_trial_run(t, r, false, low, has_low) &&
              nvbi_trial_bases(t, 1) && nvbi_trial_run(t, r, false, high, has_high);
    nvbi_trial_bases(t, 0);
    for (size_t i = 0; ok && i < t->n_targets; i++) {
        nvb_num claimed = t->targets[i]->claimed;
        if (!has_low[i] || !has_high[i])
            continue;
        int below = nvb_num_cmp(calc, low[i], claimed), above = nvb_num_cmp(calc, claimed, high[i]);
        gives[i] = gives[i] || (below <= 0 && above <= 0) || (below >= 0 && above >= 0);
    }
    return ok;
}

/* One target under a reading that makes it `value`. */
static void look_at(
    nvb_calc *calc, const nvb_audited *f, nvb_num value, bool near, bool *gives, nvbi_given *out)
{
    bool fails = f->verdict == NVB_FOLLOWS_NOT;
    bool close = is_close(calc, f->claimed, value);
    if (near && fails)
        *gives = close && nvb_num_cmp(calc, distance(calc, f->claimed, value),
                                      distance(calc, f->claimed, f->computed)) < 0;
    else
        *gives = equal(calc, f, value);
    if (fails) {
        out->closest = out->closest && close;
        out->missed += !*gives && nvb_num_cmp(calc, value, f->computed) != 0;
    }
}

bool nvbi_gives(nvbi_trial *t, const nvb_reading *r, nvbi_given *out)
{
    out->closest = false;
    out->missed = 0;
    if (r->kind == NVB_READ_LAST_TARIFF)
        return last_tariffs(t, out);
    nvb_calc *calc = t->a->calc;
    nvb_num *values = t->value[0];
    bool *has = t->has[0], ok = nvbi_trial_run(t, r, false, values, has);
    bool near = r->fit == NVB_FIT_NEAR && !r->has_range;
    out->closest = ok;
    for (size_t i = 0; ok && i < t->n_targets; i++) {
        out->gives[i] = false;
        if (has[i])
            look_at(calc, t->targets[i], values[i], near, &out->gives[i], out);
        else
            out->closest = false;
    }
    if (ok && r->fit == NVB_FIT_ROUNDED)
        ok = add_rounded(t, r, out->gives);
    t->a->failed |= nvb_calc_take_error(calc) == NVB_NUM_MEMORY;
    return ok;
}

/* --- rows --- */

/* Digits of the parameter as it is written, from the first that is not zero. More than a tenth of
 * the index off is less natural than an index that is lower, whatever its digits. */
static size_t digits_of(nvb_audit *a, const nvb_reading *r)
{
    enum { UNNATURAL = 20 };
    if (!nvbi_is_solved(r->kind))
        return 0;
    nvb_buffer text = NVB_BUFFER_INIT;
    bool amount = r->kind == NVB_READ_AMOUNT;
    nvb_num shown = amount ? r->parameter : nvb_num_shift(a->calc, r->parameter, 2);
    nvbi_num_append(a->calc, &text, shown);
    a->failed |= text.failed;
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.s[i] >= '0' && text.s[i] <= '9' && (n > 0 || text.s[i] != '0');
    nvb_buffer_release(&text);
    nvb_num tenth = nvb_num_shift(a->calc, nvb_num_int(1), -1);
    bool most =
        r->kind == NVB_READ_DISCOUNT_ON_INDEX && nvb_num_cmp(a->calc, r->parameter, tenth) > 0;
    return most ? n + UNNATURAL : n;
}

static void count(const nvbi_cover *table, nvbi_cover_row *row, const nvbi_given *given)
{
    const bool *gives = given->gives;
    row->missed = given->missed;
    row->hits = 0;
    row->n_hits = row->breaks = 0;
    for (size_t i = 0; i < table->t.n_targets; i++) {
        if (i >= table->n_fails) {
            row->breaks += !gives[i];
        } else if (gives[i]) {
            row->hits |= (uint64_t)1 << i;
            row->n_hits++;
        }
    }
    row->r.lines = row->n_hits;
    row->r.breaks = row->breaks;
}

/* The same reading with bases that are rounded figures, when it then gives all. */
static void try_rounded(nvbi_cover *table, nvbi_cover_row *row)
{
    bool gives[NVBI_TRIED];
    nvbi_given given = {.gives = gives};
    nvbi_cover_row within = {.r = row->r};
    within.r.fit = NVB_FIT_ROUNDED;
    if (!nvbi_gives(&table->t, &within.r, &given))
        return;
    count(table, &within, &given);
    if (within.n_hits == table->n_fails)
        *row = within;
}

/* Whether a reading is worth a run on all: it gives one of the few, or nearly. */
static bool is_promising(nvbi_cover *table, const nvb_reading *r)
{
    bool gives[FEW];
    nvbi_given given = {.gives = gives};
    if (!table->sparing || nvbi_is_solved(r->kind))
        return true;
    bool any = nvbi_gives(&table->few, r, &given);
    bool promising = any && given.closest;
    for (size_t i = 0; any && i < table->few.n_targets; i++)
        promising |= gives[i];
    return promising;
}

/* Tries one reading; the row is kept when it gives something, or may within roundings. */
static void try_one(nvbi_cover *table, const nvb_reading *r, size_t room, size_t *rounded)
{
    bool gives[NVBI_TRIED];
    nvbi_given given = {.gives = gives};
    nvbi_cover_row row = {.r = *r};
    if (table->n == room || !is_promising(table, r) || !nvbi_gives(&table->t, r, &given))
        return;
    count(table, &row, &given);
    if (row.n_hits < table->n_fails && given.closest && *rounded > 0 && r->fit == NVB_FIT_EXACT &&
        !nvbi_is_solved(r->kind)) {
        --*rounded;
        try_rounded(table, &row);
    }
    row.digits = digits_of(table->t.a, &row.r);
    if (row.n_hits > 0)
        table->rows[table->n++] = row;
}

static size_t spread(const nvb_audited **to, const nvb_audited *const *from, size_t n, size_t most)
{
    size_t take = n < most ? n : most;
    for (size_t i = 0; i < take; i++)
        to[i] = from[i * n / take];
    return take;
}

/* How many failing figures to take: as many as there may be, unless `runs` on those, `all` with the
 * ones that follow, would take more than there is to spend. What a run takes is seen on a few,
 * which are then kept to try readings on first. 0: memory is out. */
static size_t affordable(nvbi_cover *table,
                         nvb_audit *a,
                         const nvb_audited *const *fails,
                         size_t n_fails,
                         size_t all,
                         size_t runs)
{
    const nvb_audited *targets[FEW];
    size_t n = spread(targets, fails, n_fails, FEW);
    nvbi_trial *few = &table->few;
    uint64_t share = nvbi_budget_left(a) / 4 * 3;
    bool ok = nvbi_trial_init(few, a, targets, n);
    if (ok)
        nvbi_trial_run(few, NULL, false, few->value[0], few->has[0]);
    uint64_t of_one = few->spent / (n ? n : 1);
    table->sparing = ok && (uint64_t)runs * of_one > share / all;
    if (!table->sparing) {
        nvbi_trial_release(few);
        return ok ? NVBI_SAMPLE : 0;
    }
    a->exhausted = true;
    uint64_t most = share / 2 / SOLVE_RUNS / (of_one + 1);
    return most > NVBI_SAMPLE ? NVBI_SAMPLE : most < FEW ? FEW : (size_t)most;
}

bool nvbi_cover_init(nvbi_cover *table,
                     nvb_audit *a,
                     const nvb_audited *const *fails,
                     size_t n_fails,
                     const nvb_audited *const *follows,
                     size_t n_follows,
                     const nvbi_readings *list,
                     bool each)
{
    const nvb_audited *targets[NVBI_TRIED];
    *table = (nvbi_cover){.t = {.a = a}};
    size_t all = n_fails + n_follows < NVBI_TRIED ? n_fails + n_follows : NVBI_TRIED;
    size_t most = affordable(table, a, fails, n_fails, all, list->n + SOLVE_RUNS);
    if (!most)
        return false;
    if (each)
        most = NVBI_SAMPLE;
    size_t more = table->sparing ? most / 4 : NVBI_TRIED - NVBI_SAMPLE;
    table->n_fails = spread(targets, fails, n_fails, most);
    size_t n =
        table->n_fails + spread(targets + table->n_fails, follows, n_follows,
                                each || !table->sparing ? NVBI_TRIED - table->n_fails : more);
    if (!nvbi_trial_init(&table->t, a, targets, n))
        return false;
    uint64_t share = nvbi_budget_left(a) / 4 * 3;
    table->t.share = share / 2;
    nvbi_readings solved = {0};
    nvbi_solve(&table->t, &solved);
    table->t.share = share / 8 * 7; /* what was solved for comes last, and is seldom nothing */
    table->few.share = share / 2;
    nvb_reading last = {.kind = NVB_READ_LAST_TARIFF, .fit = NVB_FIT_EXACT};
    size_t room = list->n + solved.n + 1, rounded = ROUNDED_TRIES;
    table->rows = NVBI_NEW(&table->t.room.arena, nvbi_cover_row, room);
    if (!table->rows)
        return false;
    for (size_t i = 0; i < list->n; i++)
        try_one(table, &list->items[i], room, &rounded);
    if (a->in.previous)
        try_one(table, &last, room, &rounded);
    table->t.share = share;
    for (size_t i = 0; i < solved.n; i++)
        try_one(table, &solved.items[i], room, &rounded);
    return !a->failed;
}

void nvbi_cover_release(nvbi_cover *table)
{
    if (table->sparing)
        nvbi_trial_release(&table->few);
    nvbi_trial_release(&table->t);
}

/* --- order --- */

static int by_size(size_t x, size_t y)
{
    return (x > y) - (x < y);
}

int nvbi_cover_order(const nvbi_cover_row *x, const nvbi_cover_row *y)
{
    int c = by_size(y->n_hits, x->n_hits);
    if (c == 0)
        c = by_size(x->breaks, y->breaks);
    if (c == 0)
        c = by_size(x->r.fit, y->r.fit);
    if (c == 0)
        c = by_size(x->missed, y->missed);
    bool own_x = !nvbi_is_solved(x->r.kind), own_y = !nvbi_is_solved(y->r.kind);
    if (c == 0 && own_x != own_y)
        c = own_x ? -1 : 1;
    if (c == 0)
        c = by_size(x->digits, y->digits);
    return c ? c : by_size(x->r.kind, y->r.kind);
}

bool nvbi_cover_idle(const nvb_reading *best, const nvbi_cover_row *row, const nvbi_readings *list)
{
    static const nvb_mode same[NVB_MODE_COUNT] = {
        [NVB_ARITHMETIC] = NVB_ARITHMETIC,
        [NVB_HALF_EVEN] = NVB_ARITHMETIC,
        [NVB_UP] = NVB_UP,
        [NVB_DOWN] = NVB_DOWN,
        [NVB_TO_ZERO] = NVB_DOWN,
        [NVB_FROM_ZERO] = NVB_UP,
    };
    enum { PLAIN_DIGITS = 2 };
    bool made_up = best->fit == NVB_FIT_EXACT && row->r.fit == NVB_FIT_NEAR;
    made_up |= best->fit == NVB_FIT_EXACT && !nvbi_is_solved(best->kind) &&
               nvbi_is_solved(row->r.kind) && row->digits > PLAIN_DIGITS;
    for (size_t i = 0; i < list->n && row->r.kind == NVB_READ_ROUNDED_OTHERWISE; i++) {
        const nvb_reading *r = &list->items[i];
        made_up |= r->kind == row->r.kind && r->number == row->r.number &&
                   same[r->mode] == same[row->r.mode];
    }
    return made_up;
}

void nvbi_cover_place(nvbi_cover_row **order, size_t n)
{
    size_t discount = n, written = n;
    for (size_t i = 0; i < n; i++) {
        if (order[i]->r.kind == NVB_READ_DISCOUNT_ON_INDEX)
            discount = i;
        else if (order[i]->r.kind == NVB_READ_INDEX_WRITTEN && written == n)
            written = i;
    }
    if (discount == n || written == n || written < discount)
        return;
    nvbi_cover_row *row = order[written];
    memmove(order + discount + 2, order + discount + 1, (written - discount - 1) * sizeof row);
    order[discount + 1] = row;
}
