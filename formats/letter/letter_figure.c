/* letter_figure.c: figures as cells, rows and small tables of the letter; see letter.h. */
#include "letter.h"

const nvb_figure *nvbi_letter_figure(const nvbi_letter *l, uint32_t number)
{
    return number == NVB_NO_FIGURE ? NULL : nvb_breakdown_at(l->b, number);
}

void nvbi_letter_label(nvbi_letter *l, nvb_buffer *to, const nvb_figure *f)
{
    size_t from = to->n;
    if (f->kind == NVB_FIG_EFFECTIVE) {
        nvb_buffer_str(to, nvbi_letter_sentence(NVBI_SAY_EFFECTIVE_LABEL, l->lang));
    } else if (f->kind == NVB_FIG_CUT && f->ceiling && f->ceiling->description.s) {
        nvbi_letter_word_text(l, 0, f->ceiling->description);
        nvbi_letter_put(l, to, NVBI_SAY_CUT_LABEL);
    } else {
        nvbi_word_label(to, f, l->lang);
    }
    nvbi_word_unrepeat(to, from);
}

void nvbi_letter_named(nvbi_letter *l, nvb_buffer *to, nvbi_sentence s, nvb_text name)
{
    size_t from = to->n;
    nvbi_letter_word_text(l, 0, name);
    nvbi_letter_put(l, to, s);
    nvbi_word_unrepeat(to, from);
}

void nvbi_letter_amount_cell(nvbi_letter *l, nvb_num v, bool sign)
{
    nvb_buffer *cell = nvbi_table_cell(&l->table);
    bool plus = sign && nvb_num_sign(v) > 0;
    size_t from = cell->n;
    bool exact = nvbi_word_plain(cell, l->calc, v, 2, l->lang);
    if (!plus)
        return;
    /* The plus belongs to the number, so it stands after an "about". */
    nvb_buffer_cut(cell, from);
    nvb_buffer_str(cell, exact ? "+" : "≈ +");
    from = cell->n;
    nvbi_word_plain(cell, l->calc, v, 2, l->lang);
    size_t about = strlen("≈ ");
    if (!exact && !cell->failed && cell->n - from > about) {
        memmove(cell->s + from, cell->s + from + about, cell->n - from - about);
        nvb_buffer_cut(cell, cell->n - about);
    }
}

void nvbi_letter_number_cell(nvbi_letter *l, nvb_num v, nvb_unit unit)
{
    nvbi_word_number(nvbi_table_cell(&l->table), l->calc, v, unit, l->lang);
}

void nvbi_letter_input_cell(nvbi_letter *l, nvb_num v, nvb_unit unit)
{
    nvb_term as_operand = {.symbol = NVB_SYM_NUMBER, .unit = unit, .value = v};
    nvbi_word_operand(nvbi_table_cell(&l->table), l->calc, &as_operand, l->lang);
}

void nvbi_letter_text_cell(nvbi_letter *l, nvb_text t)
{
    nvb_buffer *cell = nvbi_table_cell(&l->table);
    if (t.n)
        nvbi_word_safe(cell, t);
}

void nvbi_letter_put_outcome(nvbi_letter *l, nvb_buffer *to, nvb_num v, nvb_unit unit)
{
    static const char about[] = "≈ ";
    size_t from = to->n;
    nvbi_word_number(to, l->calc, v, unit, l->lang);
    if (to->failed ||
        (to->n - from > sizeof about - 1 && memcmp(to->s + from, about, sizeof about - 1) == 0))
        return;
    nvb_buffer_cut(to, from);
    nvb_buffer_str(to, "= ");
    nvbi_word_number(to, l->calc, v, unit, l->lang);
}

/* The formula in words; that of a tread says which bound is which. */
static void put_formula(nvbi_letter *l, nvb_buffer *to, const nvb_figure *f)
{
    const nvb_term *first = f->terms;
    bool bound = first->symbol == NVB_SYM_TIER_BOUND;
    if (f->kind != NVB_FIG_TIER || !(bound || first->open))
        nvbi_word_formula(to, l->calc, f, l->lang);
    else
        nvbi_letter_put(l, to,
                        !first->open ? NVBI_SAY_TIER_FIRST
                        : bound      ? NVBI_SAY_TIER_MIDDLE
                                     : NVBI_SAY_TIER_REST);
}

/* " = ≈ 1,5%" becomes " ≈ 1,5%". */
static void drop_equals(nvb_buffer *made, size_t at)
{
    static const char both[] = " = ≈";
    size_t n = sizeof " =" - 1;
    if (made->failed || made->n < at + sizeof both - 1 ||
        memcmp(made->s + at, both, sizeof both - 1) != 0)
        return;
    memmove(made->s + at, made->s + at + n, made->n - at - n);
    nvb_buffer_cut(made, made->n - n);
}

void nvbi_letter_calculation(nvbi_letter *l, const nvb_figure *f, unsigned indent)
{
    nvb_buffer *made = &l->scrap;
    /* One input is not a calculation: the row above says all. */
    if (f->n_terms == 0 ||
        (f->n_terms == 1 && f->terms[0].n_from == 0 && f->terms[0].op == NVB_NO_OPERATOR))
        return;
    size_t room = NVBI_PAGE - l->table.indent - indent;
    nvb_buffer_cut(made, 0);
    put_formula(l, made, f);
    size_t formula = made->n;
    if (f->n_terms > 1 || f->rounded) {
        nvb_buffer_str(made, formula ? " = " : "");
        nvbi_word_filled(made, l->calc, f, l->lang);
        drop_equals(made, formula);
    }
    nvb_buffer_byte(made, ' ');
    /* Before rounding: what the numbers come to; how it was rounded is a line of its own. */
    nvb_num outcome = nvbi_word_formula_value(f);
    nvb_num cents = nvb_num_round(l->calc, outcome, 2, NVB_ARITHMETIC);
    if (f->kind == NVB_FIG_EFFECTIVE && nvb_num_cmp(l->calc, outcome, cents) != 0) {
        nvb_buffer_str(made, "≈ ");
        nvbi_word_number(made, l->calc, cents, f->unit, l->lang);
    } else {
        nvbi_letter_put_outcome(l, made, outcome, f->unit);
    }
    if (made->failed)
        return;
    /* What does not fit on one line is easier to follow when the numbers begin on the next. */
    bool fits = nvbi_word_width(made->s, made->n) <= room;
    size_t first = fits || formula == 0 ? made->n : formula;
    nvbi_letter_glue(nvbi_table_span(&l->table, indent), (nvb_text){made->s, first});
    if (first < made->n)
        nvbi_letter_glue(nvbi_table_span(&l->table, indent),
                         (nvb_text){made->s + first + 1, made->n - first - 1});
}

const nvb_figure *nvbi_letter_potential(const nvbi_letter *l, const nvbi_use *use)
{
    if (use->figure == NVB_NO_FIGURE)
        return NULL;
    for (size_t i = use->figure + 1; i < nvb_breakdown_count(l->b); i++) {
        const nvb_figure *f = nvb_breakdown_at(l->b, i);
        if (f->step != use->step || f->line != use->line)
            return NULL;
        if (f->kind == NVB_FIG_POTENTIAL)
            return f;
    }
    return NULL;
}

static void name_cell(nvbi_letter *l, const nvbi_use *use)
{
    nvbi_letter_text_cell(l, use->line ? use->line->code : use->ceiling->id);
}

static void begin_table(nvbi_letter *l, const char *kinds, nvbi_sentence outcome)
{
    nvbi_table *t = &l->table;
    nvbi_table_begin(t, l->lang, 2, kinds);
    nvbi_table_title(t, 0, nvbi_letter_sentence(NVBI_SAY_COL_CODE, l->lang));
    if (t->columns > 2)
        nvbi_table_title(t, 1, nvbi_letter_sentence(NVBI_SAY_COL_CALCULATION, l->lang));
    nvbi_table_title(t, t->columns - 1, nvbi_letter_sentence(outcome, l->lang));
}

/* How the figure of a use was rounded, as a line below its row. */
static void rounding_span(nvbi_letter *l, const nvb_figure *f, unsigned indent)
{
    if (!f->rounded || nvb_num_cmp(l->calc, f->rounded->before, f->rounded->after) == 0)
        return;
    nvb_buffer_cut(&l->scrap, 0);
    nvbi_word_rounding(&l->scrap, l->calc, f, l->lang);
    if (l->scrap.n)
        nvbi_letter_glue(nvbi_table_span(&l->table, indent), (nvb_text){l->scrap.s, l->scrap.n});
}

/* The shares a line has of its own, as a line below its row. */
static void own_shares_span(nvbi_letter *l, const nvb_step *s)
{
    if (s->n_own_shares == 0)
        return;
    nvb_buffer *span = nvbi_table_span(&l->table, 4);
    nvb_buffer_str(span, nvbi_letter_sentence(NVBI_SAY_OWN_SHARES, l->lang));
    for (size_t i = 0; i < s->n_own_shares; i++) {
        nvbi_letter_word_text(l, 0, s->own_shares[i].component);
        nvbi_letter_word_input(l, 1, &s->own_shares[i].share, NVB_PERCENT);
        nvb_buffer_str(span, i ? ", " : " ");
        nvbi_letter_put(l, span, NVBI_SAY_OWN_SHARE);
    }
}

void nvbi_letter_uses_table(nvbi_letter *l, const nvbi_group *g)
{
    const nvb_step *step = nvbi_group_step(l, g);
    bool unmet = step->condition && !step->condition->met;
    begin_table(l, "wtn", unmet ? NVBI_SAY_COL_WOULD_BE : NVBI_SAY_COL_AMOUNT);
    for (uint32_t i = g->first; i < g->end; i++) {
        const nvbi_use *use = &l->uses[i];
        const nvb_figure *f =
            unmet ? nvbi_letter_potential(l, use) : nvbi_letter_figure(l, use->figure);
        nvbi_table_row(&l->table);
        name_cell(l, use);
        nvb_buffer *cell = nvbi_table_cell(&l->table);
        const nvb_figure *own = nvbi_letter_figure(l, use->figure);
        if (!f || (own && (own->missing & NVB_MISSING_OVER))) {
            nvbi_letter_put(l, cell, f ? NVBI_SAY_NO_BASE_NO_FIGURE : NVBI_SAY_NO_NUMBER);
            continue;
        }
        nvb_buffer_cut(&l->scrap, 0);
        nvbi_word_filled(&l->scrap, l->calc, f, l->lang);
        nvbi_letter_glue(cell, (nvb_text){l->scrap.s ? l->scrap.s : "", l->scrap.n});
        nvbi_letter_amount_cell(l, f->value, true);
        own_shares_span(l, use->step);
        rounding_span(l, f, 4);
    }
    nvbi_letter_table(l);
}

void nvbi_letter_outcome_table(nvbi_letter *l, const nvbi_group *g)
{
    const nvb_condition *c = nvbi_group_step(l, g)->condition;
    bool unmet = c && !c->met;
    begin_table(l, "wn", unmet ? NVBI_SAY_COL_WOULD_BE : NVBI_SAY_COL_AMOUNT);
    for (uint32_t i = g->first; i < g->end; i++) {
        const nvb_figure *f = unmet ? nvbi_letter_potential(l, &l->uses[i])
                                    : nvbi_letter_figure(l, l->uses[i].figure);
        nvbi_table_row(&l->table);
        name_cell(l, &l->uses[i]);
        if (f)
            nvbi_letter_amount_cell(l, f->value, true);
    }
    nvbi_letter_table(l);
}

static bool holds_a_cut(const nvbi_letter *l, const nvb_term *t)
{
    for (uint32_t i = 0; i < t->n_from; i++) {
        const nvb_figure *f = nvbi_letter_figure(l, t->from[i]);
        if (f && f->kind == NVB_FIG_CUT && nvb_num_sign(f->value) != 0)
            return true;
    }
    return false;
}

/* How a cut came about: the terms are what is paid above the ceiling, the turnover under it, and
 * its amount. Nothing where the turnover stays below. */
static void cut_span(nvbi_letter *l, const nvb_figure *f)
{
    if (f->n_terms != 3)
        return;
    const nvb_term *paid = &f->terms[0], *turnover = &f->terms[1], *amount = &f->terms[2];
    nvb_num part = f->ceiling && nvb_input_given(&f->ceiling->beyond)
                       ? nvb_num_shift(l->calc, f->ceiling->beyond.value, 2)
                       : nvb_num_int(0);
    nvbi_letter_word_number(l, 0, turnover->value, NVB_EUR);
    nvbi_letter_word_number(l, 1, amount->value, NVB_EUR);
    nvbi_letter_word_number(l, 2, nvb_num_sub(l->calc, turnover->value, amount->value), NVB_EUR);
    nvbi_letter_word_number(l, 3, part, NVB_PERCENT);
    nvbi_letter_word_number(l, 4, paid->value, NVB_EUR);
    nvb_buffer_cut(&l->scrap, 0);
    nvbi_letter_put(l, &l->scrap,
                    nvb_num_sign(paid->value) ? NVBI_SAY_CUT_HOW : NVBI_SAY_CUT_HOW_NONE);
    nvbi_letter_glue(nvbi_table_span(&l->table, 4),
                     (nvb_text){l->scrap.s ? l->scrap.s : "", l->scrap.n});
    if (holds_a_cut(l, turnover))
        nvbi_letter_put(l, nvbi_table_span(&l->table, 4), NVBI_SAY_CUT_EARLIER);
}

/* An average is shown in cents; the exact value stands in the JSON. */
static void effective_cell(nvbi_letter *l, nvb_num v)
{
    nvb_buffer *cell = nvbi_table_cell(&l->table);
    nvb_num shown = nvb_num_round(l->calc, v, 2, NVB_ARITHMETIC);
    if (nvb_num_cmp(l->calc, shown, v) != 0)
        nvb_buffer_str(cell, "≈ ");
    nvbi_word_plain(cell, l->calc, shown, 2, l->lang);
}

void nvbi_letter_figure_row(nvbi_letter *l, const nvb_figure *f)
{
    nvbi_table *t = &l->table;
    nvbi_table_row(t);
    nvbi_letter_label(l, nvbi_table_cell(t), f);
    if (f->kind == NVB_FIG_EFFECTIVE)
        effective_cell(l, f->value);
    else if (f->unit == NVB_EUR)
        nvbi_letter_amount_cell(l, f->value, false);
    else
        nvbi_letter_number_cell(l, f->value, f->unit);
    if (f->kind == NVB_FIG_CUT)
        cut_span(l, f);
    else
        nvbi_letter_calculation(l, f, 4);
    rounding_span(l, f, 4);
}
