/*
 * letter_steps.c: item 3, surcharges and discounts, and how one step is explained wherever it
 * stands: why, from what source, how much of what, on which condition, for whom; then each line's
 * own figures. See letter.h.
 */
#include "letter.h"

enum { HEADING_CODES = 3 }; /* at most so many in a heading */

/* The figure that shows a use: its own, or what it would have been. */
static const nvb_figure *shown_figure(const nvbi_letter *l, const nvbi_use *use)
{
    const nvb_condition *c = use->step->condition;
    const nvb_figure *f = c && !c->met ? nvbi_letter_potential(l, use) : NULL;
    return f ? f : nvbi_letter_figure(l, use->figure);
}

/* The figure that stands for a group: of the first line that has one. NULL when no line has a
 * tariff (a draft). */
static const nvb_figure *group_figure(const nvbi_letter *l, const nvbi_group *g)
{
    for (uint32_t i = g->first; i < g->end; i++) {
        const nvb_figure *f = nvbi_letter_figure(l, l->uses[i].figure);
        if (f)
            return f;
    }
    return NULL;
}

/* Where another step has the same heading: the group or the lines that this one belongs to. */
static void tell_apart(nvbi_letter *l, const nvbi_group *g)
{
    static const char groups[] = "/groepen/";
    const nvb_step *s = nvbi_group_step(l, g);
    const nvbi_use *use = &l->uses[g->first];
    size_t n;
    nvbi_lookup_find(&l->of_id, s->id, &n);
    if (n < 2)
        return;
    nvb_buffer *names = nvbi_letter_word(l, 0);
    if (s->path.n >= sizeof groups - 1 && memcmp(s->path.s, groups, sizeof groups - 1) == 0 &&
        use->line && use->line->group.s) {
        nvbi_word_safe(names, use->line->group);
    } else {
        for (uint32_t i = g->first; i < g->end && i - g->first < HEADING_CODES; i++) {
            nvb_buffer_str(names, i > g->first ? ", " : "");
            nvbi_word_safe(names, l->uses[i].line ? l->uses[i].line->code : l->uses[i].ceiling->id);
        }
        nvb_buffer_str(names, g->end - g->first > HEADING_CODES ? ", …" : "");
    }
    nvbi_letter_say(l, NVBI_SAY_IN_BRACKETS);
}

static void heading(nvbi_letter *l, const nvbi_group *g)
{
    const nvb_figure *f = group_figure(l, g);
    if (f)
        nvbi_letter_label(l, &l->said, f);
    else
        nvbi_letter_say_text(l, nvbi_group_step(l, g)->id);
    tell_apart(l, g);
    nvbi_letter_subheading(l);
}

/* --- how much, of what --- */

/* Every use of the group has this very percentage or amount. */
static bool all_equal(const nvbi_letter *l, const nvbi_group *g, bool amount)
{
    const nvb_step *first = nvbi_group_step(l, g);
    for (uint32_t i = g->first + 1; i < g->end; i++) {
        const nvb_step *s = l->uses[i].step;
        const nvb_input *a = amount ? &first->amount : &first->percentage;
        const nvb_input *b = amount ? &s->amount : &s->percentage;
        if (nvb_input_given(a) != nvb_input_given(b) ||
            (nvb_input_given(a) && nvb_num_cmp(l->calc, a->value, b->value) != 0))
            return false;
    }
    return true;
}

/* What the percentage is taken of, into word k. */
static void over_word(nvbi_letter *l, const nvb_step *s, unsigned k)
{
    nvb_buffer *to = nvbi_letter_word(l, k);
    switch (s->over.kind) {
    case NVB_OVER_NONE:
        break;
    case NVB_OVER_BASE:
        nvb_buffer_str(to, nvbi_letter_sentence(NVBI_SAY_OVER_BASE, l->lang));
        break;
    case NVB_OVER_STAND:
        nvb_buffer_str(to, nvbi_letter_sentence(NVBI_SAY_OVER_STAND, l->lang));
        break;
    case NVB_OVER_INDEXED:
        nvb_buffer_str(to, nvbi_letter_sentence(NVBI_SAY_OVER_INDEXED, l->lang));
        break;
    case NVB_OVER_FIGURES:
        if (s->over.with_base)
            nvb_buffer_str(to, nvbi_letter_sentence(NVBI_SAY_OVER_LIST_BASE, l->lang));
        for (size_t i = 0; i < s->over.n_steps; i++) {
            nvb_buffer_str(to, to->n ? " + " : "");
            nvb_buffer_str(to, nvbi_letter_sentence(NVBI_SAY_OVER_LIST_STEP, l->lang));
            nvbi_word_safe(to, s->over.steps[i]);
        }
        break;
    }
}

static void say_index_rate(nvbi_letter *l, const nvb_step *s)
{
    over_word(l, s, 1);
    nvbi_letter_word_text(l, 0, s->index);
    nvbi_letter_say(l, s->n_own_shares ? NVBI_SAY_MUCH_OWN_INDEX : NVBI_SAY_MUCH_INDEX);
}

static void say_percentage(nvbi_letter *l, const nvbi_group *g, const nvb_step *s)
{
    if (!all_equal(l, g, false)) {
        over_word(l, s, 0);
        nvbi_letter_say(l, NVBI_SAY_MUCH_PERCENT_DIFFERS);
        return;
    }
    nvbi_letter_word_input(l, 0, &s->percentage, NVB_PERCENT);
    over_word(l, s, 1);
    nvbi_letter_say(l, s->over.kind == NVB_OVER_NONE ? NVBI_SAY_MUCH_PERCENT_ALONE
                                                     : NVBI_SAY_MUCH_PERCENT);
}

static void say_amount(nvbi_letter *l, const nvbi_group *g, const nvb_step *s)
{
    if (!all_equal(l, g, true)) {
        nvbi_letter_say(l, NVBI_SAY_MUCH_AMOUNT_DIFFERS);
        return;
    }
    nvbi_letter_word_input(l, 0, &s->amount, NVB_EUR);
    nvbi_letter_say(l, NVBI_SAY_MUCH_AMOUNT);
}

static void say_fact(nvbi_letter *l, nvb_text id, nvbi_sentence with)
{
    size_t n;
    const nvbi_entry *found = nvbi_lookup_find(&l->facts, id, &n);
    if (!found)
        return;
    const nvb_fact *fact = &l->p->facts[found->number];
    nvbi_letter_word_text(l, 0, id);
    if (fact->is_number)
        nvbi_letter_word_number(l, 1, fact->number, NVB_UNITS);
    else
        nvbi_letter_word_text(l, 1, fact->text);
    nvbi_letter_say(l, with);
    if (!fact->source.s)
        return;
    nvbi_letter_say(l, NVBI_SAY_SOURCE);
    nvbi_letter_say_source(l, fact->source);
    nvbi_letter_full_stop(l);
}

static void say_table_rate(nvbi_letter *l, const nvb_step *s)
{
    bool percent = s->table->n_treads && nvb_input_given(&s->table->treads[0].percentage);
    say_fact(l, s->table->fact, NVBI_SAY_MUCH_TABLE);
    if (percent && s->over.kind != NVB_OVER_NONE) {
        over_word(l, s, 0);
        nvbi_letter_say(l, NVBI_SAY_MUCH_TABLE_OVER);
    }
}

static void field_rate(nvbi_letter *l, const nvbi_group *g, unsigned missing)
{
    const nvb_step *s = nvbi_group_step(l, g);
    if (s->index.s)
        say_index_rate(l, s);
    else if (s->table)
        say_table_rate(l, s);
    else if (nvb_input_given(&s->amount))
        say_amount(l, g, s);
    else if (nvb_input_given(&s->percentage))
        say_percentage(l, g, s);
    if (nvb_input_given(&s->share) && nvb_num_cmp(l->calc, s->share.value, nvb_num_int(1)) != 0) {
        nvbi_letter_word_input(l, 0, &s->share, NVB_PERCENT);
        nvbi_letter_say(l, NVBI_SAY_MUCH_SHARE);
    }
    nvbi_letter_missing(l, missing & NVB_MISSING_OVER);
    nvbi_letter_flush_field(l, NVBI_SAY_FIELD_MUCH);
}

/* --- the treads of a table --- */

static void tread_name(nvbi_letter *l, const nvb_table *t, size_t i)
{
    nvb_buffer *cell = nvbi_table_cell(&l->table);
    const nvb_tread *tread = &t->treads[i];
    const nvb_input *below =
        i > 0 && nvb_input_given(&t->treads[i - 1].upper) ? &t->treads[i - 1].upper : NULL;
    bool upper = nvb_input_given(&tread->upper);
    if (tread->word.s) {
        nvbi_word_safe(cell, tread->word);
        return;
    }
    if (below)
        nvbi_letter_word_input(l, 0, below, NVB_UNITS);
    if (upper)
        nvbi_letter_word_input(l, 1, &tread->upper, NVB_UNITS);
    nvbi_letter_put(l, cell,
                    below && upper ? NVBI_SAY_TREAD_BETWEEN
                    : upper        ? NVBI_SAY_TREAD_BELOW
                    : below        ? NVBI_SAY_TREAD_ABOVE
                                   : NVBI_SAY_TREAD_ELSE);
}

static void treads(nvbi_letter *l, const nvbi_group *g)
{
    const nvb_step *s = nvbi_group_step(l, g);
    const nvb_figure *f = shown_figure(l, &l->uses[g->first]);
    if (!s->table)
        return;
    nvb_buffer *name = &l->said; /* as the title of the column; taken back below */
    nvbi_word_safe(name, s->table->fact);
    nvbi_table_begin(&l->table, l->lang, nvbi_letter_field_column(l), "tnw");
    nvbi_table_title(&l->table, 0, name->s ? name->s : "");
    nvbi_table_title(&l->table, 1, nvbi_word_step_kind(s->kind, l->lang));
    for (size_t i = 0; i < s->table->n_treads; i++) {
        const nvb_tread *tread = &s->table->treads[i];
        bool amount = nvb_input_given(&tread->amount);
        nvbi_table_row(&l->table);
        tread_name(l, s->table, i);
        nvbi_letter_input_cell(l, amount ? tread->amount.value : tread->percentage.value,
                               amount ? NVB_EUR : NVB_PERCENT);
        nvb_buffer *mark = nvbi_table_cell(&l->table);
        if (f && f->tread == tread)
            nvb_buffer_str(mark, nvbi_letter_sentence(NVBI_SAY_TREAD_APPLIES, l->lang));
    }
    nvbi_table_write(&l->table, l->out);
    nvb_buffer_cut(name, 0);
}

/* --- condition, lasting, rounding, whom --- */

static void field_condition(nvbi_letter *l, const nvb_condition *c)
{
    if (!c)
        return;
    nvbi_letter_say_text(l, c->description);
    nvbi_letter_full_stop(l);
    if (c->fact.s) {
        nvbi_letter_word_text(l, 2, c->wanted);
        say_fact(l, c->fact, NVBI_SAY_CONDITION_FACT);
    }
    nvbi_letter_say(l, c->met ? NVBI_SAY_CONDITION_MET : NVBI_SAY_CONDITION_UNMET);
    nvbi_letter_flush_field(l, NVBI_SAY_FIELD_CONDITION);
}

static void field_lasting(nvbi_letter *l, const nvb_step *s)
{
    if (s->kind == NVB_STEP_INDEX && s->lasting == NVB_STRUCTURAL && !s->year)
        return;
    nvb_buffer_uint(nvbi_letter_word(l, 0), (unsigned long long)(s->year > 0 ? s->year : 0));
    if (s->year)
        nvbi_letter_say(l, NVBI_SAY_LASTING_YEAR);
    nvb_buffer_uint(nvbi_letter_word(l, 0), (unsigned long long)(l->p->year > 0 ? l->p->year : 0));
    nvbi_letter_say(l, s->lasting == NVB_ONE_OFF ? NVBI_SAY_LASTING_ONE_OFF
                                                 : NVBI_SAY_LASTING_STRUCTURAL);
    nvbi_letter_flush_field(l, NVBI_SAY_FIELD_LASTING);
}

static void field_rounding(nvbi_letter *l, const nvb_step *s)
{
    if (!s->rounding.declared)
        return;
    nvb_buffer_uint(nvbi_letter_word(l, 0), s->rounding.decimals);
    nvb_buffer_str(nvbi_letter_word(l, 1), nvbi_word_mode(s->rounding.mode, l->lang));
    nvbi_letter_say(l, s->rounds_amount ? NVBI_SAY_ROUNDS_AMOUNT : NVBI_SAY_ROUNDS_STAND);
    nvbi_letter_flush_field(l, NVBI_SAY_FIELD_ROUNDING);
}

static void field_whom(nvbi_letter *l, const nvbi_group *g)
{
    const nvb_step *s = nvbi_group_step(l, g);
    size_t n = 0, ceilings = 0;
    for (uint32_t i = g->first; i < g->end; i++)
        ceilings += l->uses[i].ceiling != NULL;
    n = g->end - g->first - ceilings;
    nvbi_letter_word_count(l, 0, n);
    nvbi_letter_word_count(l, 1, l->p->n_lines);
    if (n == l->p->n_lines && n > 1)
        nvbi_letter_say(l, n == 2 ? NVBI_SAY_WHOM_BOTH : NVBI_SAY_WHOM_ALL);
    else if (n > 1)
        nvbi_letter_say(l, NVBI_SAY_WHOM_SOME);
    else if (n == 1) {
        nvbi_letter_word_text(l, 0,
                              l->uses[g->first].line ? l->uses[g->first].line->code : NVB_TEXT(""));
        nvbi_letter_say(l, NVBI_SAY_WHOM_ONE);
    }
    if (ceilings)
        nvbi_letter_say(l, NVBI_SAY_WHOM_CEILING);
    if (s->group_reason)
        nvbi_letter_say(l, NVBI_SAY_WHOM_UNIFORM);
    nvbi_letter_flush_field(l, NVBI_SAY_FIELD_WHOM);
}

/* --- one group --- */

static void field_reason(nvbi_letter *l, const nvb_step *s, unsigned missing)
{
    nvbi_letter_say_text(l, s->reason);
    nvbi_letter_missing(l, missing & NVB_MISSING_REASON);
    nvbi_letter_flush_field(l, NVBI_SAY_FIELD_REASON);
    nvbi_letter_say_source(l, s->source);
    nvbi_letter_missing(l, missing & NVB_MISSING_SOURCE);
    nvbi_letter_flush_field(l, NVBI_SAY_FIELD_SOURCE);
    if (s->category != NVB_CATEGORY_COUNT) {
        nvb_buffer_str(&l->said, nvbi_word_category(s->category, l->lang));
        nvbi_letter_flush_field(l, NVBI_SAY_FIELD_CATEGORY);
    }
    if (s->benchmark.s) {
        nvbi_letter_say_text(l, s->benchmark);
        nvbi_letter_say(l, NVBI_SAY_SEE_BENCHMARK);
        nvbi_letter_flush_field(l, NVBI_SAY_FIELD_BENCHMARK);
    }
    if (s->agreement.s) {
        nvbi_letter_say_text(l, s->agreement);
        nvbi_letter_say(l, NVBI_SAY_SEE_AGREEMENT);
        nvbi_letter_flush_field(l, NVBI_SAY_FIELD_AGREEMENT);
    }
}

void nvbi_letter_explain(nvbi_letter *l, const nvbi_group *g, bool with_heading)
{
    const nvb_step *s = nvbi_group_step(l, g);
    const nvb_figure *f = group_figure(l, g);
    unsigned missing = f ? f->missing : 0;
    if (with_heading)
        heading(l, g);
    field_reason(l, s, missing);
    field_rate(l, g, missing);
    treads(l, g);
    field_condition(l, s->condition);
    field_lasting(l, s);
    field_rounding(l, s);
    field_whom(l, g);
    nvbi_letter_blank(l);
    nvbi_letter_uses_table(l, g);
}

/* --- item 3 --- */

static bool is_argued(const nvb_step *s)
{
    return s->kind == NVB_STEP_SURCHARGE || s->kind == NVB_STEP_DISCOUNT;
}

/* A base at a percentage of another tariff is a surcharge or discount too. */
static bool at_percentage(const nvbi_letter *l, const nvb_basis *b)
{
    return b->given && nvb_input_given(&b->percentage) &&
           nvb_num_cmp(l->calc, b->percentage.value, nvb_num_int(1)) != 0;
}

/* Lines that follow each other with the same percentage for the same reason are told together: from
 * line i, the end of the run; their codes go into word 0. */
static size_t same_percentage(nvbi_letter *l, size_t i)
{
    const nvb_basis *first = &l->p->lines[i].price.basis;
    nvb_buffer *codes = nvbi_letter_word(l, 0);
    nvbi_word_safe(codes, l->p->lines[i].code);
    for (i++; i < l->p->n_lines; i++) {
        const nvb_basis *b = &l->p->lines[i].price.basis;
        if (!at_percentage(l, b))
            continue;
        if (!nvb_text_equal(b->reason, first->reason) ||
            nvb_num_cmp(l->calc, b->percentage.value, first->percentage.value) != 0)
            break;
        nvb_buffer_str(codes, ", ");
        nvbi_word_safe(codes, l->p->lines[i].code);
    }
    return i;
}

static size_t base_percentages(nvbi_letter *l)
{
    size_t n = 0;
    for (size_t i = 0, next; i < l->p->n_lines; i = next) {
        const nvb_basis *b = &l->p->lines[i].price.basis;
        next = i + 1;
        if (!at_percentage(l, b))
            continue;
        if (n++ == 0) {
            nvbi_letter_say(l, NVBI_SAY_BASE_PERCENT_TITLE);
            nvbi_letter_subheading(l);
            nvbi_letter_say(l, NVBI_SAY_BASE_PERCENT_INTRO);
            nvbi_letter_flush(l, 0);
        }
        next = same_percentage(l, i);
        nvbi_letter_word_input(l, 1, &b->percentage, NVB_PERCENT);
        nvbi_letter_say(l, NVBI_SAY_BASE_PERCENT);
        nvbi_letter_say_text(l, b->reason);
        if (!b->reason.s)
            nvbi_letter_missing(l, NVB_MISSING_REASON);
        nvbi_letter_flush_hanging(l, 2, 2);
    }
    if (n)
        nvbi_letter_blank(l);
    return n;
}

static bool of_lines(const nvb_step *s)
{
    static const char lines[] = "/prestaties/";
    return s->path.n >= sizeof lines - 1 && memcmp(s->path.s, lines, sizeof lines - 1) == 0;
}

/* Shared and group steps, or those that lines have of their own. */
static size_t explain_all(nvbi_letter *l, bool own, bool introduce)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n_groups; i++) {
        const nvb_step *s = nvbi_group_step(l, &l->groups[i]);
        if (!is_argued(s) || of_lines(s) != own)
            continue;
        if (n++ == 0 && introduce) {
            nvbi_letter_say(l, NVBI_SAY_STEPS_LINES);
            nvbi_letter_flush(l, 0);
        }
        nvbi_letter_explain(l, &l->groups[i], true);
    }
    return n;
}

void nvbi_letter_surcharges(nvbi_letter *l)
{
    size_t surcharges = 0, discounts = 0, unmet = 0, bases = 0;
    nvbi_letter_statement(l, NVB_ITEM_SURCHARGES);
    for (size_t i = 0; i < l->n_groups; i++) {
        const nvb_step *s = nvbi_group_step(l, &l->groups[i]);
        surcharges += s->kind == NVB_STEP_SURCHARGE;
        discounts += s->kind == NVB_STEP_DISCOUNT;
        unmet += is_argued(s) && s->condition && !s->condition->met;
    }
    for (size_t i = 0; i < l->p->n_lines; i++)
        bases += at_percentage(l, &l->p->lines[i].price.basis);
    if (surcharges + discounts) {
        nvbi_letter_word_count(l, 0, surcharges);
        nvbi_letter_word_count(l, 1, discounts);
        nvbi_letter_say(l, !discounts    ? NVBI_SAY_STEPS_ONLY_UP
                           : !surcharges ? NVBI_SAY_STEPS_ONLY_DOWN
                                         : NVBI_SAY_STEPS_INTRO);
        nvbi_letter_word_count(l, 0, unmet);
        if (unmet)
            nvbi_letter_say(l, NVBI_SAY_STEPS_UNMET);
        nvbi_letter_word_count(l, 0, bases);
        if (bases)
            nvbi_letter_say(l, NVBI_SAY_STEPS_BASES);
        nvbi_letter_say(l, NVBI_SAY_STEPS_GUIDE);
        nvbi_letter_flush(l, 0);
    }
    size_t shared = explain_all(l, false, false);
    explain_all(l, true, shared > 0);
    if (base_percentages(l) + surcharges + discounts == 0) {
        nvbi_letter_say(l, NVBI_SAY_STEPS_NONE);
        nvbi_letter_flush(l, 0);
    }
    nvbi_letter_limits(l);
}
