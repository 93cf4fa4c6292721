/*
 * audit_digits.c: a claimed tariff held against the one that follows as digits on paper: two of
 * them swapped, the point moved, one of them other; and against the tariffs it may have been taken
 * from by mistake: of another line, the nearest in the document first, or of last year.
 */
#include "audit.h"
#include "numtext.h"

/* --- lines by their tariff --- */

typedef struct nvbi_same_tariffs {
    nvbi_names numbers; /* of a tariff, by its digits */
    uint32_t *start;    /* per number: where its lines start in `lines`; one more at the end */
    uint32_t *lines;    /* in the order of the document */
} same_tariffs;

static nvb_text digits_in(nvbi_arena *arena, nvb_buffer *buffer, nvb_calc *calc, nvb_num value)
{
    nvb_buffer_cut(buffer, 0);
    nvbi_num_append(calc, buffer, value);
    return buffer->failed || !buffer->s ? (nvb_text){0}
           : arena                      ? nvbi_arena_text(arena, buffer->s, buffer->n)
                                        : (nvb_text){buffer->s, buffer->n};
}

/* Numbers every tariff; `number` of each line. Returns how many there are. */
static uint32_t number_tariffs(nvb_audit *a, same_tariffs *s, uint32_t *number)
{
    uint32_t n = 0;
    nvb_buffer buffer = NVB_BUFFER_INIT;
    for (size_t i = 0; i < a->p->n_lines; i++) {
        uint32_t figure = nvb_breakdown_line(a->b, i)->tariff;
        number[i] = NVBI_NO_NAME;
        if (figure == NVB_NO_FIGURE)
            continue;
        nvb_num tariff = nvbi_value_of(a->b, figure);
        number[i] = nvbi_names_find(&s->numbers, digits_in(NULL, &buffer, a->calc, tariff));
        if (number[i] == NVBI_NO_NAME &&
            nvbi_names_add(&s->numbers, digits_in(&a->arena, &buffer, a->calc, tariff), n))
            number[i] = n++;
    }
    a->failed |= buffer.failed;
    nvb_buffer_release(&buffer);
    return n;
}

static same_tariffs *tariffs_of(nvb_audit *a)
{
    if (a->tariffs)
        return a->tariffs;
    size_t lines = a->p->n_lines;
    same_tariffs *s = NVBI_NEW(&a->arena, same_tariffs, 1);
    uint32_t *number = NVBI_NEW(&a->arena, uint32_t, lines + 1);
    if (!s || !number || !nvbi_names_init(&s->numbers, &a->arena, lines + 1))
        return NULL;
    uint32_t n = number_tariffs(a, s, number);
    s->start = NVBI_NEW(&a->arena, uint32_t, n + 2);
    s->lines = NVBI_NEW(&a->arena, uint32_t, lines + 1);
    if (!s->start || !s->lines)
        return NULL;
    /* Counted two places on, then filled one place on, so that it ends where it should be. */
    for (size_t i = 0; i < lines; i++)
        if (number[i] != NVBI_NO_NAME)
            s->start[number[i] + 2]++;
    for (uint32_t k = 2; k < n + 2; k++)
        s->start[k] += s->start[k - 1];
    for (size_t i = 0; i < lines; i++)
        if (number[i] != NVBI_NO_NAME)
            s->lines[s->start[number[i] + 1]++] = (uint32_t)i;
    a->tariffs = s;
    return s;
}

/* The line nearest to `line` that comes to this tariff. */
static const nvb_line *line_with(nvb_audit *a, nvb_num tariff, uint32_t line)
{
    const same_tariffs *s = tariffs_of(a);
    nvb_buffer buffer = NVB_BUFFER_INIT;
    uint32_t at =
        s ? nvbi_names_find(&s->numbers, digits_in(NULL, &buffer, a->calc, tariff)) : NVBI_NO_NAME;
    a->failed |= buffer.failed || !s;
    nvb_buffer_release(&buffer);
    if (at == NVBI_NO_NAME)
        return NULL;
    uint32_t low = s->start[at], high = s->start[at + 1], first = low, end = high;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (s->lines[mid] < line)
            low = mid + 1;
        else
            high = mid;
    }
    bool before = low > first, after = low < end;
    if (!before && !after)
        return NULL;
    bool take_before = before && (!after || line - s->lines[low - 1] <= s->lines[low] - line);
    return &a->p->lines[s->lines[take_before ? low - 1 : low]];
}

/* --- digits --- */

enum { LONGEST = 40 };

/* Both as whole numbers of `n` digits, zeros put before the shorter. */
typedef struct two_figures {
    char claimed[LONGEST], computed[LONGEST];
    size_t n;
    bool same_length;
} two_figures;

static bool whole(nvb_calc *calc, nvb_num value, unsigned decimals, nvb_buffer *out)
{
    nvb_num shifted = nvb_num_shift(calc, value, (int)decimals);
    if (nvb_num_sign(value) <= 0 || !nvb_num_terminates(calc, shifted, 0))
        return false;
    nvbi_num_append(calc, out, shifted);
    return !out->failed && out->n < LONGEST;
}

static void pad(char *to, const nvb_buffer *digits, size_t n)
{
    memset(to, '0', n - digits->n);
    memcpy(to + n - digits->n, digits->s, digits->n);
}

static bool figures_of(nvb_audit *a, const nvb_audited *f, nvb_num follows, two_figures *out)
{
    nvb_calc *calc = a->calc;
    unsigned decimals = f->line->price.rounding.decimals;
    nvb_buffer claimed = NVB_BUFFER_INIT, computed = NVB_BUFFER_INIT;
    bool ok =
        whole(calc, f->claimed, decimals, &claimed) && whole(calc, follows, decimals, &computed);
    if (ok) {
        out->same_length = claimed.n == computed.n;
        out->n = claimed.n > computed.n ? claimed.n : computed.n;
        pad(out->claimed, &claimed, out->n);
        pad(out->computed, &computed, out->n);
    }
    a->failed |= claimed.failed || computed.failed;
    nvb_buffer_release(&claimed);
    nvb_buffer_release(&computed);
    return ok;
}

/* How many digits differ, and the first of them. */
static size_t differing(const two_figures *t, size_t *first)
{
    size_t n = 0;
    for (size_t i = t->n; i-- > 0;)
        if (t->claimed[i] != t->computed[i]) {
            n++;
            *first = i;
        }
    return n;
}

static bool are_swapped(const two_figures *t)
{
    size_t i = 0;
    return differing(t, &i) == 2 && i + 1 < t->n && t->claimed[i] == t->computed[i + 1] &&
           t->claimed[i + 1] == t->computed[i];
}

/* One unit of the last place is rounding, not a slip. */
static bool one_is_other(const two_figures *t)
{
    size_t i = 0;
    if (!t->same_length || differing(t, &i) != 1)
        return false;
    int moved = t->claimed[i] - t->computed[i];
    return i + 1 < t->n || moved > 1 || moved < -1;
}

static bool point_is_moved(nvb_calc *calc, const nvb_audited *f, nvb_num follows)
{
    static const int places[] = {-1, 1, -2, 2};
    unsigned decimals = f->line->price.rounding.decimals;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        nvb_num moved = nvb_num_shift(calc, follows, places[i]);
        nvb_num near = nvb_num_round(calc, moved, decimals, NVB_ARITHMETIC);
        nvb_num cut = nvb_num_round(calc, moved, decimals, NVB_TO_ZERO);
        if (nvb_num_cmp(calc, f->claimed, moved) == 0 || nvb_num_cmp(calc, f->claimed, near) == 0 ||
            nvb_num_cmp(calc, f->claimed, cut) == 0)
            return nvb_num_sign(f->claimed) != 0;
    }
    return false;
}

/* --- last year --- */

bool nvbi_is_last_tariff(const nvb_audit *a, const nvb_audited *f)
{
    size_t line = f->line ? (size_t)(f->line - a->p->lines) : SIZE_MAX;
    if (!a->in.previous || !f->line || line >= nvb_comparison_pairs(a->in.previous))
        return false;
    const nvb_pair *pair = nvb_comparison_pair(a->in.previous, line);
    return pair->n_old == 1 && pair->before.has_tariff &&
           nvb_num_cmp(a->calc, f->claimed, pair->before.tariff) == 0;
}

/* --- together --- */

static void add(nvb_audit *a, nvbi_readings *out, nvb_reading_kind kind, nvb_text other)
{
    nvb_reading r = {.kind = kind, .fit = NVB_FIT_EXACT, .lines = 1, .other_line = other};
    nvbi_readings_add(a, out, &r);
}

void nvbi_digit_readings(nvb_audit *a, const nvb_audited *f, nvbi_readings *out)
{
    if (!f->line || !f->figure || f->figure->kind != NVB_FIG_TARIFF)
        return;
    two_figures t;
    /* Nobody wrote last year's tariff of a list wrong: it was meant to be another. */
    bool bare = nvbi_tariff_kind(a, f->line) == NVB_FOUND_CHANGED;
    bool digits = !bare && figures_of(a, f, f->computed, &t);
    bool swapped = digits && are_swapped(&t);
    const nvb_line *other = line_with(a, f->claimed, (uint32_t)(f->line - a->p->lines));
    if (other)
        add(a, out, NVB_READ_OTHER_LINE, other->code);
    if (swapped)
        add(a, out, NVB_READ_DIGITS_SWAPPED, (nvb_text){0});
    if (point_is_moved(a->calc, f, f->computed))
        add(a, out, NVB_READ_POINT_MOVED, (nvb_text){0});
    if (nvbi_is_last_tariff(a, f))
        add(a, out, NVB_READ_LAST_TARIFF, (nvb_text){0});
    if (digits && one_is_other(&t))
        add(a, out, NVB_READ_DIGIT_WRONG, (nvb_text){0});
}

void nvbi_pattern_slips(nvb_audit *a, const nvb_audited *f, nvb_num pattern, nvbi_readings *out)
{
    two_figures t;
    bool digits = figures_of(a, f, pattern, &t);
    size_t from = out->n;
    if (digits && are_swapped(&t))
        add(a, out, NVB_READ_DIGITS_SWAPPED, (nvb_text){0});
    if (point_is_moved(a->calc, f, pattern))
        add(a, out, NVB_READ_POINT_MOVED, (nvb_text){0});
    if (digits && one_is_other(&t))
        add(a, out, NVB_READ_DIGIT_WRONG, (nvb_text){0});
    for (size_t i = from; i < out->n; i++)
        out->items[i].low = out->items[i].high = pattern;
}
