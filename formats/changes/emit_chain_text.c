/*
 * emit_chain_text.c: several documents in a row as text: the whole, each step, and each tariff
 * through the years. It shares words and waterfalls with the overview of two documents; see
 * changes.h.
 */
#include "changes.h"

enum { LINES = 40, BRIDGE_INDENT = 6 };

/* --- the documents --- */

static void
put_document(nvbi_changes *x, nvb_buffer *to, const nvb_chain *chain, size_t i, bool full)
{
    bool first = i == 0;
    nvbi_changes_document(x, to, nvb_chain_step(chain, first ? 0 : i - 1), first, full);
}

static void documents(nvbi_changes *x, const nvb_chain *chain)
{
    size_t n = nvb_chain_steps(chain) + 1;
    nvbi_changes_word_count(x, 0, n);
    nvbi_changes_say(x, NVBI_TELL_CHAIN_TITLE);
    nvbi_changes_heading(x, "═");
    nvbi_changes_blank(x);
    for (size_t i = 0; i < n; i++) {
        nvb_buffer_uint(&x->said, i + 1);
        nvb_buffer_str(&x->said, ". ");
        put_document(x, &x->said, chain, i, true);
        nvbi_changes_flush_hanging(x, 2, 3);
    }
    nvbi_changes_blank(x);
}

/* --- turnover --- */

static void say_turnover(nvbi_changes *x, const nvb_bridge *total)
{
    int sign = nvb_num_sign(total->difference);
    nvbi_changes_cents(x, nvbi_changes_word(x, 0), total->from, false);
    nvbi_changes_cents(x, nvbi_changes_word(x, 1), total->to, false);
    nvbi_changes_cents(x, nvbi_changes_word(x, 2), nvbi_changes_size(x, total->difference), false);
    nvbi_changes_percent(x, nvbi_changes_word(x, 3), total->from, total->difference);
    nvbi_changes_say(x, sign > 0   ? NVBI_TELL_TURNOVER_UP
                        : sign < 0 ? NVBI_TELL_TURNOVER_DOWN
                                   : NVBI_TELL_TURNOVER_SAME);
}

static bool has_turnover(const nvb_bridge *total)
{
    return nvb_num_sign(total->from) != 0 && nvb_num_sign(total->to) != 0;
}

static void whole(nvbi_changes *x, const nvb_chain *chain)
{
    const nvb_bridge *total = nvb_chain_total(chain);
    if (!has_turnover(total)) {
        nvbi_changes_say(x, NVBI_TELL_CHAIN_NO_TURNOVER);
        nvbi_changes_flush(x, 0);
        return;
    }
    say_turnover(x, total);
    nvbi_changes_flush(x, 0);
    if (total->n == 0)
        return;
    nvbi_changes_title(x, NVBI_TELL_CHAIN_TOTAL);
    x->by_id = true;
    nvbi_changes_waterfall(x, total, nvb_chain_causes(chain), NULL);
    x->by_id = false;
}

static void one_step(nvbi_changes *x, const nvb_chain *chain, size_t i)
{
    const nvb_comparison *c = nvb_chain_step(chain, i);
    const nvb_bridge *total = nvb_comparison_total(c);
    nvb_calc *whole_calc = x->calc;
    x->calc = nvb_comparison_calc(c);
    put_document(x, &x->word[1], chain, i, false);
    put_document(x, &x->word[2], chain, i + 1, false);
    nvbi_changes_say(x, NVBI_TELL_CHAIN_STEP);
    nvbi_changes_heading(x, "─");
    if (has_turnover(total))
        say_turnover(x, total);
    nvbi_changes_word_count(x, 0, nvb_comparison_changes(c));
    if (nvb_comparison_changes(c))
        nvbi_changes_say(x, NVBI_TELL_CHAIN_STEP_MORE);
    if (!nvb_comparison_differs(c))
        nvbi_changes_say(x, NVBI_TELL_CHAIN_STEP_NOTHING);
    else if (x->said.n == 0)
        nvbi_changes_say(x, NVBI_TELL_CHAIN_STEP_TARIFFS);
    nvbi_changes_flush(x, 0);
    unsigned limits = x->limits;
    x->limits = nvbi_changes_limits(c);
    if (has_turnover(total) && total->n)
        nvbi_changes_waterfall(x, total, nvb_comparison_causes(c), NULL);
    x->limits = limits;
    x->out->failed = x->out->failed || nvb_calc_take_error(x->calc) != NVB_NUM_OK;
    x->calc = whole_calc;
}

/* --- tariffs through the years --- */

/* "2024" or, where a document says no year or two are of one year, its name. */
static void put_when(nvbi_changes *x, nvb_buffer *to, const nvb_chain *chain, size_t i)
{
    const nvb_comparison *c = nvb_chain_step(chain, i ? i - 1 : 0);
    const nvb_proposal *p =
        nvb_breakdown_proposal(i ? nvb_comparison_new_side(c) : nvb_comparison_old(c));
    const nvb_compare_options *o = nvb_comparison_options(c);
    if (p->year > 0 && !(i ? o->new_is_list : o->old_is_list)) {
        nvb_buffer_uint(to, (unsigned)p->year);
        if (p->kind != NVB_CONTRACT && p->round > 1) {
            nvb_buffer_uint(nvbi_changes_word(x, 0), (unsigned)p->round);
            nvbi_changes_put(x, to, NVBI_TELL_DOCUMENT_ROUND);
        }
        return;
    }
    put_document(x, to, chain, i, false);
}

static void points(nvbi_changes *x, const nvb_chain *chain, const nvb_trace *t)
{
    nvbi_table_begin(&x->table, x->lang, 4, "twnnn");
    for (size_t i = 0; i < t->n; i++) {
        const nvb_point *p = &t->points[i];
        bool same_code = nvb_text_equal(p->code, t->code);
        nvbi_table_row(&x->table);
        put_when(x, nvbi_table_cell(&x->table), chain, p->document);
        nvb_buffer *cell = nvbi_table_cell(&x->table);
        if (!same_code)
            nvbi_word_safe(cell, p->code);
        unsigned decimals = nvbi_changes_decimals(x, p->tariff, 4);
        nvbi_changes_plain(x, nvbi_table_cell(&x->table), p->tariff, decimals, false);
        if (i == 0)
            continue;
        nvb_num difference = nvb_num_sub(x->calc, p->tariff, t->points[i - 1].tariff);
        decimals = nvbi_changes_decimals(x, difference, 4);
        nvbi_changes_plain(x, nvbi_table_cell(&x->table), difference, decimals, true);
        nvbi_changes_percent(x, nvbi_table_cell(&x->table), t->points[i - 1].tariff, difference);
    }
    nvbi_table_write(&x->table, x->out);
}

static void say_growth(nvbi_changes *x, const nvb_growth *g)
{
    if (g->kind == NVB_GROWTH_NONE) {
        nvbi_changes_say(x, NVBI_TELL_GROWTH_NONE);
        return;
    }
    nvb_buffer *to = nvbi_changes_word(x, 0);
    if (nvb_num_sign(g->value) > 0)
        nvb_buffer_byte(to, '+');
    nvbi_word_plain(to, x->calc, g->value, g->decimals, x->lang);
    nvb_buffer_byte(to, '%');
    nvbi_changes_word_count(x, 1, g->years);
    nvbi_changes_say(x, NVBI_TELL_GROWTH);
}

/* Rounded to the places of the tariff, which says "≈" where digits were dropped. */
static void put_about(nvbi_changes *x, nvb_buffer *to, nvb_num v, unsigned decimals)
{
    nvb_buffer_str(to, nvb_num_terminates(x->calc, v, decimals) ? "" : "≈ ");
    nvbi_changes_amount(x, to, nvb_num_round(x->calc, v, decimals, NVB_ARITHMETIC), false);
}

static void say_against(nvbi_changes *x, const nvb_trace *t, const nvb_against *a)
{
    nvb_text name = a->series->description.n ? a->series->description : a->series->id;
    unsigned decimals = nvbi_changes_decimals(x, t->bridge.to, 2);
    int exact = nvb_num_sign(a->gap);
    int sign = nvb_num_sign(nvb_num_round(x->calc, a->gap, decimals, NVB_ARITHMETIC));
    nvbi_changes_word_text(x, 0, name);
    if (a->missing_year) {
        nvb_buffer_uint(nvbi_changes_word(x, 1), (unsigned)a->missing_year);
        nvbi_changes_say(x, NVBI_TELL_AGAINST_MISSING);
        return;
    }
    put_about(x, nvbi_changes_word(x, 1), a->indexed, decimals);
    put_about(x, nvbi_changes_word(x, 2), nvbi_changes_size(x, a->gap), decimals);
    nvbi_changes_say(x, sign > 0   ? NVBI_TELL_AGAINST_HIGHER
                        : sign < 0 ? NVBI_TELL_AGAINST_LOWER
                        : exact ? (decimals == 2 ? NVBI_TELL_AGAINST_CENT : NVBI_TELL_AGAINST_ABOUT)
                                : NVBI_TELL_AGAINST_SAME);
}

static void one_line(nvbi_changes *x, const nvb_chain *chain, size_t i)
{
    const nvb_trace *t = nvb_chain_trace(chain, i);
    nvbi_changes_word_text(x, 0, t->code);
    nvbi_changes_word_text(x, 1, t->line->description);
    nvbi_changes_say(x, NVBI_TELL_CHAIN_LINE);
    nvbi_changes_flush_hanging(x, 0, 4);
    points(x, chain, t);
    if (t->merged)
        nvbi_changes_say(x, NVBI_TELL_CHAIN_MERGED);
    if (t->n < 2) {
        nvbi_changes_say(x, NVBI_TELL_CHAIN_SINGLE);
        nvbi_changes_flush(x, 4);
        return;
    }
    nvbi_changes_amount(x, nvbi_changes_word(x, 0), t->bridge.difference, true);
    nvbi_changes_percent(x, nvbi_changes_word(x, 1), t->bridge.from, t->bridge.difference);
    nvbi_changes_say(x, NVBI_TELL_CHAIN_DIFFERENCE);
    say_growth(x, &t->growth);
    for (size_t k = 0; k < t->n_against; k++)
        say_against(x, t, &t->against[k]);
    nvbi_changes_flush_hanging(x, 4, 0);
    x->by_id = true;
    nvbi_changes_bridge(x, &t->bridge, NULL, BRIDGE_INDENT);
    x->by_id = false;
    nvbi_changes_blank(x);
}

static void lines(nvbi_changes *x, const nvb_chain *chain)
{
    size_t n = nvb_chain_traces(chain), shown = n < LINES ? n : LINES;
    bool growth = false;
    if (n == 0)
        return;
    nvbi_changes_title(x, NVBI_TELL_CHAIN_LINES);
    for (size_t i = 0; i < shown; i++) {
        one_line(x, chain, i);
        growth = growth || nvb_chain_trace(chain, i)->growth.kind != NVB_GROWTH_NONE;
    }
    nvbi_changes_note(x);
    nvbi_changes_word_count(x, 0, n - shown);
    if (n > shown)
        nvbi_changes_say(x, NVBI_TELL_LINES_MORE);
    if (growth)
        nvbi_changes_say(x, NVBI_TELL_GROWTH_NOTE);
    nvbi_changes_flush_hanging(x, 0, 0);
}

void nvb_emit_chain_text(nvb_buffer *out, const nvb_chain *c, const nvb_emit_options *o)
{
    nvbi_changes x;
    nvbi_changes_begin(&x, out, nvb_chain_calc(c), o ? o->lang : NVB_NL);
    documents(&x, c);
    for (size_t i = 0; i < nvb_chain_steps(c); i++)
        x.limits |= nvbi_changes_limits(nvb_chain_step(c, i));
    if (nvb_chain_differs(c)) {
        whole(&x, c);
        for (size_t i = 0; i < nvb_chain_steps(c); i++)
            one_step(&x, c, i);
        lines(&x, c);
    } else {
        nvbi_changes_say(&x, NVBI_TELL_CHAIN_NOTHING);
        nvbi_changes_flush_hanging(&x, 0, 0);
    }
    nvbi_changes_end(&x);
}
