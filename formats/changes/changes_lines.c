/*
 * changes_lines.c: the lines that weigh most, each with the bridge of its tariff, and the others in
 * short; see changes.h.
 *
 * What a line weighs is its effect on turnover; where only one document has volumes, what its
 * tariff means at those; and where none has, the difference in tariff alone.
 */
#include "changes.h"

enum {
    DETAILED = 10, /* at most so many at length */
    LEAST = 2,     /* and at least so many */
    ENOUGH = 90,   /* no more than it takes to tell this percentage of what all of them weigh */
    SHORT = 40,
    RANKED = DETAILED + SHORT,
    BRIDGE_INDENT = 6,
    NAMED = 5
};

typedef struct ranked {
    nvb_num size;
    const nvb_pair *pair;
} ranked;

typedef struct ranking {
    ranked best[RANKED]; /* largest first; of equal ones the first of the document */
    size_t n, changed;   /* n of them kept, of so many */
    nvb_num all;         /* what all that changed weigh together */
} ranking;

/* --- ranking --- */

static nvb_num weight(nvbi_changes *x, const nvb_pair *p)
{
    const nvb_side *known = x->old_counts ? &p->before : &p->after;
    if (x->old_counts && x->new_counts)
        return p->effect;
    if (x->old_counts || x->new_counts)
        return known->has_count ? nvb_num_mul(x->calc, p->tariff.difference, known->count)
                                : nvb_num_int(0);
    return p->tariff.difference;
}

/* A line on both sides whose figures are not what they were. */
static bool differs(nvbi_changes *x, const nvb_pair *p)
{
    if (!p->new_line || p->n_old == 0)
        return false;
    return p->gap || p->before.has_tariff != p->after.has_tariff ||
           nvb_num_sign(p->tariff.difference) != 0 || nvb_num_sign(p->effect) != 0 ||
           (p->before.has_count && p->after.has_count &&
            nvb_num_cmp(x->calc, p->before.count, p->after.count) != 0);
}

/* One pass: most lines are compared with the last of the best only. */
static void rank(nvbi_changes *x, ranking *r)
{
    r->n = r->changed = 0;
    r->all = nvb_num_int(0);
    for (size_t i = 0; i < nvb_comparison_pairs(x->c); i++) {
        const nvb_pair *p = nvb_comparison_pair(x->c, i);
        if (!differs(x, p))
            continue;
        r->changed++;
        nvb_num size = nvbi_changes_size(x, weight(x, p));
        r->all = nvb_num_add(x->calc, r->all, size);
        size_t at = r->n;
        while (at > 0 && nvb_num_cmp(x->calc, size, r->best[at - 1].size) > 0)
            at--;
        if (at == RANKED)
            continue;
        r->n += r->n < RANKED;
        memmove(r->best + at + 1, r->best + at, (r->n - at - 1) * sizeof r->best[0]);
        r->best[at] = (ranked){size, p};
    }
}

/* How many are shown at length: those that together make up nearly all. A table for one takes more
 * room than it does. */
static size_t detailed_of(nvbi_changes *x, const ranking *r)
{
    nvb_num enough = nvb_num_mul(x->calc, r->all, nvb_num_int(ENOUGH)), sum = nvb_num_int(0);
    size_t most = r->n < DETAILED ? r->n : DETAILED, n = 0;
    for (; n < most; n++) {
        if (n >= LEAST &&
            nvb_num_cmp(x->calc, nvb_num_mul(x->calc, sum, nvb_num_int(100)), enough) >= 0)
            break;
        sum = nvb_num_add(x->calc, sum, r->best[n].size);
    }
    return r->n - n < 2 && r->n <= DETAILED ? r->n : n;
}

/* --- one line at length --- */

static nvb_text description_of(const nvb_pair *p)
{
    return p->new_line ? p->new_line->description : p->old[0].line->description;
}

/* The old codes, of many the first few. */
static void put_old_codes(nvb_buffer *to, const nvb_pair *p)
{
    for (size_t i = 0; i < p->n_old && i < NAMED; i++) {
        nvb_buffer_str(to, i ? ", " : "");
        nvbi_changes_label(to, p->old[i].line->code);
    }
    nvb_buffer_str(to, p->n_old > NAMED ? ", …" : "");
}

static void say_name(nvbi_changes *x, const nvb_pair *p, size_t number)
{
    nvbi_changes_word_count(x, 0, number);
    nvbi_changes_word_label(x, 1, p->code);
    nvbi_changes_word_label(x, 2, description_of(p));
    if (p->renamed)
        put_old_codes(nvbi_changes_word(x, 3), p);
    nvbi_changes_say(x, NVBI_TELL_LINE_NAME);
    nvbi_changes_flush_hanging(x, 0, 4);
}

static void say_tariff(nvbi_changes *x, const nvb_pair *p)
{
    if (!p->before.has_tariff || !p->after.has_tariff) {
        const nvb_side *known = p->before.has_tariff ? &p->before : &p->after;
        if (known->has_tariff) {
            nvbi_changes_amount(x, nvbi_changes_word(x, 0), known->tariff, false);
            nvbi_changes_say(x, p->before.has_tariff ? NVBI_TELL_LINE_TARIFF_GONE
                                                     : NVBI_TELL_LINE_TARIFF_CAME);
        }
        return;
    }
    nvb_num difference = p->tariff.difference;
    int sign = nvb_num_sign(difference);
    nvbi_changes_amount(x, nvbi_changes_word(x, 0), p->before.tariff, false);
    nvbi_changes_amount(x, nvbi_changes_word(x, 1), p->after.tariff, false);
    nvbi_changes_amount(x, nvbi_changes_word(x, 2), difference, true);
    nvbi_changes_percent(x, nvbi_changes_word(x, 3), p->before.tariff, difference);
    nvbi_changes_word_label(x, 4, p->new_line->unit);
    nvbi_changes_say(x, sign ? NVBI_TELL_LINE_TARIFF : NVBI_TELL_LINE_TARIFF_SAME);
}

static void put_units(nvbi_changes *x, nvb_buffer *to, nvb_num v)
{
    if (!nvb_num_terminates(x->calc, v, 4)) {
        nvb_buffer_str(to, "≈ ");
        v = nvb_num_round(x->calc, v, 2, NVB_ARITHMETIC);
    }
    nvbi_word_number(to, x->calc, v, NVB_UNITS, x->lang);
}

static void say_volume(nvbi_changes *x, const nvb_pair *p)
{
    const nvb_side *a = &p->before, *b = &p->after;
    if (!a->has_count && !b->has_count)
        return;
    if (a->has_count)
        put_units(x, nvbi_changes_word(x, 0), a->count);
    if (b->has_count)
        put_units(x, nvbi_changes_word(x, 1), b->count);
    nvbi_changes_say(x, !b->has_count                                   ? NVBI_TELL_LINE_VOLUME_OLD
                        : !a->has_count                                 ? NVBI_TELL_LINE_VOLUME_NEW
                        : nvb_num_cmp(x->calc, a->count, b->count) == 0 ? NVBI_TELL_LINE_VOLUME_SAME
                                                                        : NVBI_TELL_LINE_VOLUME);
}

/* "prijs +€ 10,00, volume −€ 2,00": parts of the effect, which add up to it as printed. */
static void put_parts(nvbi_changes *x, nvb_buffer *to, const nvb_pair *p)
{
    const nvb_num amounts[] = {p->price, p->volume, p->tiers, p->rounding};
    static const nvb_bridge_kind kinds[] = {NVB_BRIDGE_PRICE, NVB_BRIDGE_VOLUME, NVB_BRIDGE_TIERS,
                                            NVB_BRIDGE_ROUNDING};
    static const nvbi_tell names[] = {NVBI_TELL_PART_PRICE, NVBI_TELL_PART_VOLUME,
                                      NVBI_TELL_PART_TIERS, NVBI_TELL_PART_ROUNDING};
    nvb_bridge_item items[4];
    nvb_bridge all = {.items = items, .n = 4}, parts;
    size_t shown = 0;
    for (size_t i = 0; i < 4; i++)
        items[i] = (nvb_bridge_item){.kind = kinds[i], .amount = amounts[i]};
    if (!nvbi_changes_apportion(x, &parts, &all, p->effect, 2))
        return;
    for (size_t i = 0; i < 4; i++)
        shown += nvb_num_sign(parts.items[i].printed) != 0;
    for (size_t i = 0, n = 0; shown > 1 && i < 4; i++) {
        if (nvb_num_sign(parts.items[i].printed) == 0)
            continue;
        nvb_buffer_str(to, n++ ? ", " : "");
        nvbi_changes_cents(x, nvbi_changes_word(x, 0), parts.items[i].printed, true);
        nvbi_changes_put(x, to, names[i]);
    }
}

static void say_effect(nvbi_changes *x, const nvb_pair *p)
{
    nvb_num v = weight(x, p);
    const nvb_side *known = x->old_counts ? &p->before : &p->after;
    if (x->old_counts && x->new_counts) {
        if (!p->before.has_turnover && !p->after.has_turnover)
            return;
        nvb_buffer parts = NVB_BUFFER_INIT;
        put_parts(x, &parts, p);
        nvbi_changes_cents(x, nvbi_changes_word(x, 0), v, true);
        nvbi_changes_word_text(x, 1, (nvb_text){parts.s ? parts.s : "", parts.n});
        nvbi_changes_say(x, nvbi_changes_hardly(x, v)              ? NVBI_TELL_LINE_EFFECT_HARDLY
                            : nvb_num_sign(v) == 0 && parts.n == 0 ? NVBI_TELL_LINE_EFFECT_NONE
                                                                   : NVBI_TELL_LINE_EFFECT);
        x->said.failed = x->said.failed || parts.failed;
        nvb_buffer_release(&parts);
    } else if ((x->old_counts || x->new_counts) && known->has_count) {
        nvbi_changes_cents(x, nvbi_changes_word(x, 0), v, true);
        nvbi_changes_say(x, nvbi_changes_hardly(x, v) ? NVBI_TELL_LINE_EFFECT_KNOWN_HARDLY
                            : nvb_num_sign(v) == 0    ? NVBI_TELL_LINE_EFFECT_KNOWN_NONE
                                                      : NVBI_TELL_LINE_EFFECT_KNOWN);
    }
}

/* Which figure of the old document the base says it is. */
static nvbi_tell named_figure(const nvb_pair *p)
{
    nvb_text last = p->new_line->price.basis.last;
    bool after = last.n > 3 && memcmp(last.s, "na:", 3) == 0;
    if (p->n_old > 1)
        return NVBI_TELL_GAP_MEAN;
    if (!last.s || !p->old[0].line->price.basis.given || nvb_text_equal(last, NVB_TEXT("tarief")))
        return NVBI_TELL_GAP_TARIFF;
    return after ? NVBI_TELL_GAP_AFTER : NVBI_TELL_GAP_UNROUNDED;
}

static void say_gap(nvbi_changes *x, const nvb_pair *p)
{
    if (!p->gap)
        return;
    nvb_text last = p->new_line->price.basis.last;
    nvb_num gap = nvb_num_sub(x->calc, p->claimed, p->named);
    nvb_buffer figure = NVB_BUFFER_INIT;
    nvbi_tell named = named_figure(p);
    if (named == NVBI_TELL_GAP_AFTER)
        nvbi_changes_word_label(x, 0, (nvb_text){last.s + 3, last.n - 3});
    nvbi_changes_put(x, &figure, named);
    nvbi_changes_document(x, &x->word[4], x->c, true, false);
    nvbi_changes_amount(x, nvbi_changes_word(x, 0), p->claimed, false);
    nvbi_changes_word_text(x, 1, (nvb_text){figure.s ? figure.s : "", figure.n});
    nvbi_changes_amount(x, nvbi_changes_word(x, 2), p->named, false);
    nvbi_changes_amount(x, nvbi_changes_word(x, 3), nvbi_changes_size(x, gap), false);
    nvbi_changes_say(x, nvb_num_sign(gap) < 0 ? NVBI_TELL_GAP_LOWER : NVBI_TELL_GAP_HIGHER);
    x->said.failed = x->said.failed || figure.failed;
    nvb_buffer_release(&figure);
}

void nvbi_changes_bridge(nvbi_changes *x,
                         const nvb_bridge *b,
                         const nvb_pair *pair,
                         unsigned indent)
{
    unsigned decimals = nvbi_changes_decimals(x, b->to, 2);
    unsigned before = nvbi_changes_decimals(x, b->from, 2);
    nvb_bridge shown = *b;
    decimals = before > decimals ? before : decimals;
    if (b->n == 0 ||
        (decimals > 2 && !nvbi_changes_apportion(x, &shown, b, b->difference, decimals)))
        return;
    x->decimals = decimals;
    nvbi_table_begin(&x->table, x->lang, indent, "tn");
    for (size_t i = 0; i < shown.n; i++) {
        /* A rounding of nothing says nothing; of a step, even that is worth knowing. */
        if (shown.items[i].kind == NVB_BRIDGE_ROUNDING && nvb_num_sign(shown.items[i].printed) == 0)
            continue;
        nvbi_table_row(&x->table);
        nvbi_changes_item(x, nvbi_table_cell(&x->table), &shown.items[i], pair, true);
        nvbi_changes_item_cell(x, &shown.items[i], decimals);
    }
    nvbi_table_write(&x->table, x->out);
}

static void one_line(nvbi_changes *x, const nvb_pair *p, size_t number)
{
    bool flat = p->tariff.n == 1 && p->tariff.items[0].kind == NVB_BRIDGE_TARIFF;
    say_name(x, p, number);
    say_tariff(x, p);
    if (p->other_unit) {
        nvbi_changes_word_label(x, 0, p->old[0].line->unit);
        nvbi_changes_word_label(x, 1, p->new_line->unit);
        nvbi_changes_say(x, NVBI_TELL_LINE_OTHER_UNIT);
    }
    say_volume(x, p);
    say_effect(x, p);
    if (flat)
        nvbi_changes_say(x, p->new_line->price.basis.given ? NVBI_TELL_LINE_FLAT_OLD
                                                           : NVBI_TELL_LINE_FLAT);
    nvbi_changes_flush_hanging(x, 4, 0);
    say_gap(x, p);
    nvbi_changes_flush_hanging(x, 4, 0);
    if (!flat)
        nvbi_changes_bridge(x, &p->tariff, p, BRIDGE_INDENT);
    nvbi_changes_blank(x);
}

/* --- the others in short --- */

static void number_cell(nvbi_changes *x, bool given, nvb_num v, bool sign)
{
    nvb_buffer *cell = nvbi_table_cell(&x->table);
    if (given)
        nvbi_changes_plain(x, cell, v, nvbi_changes_decimals(x, v, 4), sign);
}

static void short_rows(nvbi_changes *x, const ranking *r, size_t from)
{
    bool turnover = x->old_counts || x->new_counts;
    nvbi_table_begin(&x->table, x->lang, 2, "wnnnnn");
    nvbi_table_title(&x->table, 0, nvbi_changes_sentence(NVBI_TELL_COLUMN_CODE, x->lang));
    nvbi_table_title(&x->table, 1, nvbi_changes_sentence(NVBI_TELL_COLUMN_OLD, x->lang));
    nvbi_table_title(&x->table, 2, nvbi_changes_sentence(NVBI_TELL_COLUMN_NEW, x->lang));
    nvbi_table_title(&x->table, 3, nvbi_changes_sentence(NVBI_TELL_COLUMN_DIFFERENCE, x->lang));
    nvbi_table_title(&x->table, 4, "%");
    nvbi_table_title(&x->table, 5, nvbi_changes_sentence(NVBI_TELL_COLUMN_EFFECT, x->lang));
    for (size_t i = from; i < r->n; i++) {
        const nvb_pair *p = r->best[i].pair;
        bool both = p->before.has_tariff && p->after.has_tariff;
        nvbi_table_row(&x->table);
        nvbi_changes_label(nvbi_table_cell(&x->table), p->code);
        number_cell(x, p->before.has_tariff, p->before.tariff, false);
        number_cell(x, p->after.has_tariff, p->after.tariff, false);
        number_cell(x, both, p->tariff.difference, true);
        nvb_buffer *cell = nvbi_table_cell(&x->table);
        if (both)
            nvbi_changes_percent(x, cell, p->before.tariff, p->tariff.difference);
        cell = nvbi_table_cell(&x->table);
        if (turnover && (p->before.has_count || p->after.has_count))
            nvbi_changes_plain(x, cell, weight(x, p), 2, true);
    }
    nvbi_changes_table(x);
}

void nvbi_changes_lines(nvbi_changes *x)
{
    ranking *r = NVBI_NEW(&x->scratch, ranking, 1);
    if (!r)
        return;
    rank(x, r);
    if (r->n == 0)
        return;
    size_t detailed = detailed_of(x, r);
    nvbi_changes_title(x, r->changed > detailed ? NVBI_TELL_TITLE_LARGEST : NVBI_TELL_TITLE_LINES);
    nvbi_changes_blank(x);
    for (size_t i = 0; i < detailed; i++)
        one_line(x, r->best[i].pair, i + 1);
    nvbi_changes_note(x);
    if (r->n == detailed)
        return;
    nvbi_changes_title(x, NVBI_TELL_TITLE_OTHERS);
    short_rows(x, r, detailed);
    nvbi_changes_word_count(x, 0, r->changed - r->n);
    if (r->changed > r->n)
        nvbi_changes_say(x, NVBI_TELL_LINES_MORE);
    nvbi_changes_flush(x, 0);
}
