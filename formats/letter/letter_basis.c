/*
 * letter_basis.c: item 1, the base of every line and where it comes from. Lines whose base has the
 * same origin share one sentence and one table. Also the minimum and maximum of tariffs, at the end
 * of item 3. See letter.h.
 */
#include "letter.h"

#include <stdlib.h>

/* A line among those whose base has the same origin. */
typedef struct origin {
    const nvb_line *line;
    uint32_t order, figure;
    uint32_t group; /* order of the first line with this origin */
} origin;

static int by_text(nvb_text a, nvb_text b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int bytes = n ? memcmp(a.s, b.s, n) : 0;
    return bytes ? bytes : (a.n > b.n) - (a.n < b.n);
}

static int by_origin(const nvb_line *x, const nvb_line *y)
{
    const nvb_basis *a = &x->price.basis, *b = &y->price.basis;
    if (a->given != b->given)
        return a->given ? -1 : 1;
    if (!a->given)
        return (int)nvb_input_given(&y->tariff) - (int)nvb_input_given(&x->tariff);
    int d = (a->kind > b->kind) - (a->kind < b->kind);
    d = d ? d : (a->year > b->year) - (a->year < b->year);
    d = d ? d : by_text(a->source, b->source);
    d = d ? d : by_text(a->description, b->description);
    d = d ? d : by_text(a->line, b->line);
    d = d ? d : (int)a->of_tariff - (int)b->of_tariff;
    return d ? d : by_text(a->last, b->last);
}

static int compare_origin(const void *left, const void *right)
{
    const origin *a = left, *b = right;
    int d = by_origin(a->line, b->line);
    return d ? d : (a->order > b->order) - (a->order < b->order);
}

static int compare_group(const void *left, const void *right)
{
    const origin *a = left, *b = right;
    int d = (a->group > b->group) - (a->group < b->group);
    return d ? d : (a->order > b->order) - (a->order < b->order);
}

static void say_last(nvbi_letter *l, const nvb_basis *b)
{
    static const char after[] = "na:";
    if (b->kind != NVB_LAST_CONTRACT || !b->last.s || nvb_text_equal(b->last, NVB_TEXT("tarief")))
        return;
    if (nvb_text_equal(b->last, NVB_TEXT("onafgerond"))) {
        nvbi_letter_say(l, NVBI_SAY_BASE_LAST_UNROUNDED);
    } else if (b->last.n > sizeof after - 1) {
        nvbi_letter_word_text(
            l, 0, (nvb_text){b->last.s + sizeof after - 1, b->last.n - (sizeof after - 1)});
        nvbi_letter_say(l, NVBI_SAY_BASE_LAST_AFTER);
    }
}

static nvb_text without_stop(nvb_text t)
{
    if (t.n && t.s[t.n - 1] == '.')
        t.n--;
    return t;
}

/* Whether the sentence has just said the very words of the description. */
static bool already_said(const nvbi_letter *l, nvb_text description)
{
    nvb_text what = without_stop(description);
    nvb_text said = without_stop((nvb_text){l->said.s ? l->said.s : "", l->said.n});
    return what.n > 0 && what.n <= said.n &&
           nvbi_word_same(said.s + said.n - what.n, what.s, what.n);
}

/* "Voor 3 prestaties is de basis het tarief uit het vorige contract, uit 2025." */
static void say_origin(nvbi_letter *l, const nvb_basis *b, size_t n)
{
    nvbi_letter_word_count(l, 0, n);
    nvbi_letter_word_count(l, 1, l->p->n_lines);
    nvbi_letter_say(l, n != l->p->n_lines ? NVBI_SAY_BASE_FOR
                       : n == 2           ? NVBI_SAY_BASE_FOR_BOTH
                                          : NVBI_SAY_BASE_FOR_ALL);
    if (b->line.s) {
        nvbi_letter_word_text(l, 0, b->line);
        nvbi_letter_say(l, b->of_tariff ? NVBI_SAY_BASE_OF_TARIFF : NVBI_SAY_BASE_OF_UNROUNDED);
    } else if (b->kind == NVB_OTHER_BASE && b->description.s) {
        nvb_buffer_str(&l->said, ":");
    } else if (b->kind == NVB_OTHER_BASE) {
        nvbi_letter_say(l, NVBI_SAY_BASE_OTHER);
    } else {
        nvb_buffer_str(nvbi_letter_word(l, 0), nvbi_word_base_kind(b->kind, l->lang));
        nvbi_letter_say(l, b->kind == NVB_BASE_BENCHMARK ? NVBI_SAY_BASE_BENCHMARK
                           : b->kind == NVB_COST_PRICE   ? NVBI_SAY_BASE_COST
                                                         : NVBI_SAY_BASE_KIND);
    }
    nvbi_letter_word_text(l, 0, b->description);
    if (b->kind == NVB_OTHER_BASE && !b->line.s)
        nvbi_letter_say_text(l, b->description);
    else if (b->description.s && !already_said(l, b->description))
        nvbi_letter_say(l, NVBI_SAY_BASE_DESCRIPTION);
    nvbi_letter_full_stop(l);
    if (b->year) {
        nvb_buffer_uint(nvbi_letter_word(l, 0), (unsigned long long)b->year);
        nvbi_letter_say(l, NVBI_SAY_BASE_YEAR);
    }
    say_last(l, b);
    if (b->kind == NVB_OTHER_BASE && !b->description.s)
        nvbi_letter_missing(l, NVB_MISSING_DESCRIPTION);
    if (b->source.s) {
        nvbi_letter_say(l, NVBI_SAY_SOURCE);
        nvbi_letter_say_source(l, b->source);
    } else if (!b->line.s) {
        nvbi_letter_say(l, NVBI_SAY_SOURCE_NONE);
    }
}

static void say_flat(nvbi_letter *l, size_t n)
{
    nvbi_letter_word_count(l, 0, n);
    nvbi_letter_say(l, NVBI_SAY_BASE_FLAT);
    if (l->owes && !l->p->statement[NVB_ITEM_BASIS].s)
        nvbi_letter_missing_word(l, NVBI_SAY_MISSING_BUILDUP);
}

static void say_none(nvbi_letter *l, size_t n)
{
    nvbi_letter_word_count(l, 0, n);
    nvbi_letter_say(l, NVBI_SAY_BASE_NONE);
    if (l->owes)
        nvbi_letter_missing_word(l, NVBI_SAY_MISSING_BASE);
}

static void table(nvbi_letter *l, const origin *lines, size_t n)
{
    nvbi_table *t = &l->table;
    bool given = lines[0].line->price.basis.given;
    nvbi_table_begin(t, l->lang, 2, "wtn");
    nvbi_table_title(t, 0, nvbi_letter_sentence(NVBI_SAY_COL_CODE, l->lang));
    nvbi_table_title(
        t, 1,
        nvbi_letter_sentence(given ? NVBI_SAY_COL_CALCULATION : NVBI_SAY_COL_DESCRIPTION, l->lang));
    nvbi_table_title(
        t, 2, nvbi_letter_sentence(given ? NVBI_SAY_COL_BASE : NVBI_SAY_COL_TARIFF, l->lang));
    for (size_t i = 0; i < n; i++) {
        const nvb_figure *f = nvbi_letter_figure(l, lines[i].figure);
        nvbi_table_row(t);
        nvbi_letter_text_cell(l, lines[i].line->code);
        nvb_buffer *cell = nvbi_table_cell(t);
        if (!given)
            nvbi_word_safe(cell, lines[i].line->description.s ? lines[i].line->description
                                                              : NVB_TEXT(""));
        else if (f && (f->n_terms > 1 || lines[i].line->price.basis.line.s)) {
            nvb_buffer_cut(&l->scrap, 0);
            nvbi_word_filled(&l->scrap, l->calc, f, l->lang);
            nvbi_letter_glue(cell, (nvb_text){l->scrap.s ? l->scrap.s : "", l->scrap.n});
        }
        if (f)
            nvbi_letter_amount_cell(l, f->value, false);
    }
    nvbi_letter_table(l);
}

static void group(nvbi_letter *l, const origin *lines, size_t n)
{
    const nvb_line *first = lines[0].line;
    if (first->price.basis.given)
        say_origin(l, &first->price.basis, n);
    else if (nvb_input_given(&first->tariff))
        say_flat(l, n);
    else
        say_none(l, n);
    nvbi_letter_flush(l, 0);
    table(l, lines, n);
}

void nvbi_letter_basis(nvbi_letter *l)
{
    size_t n = l->p->n_lines;
    origin *all = calloc(n + 1, sizeof *all);
    nvbi_letter_statement(l, NVB_ITEM_BASIS);
    if (!all) {
        l->no_room = true;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const nvb_line_figures *f = nvb_breakdown_line(l->b, i);
        const nvb_line *line = &l->p->lines[i];
        all[i] = (origin){line, (uint32_t)i, line->price.basis.given ? f->basis : f->tariff, 0};
    }
    qsort(all, n, sizeof *all, compare_origin);
    for (size_t i = 0; i < n; i++)
        all[i].group =
            i && by_origin(all[i - 1].line, all[i].line) == 0 ? all[i - 1].group : all[i].order;
    qsort(all, n, sizeof *all, compare_group);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && all[end].group == all[i].group; end++) {
        }
        group(l, all + i, end - i);
    }
    free(all);
}

/* --- limits --- */

/* "maximum € 120,00 × 110% = € 132,00", its source, and what it changes when it bites. */
static bool limit_row(
    nvbi_letter *l, nvb_text name, const nvb_limit *limit, nvbi_sentence kind, const nvb_figure *f)
{
    if (!limit->given)
        return false;
    bool bites = f && f->limit == limit && nvb_num_sign(f->value) != 0;
    nvb_buffer *made = nvbi_letter_word(l, 0);
    nvb_term amount = {.symbol = NVB_SYM_AMOUNT, .unit = NVB_EUR, .value = limit->amount.value};
    nvbi_word_operand(made, l->calc, &amount, l->lang);
    if (nvb_input_given(&limit->percentage)) {
        nvb_term part = {
            .symbol = NVB_SYM_PERCENTAGE, .unit = NVB_PERCENT, .value = limit->percentage.value};
        nvb_buffer_str(made, " × ");
        nvbi_word_operand(made, l->calc, &part, l->lang);
        nvb_buffer_byte(made, ' ');
        nvbi_letter_put_outcome(
            l, made, nvb_num_mul(l->calc, limit->amount.value, limit->percentage.value), NVB_EUR);
    }
    nvbi_table_row(&l->table);
    nvbi_letter_text_cell(l, name);
    nvb_buffer_cut(&l->scrap, 0);
    nvbi_letter_put(l, &l->scrap, kind);
    nvbi_letter_glue(nvbi_table_cell(&l->table),
                     (nvb_text){l->scrap.s ? l->scrap.s : "", l->scrap.n});
    nvb_buffer *effect = nvbi_table_cell(&l->table);
    if (bites) {
        if (nvb_num_sign(f->value) > 0)
            nvb_buffer_byte(effect, '+');
        nvbi_word_plain(effect, l->calc, f->value, 2, l->lang);
    }
    nvbi_letter_text_cell(l, limit->source);
    return bites;
}

/* The rows of a line or ceiling; true when one of its limits bites. */
static bool limit_rows(nvbi_letter *l, nvb_text name, const nvb_buildup *price, const nvb_figure *f)
{
    bool low = limit_row(l, name, &price->minimum, NVBI_SAY_LIMIT_MINIMUM, f);
    return limit_row(l, name, &price->maximum, NVBI_SAY_LIMIT_MAXIMUM, f) || low;
}

static const nvb_figure *ceiling_limit(const nvbi_letter *l, size_t i)
{
    for (size_t k = l->ceiling_start[i]; k < l->ceiling_start[i + 1]; k++) {
        const nvb_figure *f = nvb_breakdown_at(l->b, l->ceiling_figures[k]);
        if (f->kind == NVB_FIG_LIMIT)
            return f;
    }
    return NULL;
}

void nvbi_letter_limits(nvbi_letter *l)
{
    static const nvbi_sentence titles[] = {NVBI_SAY_COL_CODE, NVBI_SAY_COL_LIMIT,
                                           NVBI_SAY_COL_EFFECT, NVBI_SAY_COL_SOURCE};
    nvbi_table *t = &l->table;
    size_t bite = 0;
    nvbi_letter_say(l, NVBI_SAY_LIMITS_TITLE);
    nvbi_letter_subheading(l);
    nvbi_table_begin(t, l->lang, 2, "wtnw");
    for (unsigned i = 0; i < t->columns; i++)
        nvbi_table_title(t, i, nvbi_letter_sentence(titles[i], l->lang));
    for (size_t i = 0; i < l->p->n_lines; i++)
        bite += limit_rows(l, l->p->lines[i].code, &l->p->lines[i].price,
                           nvbi_letter_figure(l, nvb_breakdown_line(l->b, i)->limit));
    for (size_t i = 0; i < l->p->n_ceilings; i++)
        bite +=
            limit_rows(l, l->p->ceilings[i].id, &l->p->ceilings[i].buildup, ceiling_limit(l, i));
    if (nvbi_table_empty(t)) {
        nvbi_letter_say(l, NVBI_SAY_LIMITS_NONE);
    } else {
        nvbi_letter_say(l, NVBI_SAY_LIMITS_INTRO);
        nvbi_letter_word_count(l, 0, bite);
        nvbi_letter_say(l, bite ? NVBI_SAY_LIMITS_BITE : NVBI_SAY_LIMITS_FREE);
    }
    nvbi_letter_flush(l, 0);
    nvbi_letter_table(l);
}
