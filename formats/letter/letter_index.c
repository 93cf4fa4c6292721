/*
 * letter_index.c: item 2, how wage and price rises are passed on: each index with its parts, method
 * and result, who uses it, which lines are not indexed and why, and the nacalculatie. See letter.h.
 */
#include "letter.h"

/* --- the parts of an index --- */

static void component_after_cell(nvbi_letter *l, const nvb_index *x, const nvb_component *c)
{
    nvb_buffer *cell = nvbi_table_cell(&l->table);
    if (nvb_input_given(&c->after)) {
        nvbi_letter_word_input(l, 0, &c->after, NVB_PERCENT);
        nvbi_letter_put(l, cell, NVBI_SAY_AFTER_GIVEN);
    } else if (nvb_input_given(&c->last_definitive)) {
        int year = c->last_year ? c->last_year : x->year - 1;
        nvb_buffer_uint(nvbi_letter_word(l, 0), (unsigned long long)(year > 0 ? year : 0));
        nvbi_letter_word_input(l, 1, &c->last_provisional, NVB_PERCENT);
        nvbi_letter_word_input(l, 2, &c->last_definitive, NVB_PERCENT);
        nvbi_letter_put(l, cell, year > 0 ? NVBI_SAY_AFTER_FROM : NVBI_SAY_AFTER_FROM_LAST);
    } else {
        nvbi_letter_put(l, cell, NVBI_SAY_AFTER_NONE);
    }
}

static void components(nvbi_letter *l, const nvb_index *x)
{
    static const nvbi_sentence titles[] = {NVBI_SAY_COL_COMPONENT, NVBI_SAY_COL_KIND,
                                           NVBI_SAY_COL_SHARE,     NVBI_SAY_COL_PROVISIONAL,
                                           NVBI_SAY_COL_AFTER,     NVBI_SAY_COL_SOURCE};
    nvbi_table *t = &l->table;
    nvbi_table_begin(t, l->lang, 2, "wwnntw");
    for (unsigned i = 0; i < t->columns; i++)
        nvbi_table_title(t, i, nvbi_letter_sentence(titles[i], l->lang));
    for (size_t i = 0; i < x->n_components; i++) {
        const nvb_component *c = &x->components[i];
        nvb_num share = nvb_input_given(&c->share) ? c->share.value : nvb_num_int(1);
        nvbi_table_row(t);
        nvbi_letter_text_cell(l, c->id);
        nvb_buffer_str(nvbi_table_cell(t), nvbi_word_cost_kind(c->kind, l->lang));
        nvbi_letter_input_cell(l, share, NVB_PERCENT);
        nvbi_letter_input_cell(l, c->provisional.value, NVB_PERCENT);
        component_after_cell(l, x, c);
        nvbi_letter_text_cell(l, c->source);
    }
    nvbi_letter_table(l);
}

/* --- the method in words --- */

static void say_rounding(nvbi_letter *l, nvbi_sentence stage, int decimals)
{
    if (decimals == NVB_UNROUNDED)
        return;
    nvb_buffer_uint(nvbi_letter_word(l, 0), (unsigned)decimals);
    nvbi_letter_say(l, stage);
}

static bool rounds(const nvb_index *x)
{
    return x->round_after != NVB_UNROUNDED || x->round_component != NVB_UNROUNDED ||
           x->round_weighted != NVB_UNROUNDED || x->round_total != NVB_UNROUNDED;
}

static bool has_last_year(const nvb_index *x)
{
    for (size_t i = 0; i < x->n_components; i++)
        if (nvb_input_given(&x->components[i].last_definitive))
            return true;
    return false;
}

static bool has_after(const nvb_index *x)
{
    for (size_t i = 0; i < x->n_components; i++)
        if (nvb_input_given(&x->components[i].after))
            return true;
    return has_last_year(x);
}

static void method(nvbi_letter *l, const nvb_index *x)
{
    bool many = x->n_components > 1;
    if (has_last_year(x))
        nvbi_letter_say(l, x->after_method == NVB_RATIO ? NVBI_SAY_METHOD_RATIO
                                                        : NVBI_SAY_METHOD_DIFFERENCE);
    if (has_after(x))
        nvbi_letter_say(l, x->combination == NVB_MULTIPLIED ? NVBI_SAY_METHOD_MULTIPLIED
                                                            : NVBI_SAY_METHOD_ADDED);
    if (many)
        nvbi_letter_say(l, x->weighting == NVB_PER_TERM ? NVBI_SAY_METHOD_PER_TERM
                                                        : NVBI_SAY_METHOD_PER_COMPONENT);
    if (x->rest_not_indexed)
        nvbi_letter_say(l, NVBI_SAY_METHOD_REST);
    if (!rounds(x))
        nvbi_letter_say(l, NVBI_SAY_ROUND_NOTHING);
    say_rounding(l, NVBI_SAY_ROUND_AFTER, x->round_after);
    if (x->weighting == NVB_PER_COMPONENT)
        say_rounding(l, NVBI_SAY_ROUND_COMPONENT, x->round_component);
    say_rounding(l, x->weighting == NVB_PER_TERM ? NVBI_SAY_ROUND_TERMS : NVBI_SAY_ROUND_WEIGHTED,
                 x->round_weighted);
    say_rounding(l, NVBI_SAY_ROUND_TOTAL, x->round_total);
    nvbi_letter_flush(l, 0);
}

/* --- the calculation and the published figure --- */

static void calculation(nvbi_letter *l, size_t index)
{
    nvbi_table *t = &l->table;
    nvbi_table_begin(t, l->lang, 2, "tn");
    t->full = true;
    for (size_t k = l->index_start[index]; k < l->index_start[index + 1]; k++) {
        const nvb_figure *f = nvb_breakdown_at(l->b, l->index_figures[k]);
        /* A nacalculatie that was not stated is 0; the table above says so. */
        if (f->kind != NVB_FIG_COMPONENT_AFTER || nvb_input_given(&f->component->after) ||
            nvb_input_given(&f->component->last_definitive))
            nvbi_letter_figure_row(l, f);
    }
    nvbi_letter_table(l);
}

static void claim(nvbi_letter *l, const nvb_index *x, const nvb_figure *f)
{
    if (!nvb_input_given(&x->claimed) || !f)
        return;
    nvb_num claimed = nvb_num_shift(l->calc, x->claimed.value, 2);
    nvbi_letter_word_number(l, 0, claimed, NVB_PERCENT);
    nvbi_letter_word_number(l, 1, f->value, NVB_PERCENT);
    nvbi_letter_say(l, nvb_num_cmp(l->calc, claimed, f->value) == 0 ? NVBI_SAY_CLAIM_FOLLOWS
                                                                    : NVBI_SAY_CLAIM_DIFFERS);
    nvbi_letter_flush(l, 0);
}

static void intro(nvbi_letter *l, const nvb_index *x, const nvb_figure *f)
{
    nvbi_letter_named(l, &l->said, NVBI_SAY_INDEX_TITLE, x->id);
    if (x->description.s) {
        nvb_buffer_byte(&l->said, ':');
        nvbi_letter_say_text(l, x->description);
    }
    nvbi_letter_subheading(l);
    if (f) {
        nvbi_letter_word_number(l, 0, f->value, NVB_PERCENT);
        nvb_buffer_uint(nvbi_letter_word(l, 1), (unsigned long long)(x->year > 0 ? x->year : 0));
        nvbi_letter_say(l, x->year ? NVBI_SAY_INDEX_IS_YEAR : NVBI_SAY_INDEX_IS);
    }
    if (x->source.s) {
        nvbi_letter_say(l, NVBI_SAY_SOURCE);
        nvbi_letter_say_source(l, x->source);
    }
    nvbi_letter_flush(l, 0);
}

static void users(nvbi_letter *l, const nvb_index *x)
{
    size_t n;
    const nvbi_entry *e = nvbi_lookup_find(&l->of_index, x->id, &n);
    nvbi_letter_say(l, n ? NVBI_SAY_INDEX_USED : NVBI_SAY_INDEX_UNUSED);
    nvbi_letter_flush(l, 0);
    for (size_t i = 0; i < n; i++)
        nvbi_letter_explain(l, &l->groups[e[i].number], false);
}

static void one_index(nvbi_letter *l, size_t i)
{
    const nvb_index *x = &l->p->indices[i];
    const nvb_figure *f = nvbi_letter_figure(l, nvb_breakdown_index(l->b, i));
    intro(l, x, f);
    if (x->n_components) {
        components(l, x);
        method(l, x);
        calculation(l, i);
        if (!has_after(x)) {
            nvbi_letter_say(l, NVBI_SAY_INDEX_NO_AFTER);
            nvbi_letter_flush(l, 0);
        }
    } else {
        nvb_buffer_str(nvbi_letter_word(l, 0),
                       x->kind == NVB_COST_KIND_COUNT ? "" : nvbi_word_cost_kind(x->kind, l->lang));
        nvbi_letter_say(l, x->kind == NVB_COST_KIND_COUNT ? NVBI_SAY_INDEX_SHORT
                                                          : NVBI_SAY_INDEX_SHORT_KIND);
        nvbi_letter_flush(l, 0);
    }
    claim(l, x, f);
    users(l, x);
}

/* --- lines without an index of their own --- */

typedef enum reason { INDEXED, IN_NZA, THROUGH_LINE, NOT_INDEXED, FLAT, NO_TARIFF } reason;

static bool takes_index(const nvb_line *line)
{
    for (size_t i = 0; i < line->price.n_steps; i++)
        if (line->price.steps[i]->kind == NVB_STEP_INDEX)
            return true;
    return false;
}

/* A base may lean on a line that leans on a line: at most 16 deep, as validated. */
static reason reason_of(const nvbi_letter *l, const nvb_line *line)
{
    bool through = false;
    for (int depth = 0; depth <= 16; depth++) {
        const nvb_basis *b = &line->price.basis;
        if (takes_index(line))
            return through ? THROUGH_LINE : INDEXED;
        if (!b->given)
            return through ? NOT_INDEXED : nvb_input_given(&line->tariff) ? FLAT : NO_TARIFF;
        if ((b->kind == NVB_NZA_TARIFF || b->kind == NVB_NZA_MAXIMUM) && b->year == l->p->year &&
            !b->line.s)
            return through ? THROUGH_LINE : IN_NZA;
        size_t n;
        const nvbi_entry *next = b->line.s ? nvbi_lookup_find(&l->lines, b->line, &n) : NULL;
        if (!next)
            break;
        line = &l->p->lines[next->number];
        through = true;
    }
    return NOT_INDEXED;
}

/* "Voor 2 prestaties ... : 1001, RAPPORT." One pass per reason; the codes are part of the sentence.
 */
static size_t say_reason(nvbi_letter *l, reason r, nvbi_sentence sentence)
{
    size_t n = 0, gaps;
    nvb_buffer *codes = nvbi_letter_word(l, 1);
    bool missing = false;
    for (size_t i = 0; i < l->p->n_lines; i++) {
        const nvb_line *line = &l->p->lines[i];
        if (reason_of(l, line) != r)
            continue;
        nvb_buffer_str(codes, n++ ? ", " : "");
        nvbi_word_safe(codes, line->code);
        missing = missing || nvbi_lookup_find(&l->not_indexed, line->code, &gaps);
    }
    if (n == 0)
        return 0;
    nvbi_letter_word_count(l, 0, n);
    nvb_buffer_uint(nvbi_letter_word(l, 2), (unsigned long long)(l->p->year > 0 ? l->p->year : 0));
    nvbi_letter_say(l, sentence);
    bool owed =
        l->owes && (r == NOT_INDEXED || r == FLAT) && !l->p->statement[NVB_ITEM_INDEXATION].s;
    if (owed && (missing || r == NOT_INDEXED))
        nvbi_letter_missing_word(l, NVBI_SAY_MISSING_INDEXATION);
    nvbi_letter_flush(l, 0);
    return n;
}

static void other_lines(nvbi_letter *l)
{
    say_reason(l, IN_NZA, NVBI_SAY_INDEX_IN_NZA);
    say_reason(l, THROUGH_LINE, NVBI_SAY_INDEX_THROUGH);
    say_reason(l, NOT_INDEXED, NVBI_SAY_INDEX_NOT);
    say_reason(l, FLAT, NVBI_SAY_INDEX_FLAT);
}

/* Steps of soort index without an index of their own, and of soort nacalculatie. */
static size_t other_steps(nvbi_letter *l)
{
    size_t after = 0;
    for (size_t i = 0; i < l->n_groups; i++) {
        const nvb_step *s = nvbi_group_step(l, &l->groups[i]);
        after += s->kind == NVB_STEP_AFTER;
        if (s->kind == NVB_STEP_AFTER || (s->kind == NVB_STEP_INDEX && !s->index.s))
            nvbi_letter_explain(l, &l->groups[i], true);
    }
    return after;
}

static bool any_index_step(const nvbi_letter *l)
{
    for (size_t i = 0; i < l->n_groups; i++)
        if (nvbi_group_step(l, &l->groups[i])->kind == NVB_STEP_INDEX)
            return true;
    return false;
}

void nvbi_letter_indexation(nvbi_letter *l)
{
    bool after = false;
    nvbi_letter_statement(l, NVB_ITEM_INDEXATION);
    if (!any_index_step(l) && nvbi_letter_has_bases(l)) {
        nvbi_letter_say(l, NVBI_SAY_INDEX_NONE);
        nvbi_letter_flush(l, 0);
    }
    for (size_t i = 0; i < l->p->n_indices; i++) {
        one_index(l, i);
        after = after || has_after(&l->p->indices[i]);
    }
    after = other_steps(l) > 0 || after;
    other_lines(l);
    if (!after && nvbi_letter_has_bases(l)) {
        nvbi_letter_say(l, NVBI_SAY_NO_AFTER_AT_ALL);
        nvbi_letter_flush(l, 0);
    }
}
