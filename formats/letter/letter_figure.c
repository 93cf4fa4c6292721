/* letter_figure.c: figures as cells, rows and small tables of the letter; see letter.h. */
#include "letter.h"

const nvb_figure *nvbi_letter_figure(const nvbi_letter *l, uint32_t number)
{
    return number == NVB_NO_FIGURE ? NULL : nvb_breakdown_at(l->b, number);
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

/* The value of a figure as the end of an equation: "= € 3,92", or "≈ € 3,9186…" where digits were
 * dropped. */
static void put_outcome(nvbi_letter *l, nvb_buffer *to, const nvb_figure *f)
{
    static const char about[] = "≈ ";
    size_t from = to->n;
    /* Before rounding: what the numbers come to; how it was rounded is a line of its own. */
    bool own = f->rounded && f->rounded->what == NVB_ROUNDED_FIGURE;
    nvb_num v = own ? f->rounded->before : f->value;
    nvbi_word_number(to, l->calc, v, f->unit, l->lang);
    if (to->failed ||
        (to->n - from > sizeof about - 1 && memcmp(to->s + from, about, sizeof about - 1) == 0))
        return;
    nvb_buffer_cut(to, from);
    nvb_buffer_str(to, "= ");
    nvbi_word_number(to, l->calc, v, f->unit, l->lang);
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
    nvbi_word_formula(made, l->calc, f, l->lang);
    size_t formula = made->n;
    nvb_buffer_str(made, formula ? " = " : "");
    if (f->n_terms > 1 || f->rounded)
        nvbi_word_filled(made, l->calc, f, l->lang);
    nvb_buffer_str(made, f->n_terms > 1 || f->rounded ? " " : "");
    put_outcome(l, made, f);
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
    begin_table(l, "wn", NVBI_SAY_COL_AMOUNT);
    for (uint32_t i = g->first; i < g->end; i++) {
        const nvb_figure *f = nvbi_letter_figure(l, l->uses[i].figure);
        nvbi_table_row(&l->table);
        name_cell(l, &l->uses[i]);
        if (f)
            nvbi_letter_amount_cell(l, f->value, true);
    }
    nvbi_letter_table(l);
}

void nvbi_letter_figure_row(nvbi_letter *l, const nvb_figure *f)
{
    nvbi_table *t = &l->table;
    nvbi_table_row(t);
    nvbi_word_label(nvbi_table_cell(t), f, l->lang);
    if (f->unit == NVB_EUR)
        nvbi_letter_amount_cell(l, f->value, false);
    else
        nvbi_letter_number_cell(l, f->value, f->unit);
    nvbi_letter_calculation(l, f, 4);
    rounding_span(l, f, 4);
}
