/*
 * emit_chain_text.c: several documents in a row as text: the whole, each step, and each tariff
 * through the years. It shares words and waterfalls with the overview of two documents; see
 * changes.h.
 */
#include "changes.h"

#include "formats/word/wording_fill.h"

enum { LINES = 40, BRIDGE_INDENT = 6, NAMED = 10, SERIES = 5, YEARS = 12, SOURCES = 3 };

/* The documents in a row, and which of them are called what another is called. */
typedef struct row {
    const nvb_chain *chain;
    bool *name_twice, *full_twice, *year_twice;
    bool listed; /* one of them is a price list */
} row;

/* --- the documents --- */

static void put_called(nvbi_changes *x, nvb_buffer *to, const row *r, size_t i, bool full)
{
    bool first = i == 0;
    nvbi_changes_called(x, to, nvb_chain_step(r->chain, first ? 0 : i - 1), first, full);
}

/* Not through the words of a sentence: a document is one of them. */
static void put_position(nvbi_changes *x, nvb_buffer *to, size_t i)
{
    nvb_buffer digits = NVB_BUFFER_INIT;
    nvb_buffer_uint(&digits, i + 1);
    nvb_text word = {digits.s ? digits.s : "", digits.n};
    nvbi_word_fill(to, nvbi_changes_sentence(NVBI_TELL_DOCUMENT_NUMBER, x->lang), &word, 1,
                   x->lang);
    to->failed = to->failed || digits.failed;
    nvb_buffer_release(&digits);
}

/* With what it takes to tell it from the others: year and round, else its place. */
static void put_document(nvbi_changes *x, nvb_buffer *to, const row *r, size_t i)
{
    put_called(x, to, r, i, r->name_twice[i] && !r->full_twice[i]);
    if (r->name_twice[i] && r->full_twice[i])
        put_position(x, to, i);
}

/* "2024" or, where a document says no year, nothing. */
static void put_year(nvbi_changes *x, nvb_buffer *to, const row *r, size_t i)
{
    const nvb_comparison *c = nvb_chain_step(r->chain, i ? i - 1 : 0);
    const nvb_proposal *p =
        nvb_breakdown_proposal(i ? nvb_comparison_new_side(c) : nvb_comparison_old(c));
    const nvb_compare_options *o = nvb_comparison_options(c);
    if (p->year <= 0 || (i ? o->new_is_list : o->old_is_list))
        return;
    nvb_buffer_uint(to, (unsigned)p->year);
    if (p->kind != NVB_CONTRACT && p->round > 1) {
        nvb_buffer_uint(nvbi_changes_word(x, 0), (unsigned)p->round);
        nvbi_changes_put(x, to, NVBI_TELL_DOCUMENT_ROUND);
    }
}

typedef enum called { BY_NAME, BY_FULL_NAME, BY_YEAR } called;

static bool *find_twice(nvbi_changes *x, const row *r, called how)
{
    size_t n = nvb_chain_steps(r->chain) + 1;
    bool *twice = NVBI_NEW(&x->scratch, bool, n);
    nvb_buffer name = NVB_BUFFER_INIT;
    nvbi_names names;
    if (!twice || !nvbi_names_init(&names, &x->scratch, n))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        nvb_buffer_cut(&name, 0);
        if (how == BY_YEAR)
            put_year(x, &name, r, i);
        else
            put_called(x, &name, r, i, how == BY_FULL_NAME);
        nvb_text t = nvbi_arena_text(&x->scratch, name.s ? name.s : "", name.n);
        uint32_t other = t.s ? nvbi_names_find(&names, t) : NVBI_NO_NAME;
        if (other != NVBI_NO_NAME)
            twice[i] = twice[other] = true;
        else if (t.s)
            nvbi_names_add(&names, t, (uint32_t)i);
    }
    x->said.failed = x->said.failed || name.failed;
    nvb_buffer_release(&name);
    return twice;
}

static bool look_at_row(nvbi_changes *x, row *r)
{
    r->name_twice = find_twice(x, r, BY_NAME);
    r->full_twice = find_twice(x, r, BY_FULL_NAME);
    r->year_twice = find_twice(x, r, BY_YEAR);
    for (size_t i = 0; i < nvb_chain_steps(r->chain); i++) {
        x->limits |= nvbi_changes_limits(nvb_chain_step(r->chain, i));
        r->listed = r->listed || nvbi_changes_listed(nvb_chain_step(r->chain, i));
    }
    return r->name_twice && r->full_twice && r->year_twice;
}

static void documents(nvbi_changes *x, const row *r)
{
    size_t n = nvb_chain_steps(r->chain) + 1;
    nvbi_changes_word_count(x, 0, n);
    nvbi_changes_say(x, NVBI_TELL_CHAIN_TITLE);
    nvbi_changes_heading(x, "═");
    nvbi_changes_blank(x);
    for (size_t i = 0; i < n; i++) {
        nvb_buffer_uint(&x->said, i + 1);
        nvb_buffer_str(&x->said, ". ");
        put_called(x, &x->said, r, i, true);
        nvbi_changes_flush_hanging(x, 2, 3);
    }
    nvbi_changes_blank(x);
    if (r->listed)
        nvbi_changes_say(x, NVBI_TELL_LIST_NOTE);
    nvbi_changes_flush(x, 0);
}

/* --- turnover --- */

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
    nvbi_changes_turnover(x, total);
    nvbi_changes_flush(x, 0);
    if (total->n == 0)
        return;
    nvbi_changes_title(x, NVBI_TELL_CHAIN_TOTAL);
    x->by_id = true;
    nvbi_changes_waterfall(x, total, nvb_chain_causes(chain), NULL);
    x->by_id = false;
}

/* --- one step --- */

/* What became of the lines of a step. */
typedef struct tally {
    size_t up, down, one_sided, volumes, codes;
} tally;

static bool other_code(const nvb_pair *p)
{
    return p->new_line && p->n_old && (p->renamed || p->split || p->n_old > 1);
}

static tally count_lines(nvbi_changes *x, const nvb_comparison *c)
{
    tally t = {.up = 0};
    for (size_t i = 0; i < nvb_comparison_pairs(c); i++) {
        const nvb_pair *p = nvb_comparison_pair(c, i);
        const nvb_side *a = &p->before, *b = &p->after;
        if (!p->new_line || p->n_old == 0)
            continue;
        int sign = nvb_num_sign(p->tariff.difference);
        t.up += a->has_tariff && b->has_tariff && sign > 0;
        t.down += a->has_tariff && b->has_tariff && sign < 0;
        t.one_sided += a->has_tariff != b->has_tariff;
        t.volumes += a->has_count != b->has_count ||
                     (a->has_count && nvb_num_cmp(x->calc, a->count, b->count) != 0);
        t.codes += other_code(p);
    }
    return t;
}

static void say_count(nvbi_changes *x, nvbi_tell s, size_t n)
{
    if (n == 0)
        return;
    nvbi_changes_word_count(x, 0, n);
    nvbi_changes_say(x, s);
}

/* "AB (was: A, …)" */
static void put_old_code(nvb_buffer *to, const nvb_pair *p)
{
    nvb_buffer_str(to, " (was: ");
    nvbi_changes_label(to, p->old[0].line->code);
    nvb_buffer_str(to, p->n_old > 1 ? ", …)" : ")");
}

/* The codes of the lines that are new, have lapsed or, NVB_PAIR_STATE_COUNT, have another code. */
static void say_codes(nvbi_changes *x, const nvb_comparison *c, nvb_pair_state state, nvbi_tell s)
{
    nvb_buffer list = NVB_BUFFER_INIT;
    size_t n = 0;
    for (size_t i = 0; i < nvb_comparison_pairs(c); i++) {
        const nvb_pair *p = nvb_comparison_pair(c, i);
        bool codes = state == NVB_PAIR_STATE_COUNT;
        if (codes ? !other_code(p) : p->state != state)
            continue;
        if (n++ >= NAMED)
            continue;
        nvb_buffer_str(&list, n > 1 ? ", " : "");
        nvbi_changes_label(&list, p->code);
        if (codes)
            put_old_code(&list, p);
    }
    nvbi_changes_word_count(x, 0, n > NAMED ? n - NAMED : 0);
    if (n > NAMED)
        nvbi_changes_put(x, &list, NVBI_TELL_CHAIN_NAMES_MORE);
    nvbi_changes_word_text(x, 1, (nvb_text){list.s ? list.s : "", list.n});
    if (n)
        nvbi_changes_say(x, s);
    x->said.failed = x->said.failed || list.failed;
    nvb_buffer_release(&list);
}

static void say_lines(nvbi_changes *x, const nvb_comparison *c)
{
    tally t = count_lines(x, c);
    say_count(x, NVBI_TELL_CHAIN_UP, t.up);
    say_count(x, NVBI_TELL_CHAIN_DOWN, t.down);
    say_count(x, NVBI_TELL_CHAIN_ONE_SIDED, t.one_sided);
    say_count(x, NVBI_TELL_CHAIN_VOLUMES, t.volumes);
    say_codes(x, c, NVB_PAIR_NEW, NVBI_TELL_CHAIN_NEW);
    say_codes(x, c, NVB_PAIR_LAPSED, NVBI_TELL_CHAIN_LAPSED);
    say_codes(x, c, NVB_PAIR_STATE_COUNT, NVBI_TELL_CHAIN_CODES);
}

static void say_step(nvbi_changes *x, const nvb_comparison *c)
{
    const nvb_bridge *total = nvb_comparison_total(c);
    if (!nvb_comparison_differs(c)) {
        nvbi_changes_say(x, nvbi_changes_listed(c) ? NVBI_TELL_CHAIN_STEP_NOTHING_LIST
                                                   : NVBI_TELL_CHAIN_STEP_NOTHING);
        return;
    }
    if (has_turnover(total))
        nvbi_changes_turnover(x, total);
    say_lines(x, c);
    if (nvb_comparison_changes(c)) {
        nvb_buffer_str(nvbi_changes_word(x, 1), x->said.n ? "1" : "");
        say_count(x, NVBI_TELL_CHAIN_STEP_MORE, nvb_comparison_changes(c));
    }
    if (x->said.n == 0)
        nvbi_changes_say(x, NVBI_TELL_CHAIN_STEP_OTHER);
}

static void one_step(nvbi_changes *x, const row *r, size_t i)
{
    const nvb_comparison *c = nvb_chain_step(r->chain, i);
    const nvb_bridge *total = nvb_comparison_total(c);
    nvb_calc *whole_calc = x->calc;
    unsigned limits = x->limits;
    x->calc = nvb_comparison_calc(c);
    put_document(x, &x->word[1], r, i);
    put_document(x, &x->word[2], r, i + 1);
    nvbi_changes_say(x, NVBI_TELL_CHAIN_STEP);
    nvbi_changes_heading(x, "─");
    say_step(x, c);
    nvbi_changes_flush(x, 0);
    x->limits = nvbi_changes_limits(c);
    if (has_turnover(total) && total->n)
        nvbi_changes_waterfall(x, total, nvb_comparison_causes(c), NULL);
    x->limits = limits;
    x->out->failed = x->out->failed || nvb_calc_take_error(x->calc) != NVB_NUM_OK;
    x->calc = whole_calc;
}

/* --- tariffs through the years --- */

/* Its year, where that says which document it is; else its name. */
static void put_when(nvbi_changes *x, nvb_buffer *to, const row *r, size_t i)
{
    size_t from = to->n;
    put_year(x, to, r, i);
    if (to->n == from)
        put_document(x, to, r, i);
    else if (r->year_twice[i])
        put_position(x, to, i);
}

static void points(nvbi_changes *x, const row *r, const nvb_trace *t)
{
    nvbi_table_begin(&x->table, x->lang, 4, "twnnn");
    for (size_t i = 0; i < t->n; i++) {
        const nvb_point *p = &t->points[i];
        bool same_code = nvb_text_equal(p->code, t->code);
        nvbi_table_row(&x->table);
        put_when(x, nvbi_table_cell(&x->table), r, p->document);
        nvb_buffer *cell = nvbi_table_cell(&x->table);
        if (!same_code)
            nvbi_changes_label(cell, p->code);
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

static void say_growth(nvbi_changes *x, const nvb_growth *g, nvb_num difference)
{
    bool hardly = nvb_num_sign(g->value) == 0 && nvb_num_sign(difference) != 0;
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
    nvbi_changes_say(x, hardly ? NVBI_TELL_GROWTH_HARDLY : NVBI_TELL_GROWTH);
}

/* Rounded to the places of the tariff, which says "≈" where digits were dropped. */
static void put_about(nvbi_changes *x, nvb_buffer *to, nvb_num v, unsigned decimals)
{
    nvb_buffer_str(to, nvb_num_terminates(x->calc, v, decimals) ? "" : "≈ ");
    nvbi_changes_amount(x, to, nvb_num_round(x->calc, v, decimals, NVB_ARITHMETIC), false);
}

static nvb_text name_of(const nvb_series *s)
{
    return s->description.n ? s->description : s->id;
}

static void say_against(nvbi_changes *x, const nvb_trace *t, const nvb_against *a)
{
    unsigned decimals = nvbi_changes_decimals(x, t->bridge.to, 2);
    int exact = nvb_num_sign(a->gap);
    int sign = nvb_num_sign(nvb_num_round(x->calc, a->gap, decimals, NVB_ARITHMETIC));
    nvbi_changes_word_label(x, 0, name_of(a->series));
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

static void one_line(nvbi_changes *x, const row *r, size_t i)
{
    const nvb_trace *t = nvb_chain_trace(r->chain, i);
    nvbi_changes_word_label(x, 0, t->code);
    nvbi_changes_word_label(x, 1, t->line->description);
    nvbi_changes_say(x, NVBI_TELL_CHAIN_LINE);
    nvbi_changes_flush_hanging(x, 0, 4);
    points(x, r, t);
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
    say_growth(x, &t->growth, t->bridge.difference);
    for (size_t k = 0; k < t->n_against; k++)
        say_against(x, t, &t->against[k]);
    nvbi_changes_flush_hanging(x, 4, 0);
    x->by_id = true;
    nvbi_changes_bridge(x, &t->bridge, NULL, BRIDGE_INDENT);
    x->by_id = false;
    nvbi_changes_blank(x);
}

static void lines(nvbi_changes *x, const row *r)
{
    size_t n = nvb_chain_traces(r->chain), shown = n < LINES ? n : LINES;
    bool growth = false;
    if (n == 0)
        return;
    nvbi_changes_title(x, NVBI_TELL_CHAIN_LINES);
    for (size_t i = 0; i < shown; i++) {
        one_line(x, r, i);
        growth = growth || nvb_chain_trace(r->chain, i)->growth.kind != NVB_GROWTH_NONE;
    }
    nvbi_changes_note(x);
    say_count(x, NVBI_TELL_LINES_MORE, n - shown);
    if (growth)
        nvbi_changes_say(x, NVBI_TELL_GROWTH_NOTE);
    nvbi_changes_flush_hanging(x, 0, 0);
}

/* --- the figures of the reference --- */

static void
put_figures(nvbi_changes *x, nvb_buffer *to, const nvb_published *const *figures, size_t n)
{
    for (size_t i = 0; i < n && i < YEARS; i++) {
        nvb_buffer_str(to, i ? ", " : "");
        nvb_buffer_uint(nvbi_changes_word(x, 0), (unsigned)figures[i]->year);
        nvbi_word_number(nvbi_changes_word(x, 1), x->calc,
                         nvb_num_shift(x->calc, figures[i]->percentage.value, 2), NVB_PERCENT,
                         x->lang);
        nvbi_changes_put(x, to,
                         figures[i]->stage == NVB_STAGE_DEFINITIVE ? NVBI_TELL_FIGURE_DEFINITIVE
                                                                   : NVBI_TELL_FIGURE_PROVISIONAL);
    }
    nvb_buffer_str(to, n > YEARS ? ", …" : "");
}

/* Each source once, of many the first few. */
static void put_sources(nvb_buffer *to, const nvb_published *const *figures, size_t n)
{
    const nvb_source *said[SOURCES];
    size_t kept = 0;
    for (size_t i = 0; i < n && i < YEARS; i++) {
        const nvb_source *source = figures[i]->source;
        size_t k = 0;
        while (k < kept && said[k] != source)
            k++;
        if (!source || source->title.n == 0 || k < kept)
            continue;
        if (kept == SOURCES) {
            nvb_buffer_str(to, "; …");
            return;
        }
        said[kept++] = source;
        nvb_buffer_str(to, kept > 1 ? "; " : "");
        nvbi_changes_label(to, source->title);
    }
}

static void one_series(nvbi_changes *x, const row *r, const nvb_series *s, size_t i)
{
    size_t n = 0;
    const nvb_published *const *figures = nvb_chain_published(r->chain, i, &n);
    nvb_buffer list = NVB_BUFFER_INIT;
    put_figures(x, &list, figures, n);
    nvbi_changes_word_label(x, 0, name_of(s));
    nvbi_changes_word_text(x, 1, (nvb_text){list.s ? list.s : "", list.n});
    put_sources(nvbi_changes_word(x, 2), figures, n);
    nvbi_changes_say(x, n ? NVBI_TELL_FIGURES_OF : NVBI_TELL_FIGURES_NONE);
    nvbi_changes_flush_hanging(x, 0, 2);
    x->said.failed = x->said.failed || list.failed;
    nvb_buffer_release(&list);
}

static void reference(nvbi_changes *x, const row *r)
{
    const nvb_reference *of = nvb_chain_reference(r->chain);
    if (!of || of->n == 0)
        return;
    nvbi_changes_blank(x);
    nvbi_changes_word_label(x, 0, of->title);
    nvbi_changes_title(x, NVBI_TELL_FIGURES_TITLE);
    for (size_t i = 0; i < of->n && i < SERIES; i++)
        one_series(x, r, &of->series[i], i);
    say_count(x, NVBI_TELL_FIGURES_MORE, of->n > SERIES ? of->n - SERIES : 0);
    nvbi_changes_flush_hanging(x, 0, 0);
}

void nvb_emit_chain_text(nvb_buffer *out, const nvb_chain *c, const nvb_emit_options *o)
{
    nvbi_changes x;
    row r = {.chain = c};
    nvbi_changes_begin(&x, out, nvb_chain_calc(c), o ? o->lang : NVB_NL);
    if (look_at_row(&x, &r)) {
        documents(&x, &r);
        if (nvb_chain_differs(c)) {
            whole(&x, c);
            for (size_t i = 0; i < nvb_chain_steps(c); i++)
                one_step(&x, &r, i);
            lines(&x, &r);
        } else {
            nvbi_changes_say(&x, r.listed ? NVBI_TELL_CHAIN_NOTHING_LIST : NVBI_TELL_CHAIN_NOTHING);
            nvbi_changes_flush_hanging(&x, 0, 0);
        }
        if (nvb_chain_differs(c))
            reference(&x, &r);
    }
    nvbi_changes_end(&x);
}
