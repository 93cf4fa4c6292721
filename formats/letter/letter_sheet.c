/*
 * letter_sheet.c: one calculation sheet per line: from the base, step by step, to the tariff; then
 * volume and turnover. Columns: what, what it is made of, what it adds, and where the amount then
 * stands. See letter.h.
 */
#include "letter.h"

enum { UNDER = 4 }; /* indent of what stands under a row */

/* The cells of the number columns up to `column`, which gets the value. */
static void number_in(nvbi_letter *l, unsigned column, nvb_num v, bool sign)
{
    for (unsigned c = 1; c < column; c++)
        nvbi_table_cell(&l->table);
    nvbi_letter_amount_cell(l, v, sign);
}

static void label_row(nvbi_letter *l, const nvb_figure *f)
{
    nvbi_table_row(&l->table);
    nvbi_letter_label(l, nvbi_table_cell(&l->table), f);
}

static void sentence_row(nvbi_letter *l, nvbi_sentence s)
{
    nvbi_table_row(&l->table);
    nvbi_letter_put(l, nvbi_table_cell(&l->table), s);
}

static void sentence_span(nvbi_letter *l, unsigned indent, nvbi_sentence s)
{
    nvb_buffer *span = nvbi_table_span(&l->table, indent);
    nvbi_letter_put(l, span, s);
}

static void rounding_span(nvbi_letter *l, const nvb_figure *f)
{
    if (!f->rounded || nvb_num_cmp(l->calc, f->rounded->before, f->rounded->after) == 0)
        return;
    nvb_buffer_cut(&l->scrap, 0);
    nvbi_word_rounding(&l->scrap, l->calc, f, l->lang);
    nvbi_letter_glue(nvbi_table_span(&l->table, UNDER),
                     (nvb_text){l->scrap.s ? l->scrap.s : "", l->scrap.n});
}

static void missing_span(nvbi_letter *l, unsigned bits)
{
    if (!bits || !l->owes)
        return;
    nvbi_letter_missing(l, bits);
    nvb_buffer *span = nvbi_table_span(&l->table, UNDER);
    nvb_buffer_text(span, (nvb_text){l->said.s ? l->said.s : "", l->said.n});
    nvb_buffer_cut(&l->said, 0);
}

/* Where the base of a ceiling comes from; that of a line stands in item 1. */
static void origin_span(nvbi_letter *l, const nvb_basis *b)
{
    nvbi_letter_say_text(l, b->description);
    nvbi_letter_full_stop(l);
    if (b->year) {
        nvb_buffer_uint(nvbi_letter_word(l, 0), (unsigned long long)b->year);
        nvbi_letter_say(l, NVBI_SAY_BASE_YEAR);
    }
    if (b->source.s) {
        nvbi_letter_say(l, NVBI_SAY_SOURCE);
        nvbi_letter_say_source(l, b->source);
    }
    if (l->said.n)
        nvbi_letter_glue(nvbi_table_span(&l->table, UNDER), (nvb_text){l->said.s, l->said.n});
    nvb_buffer_cut(&l->said, 0);
}

/* --- rows of the build-up --- */

static void base_row(nvbi_letter *l, const nvb_figure *f)
{
    label_row(l, f);
    number_in(l, 3, f->value, false);
    nvbi_letter_calculation(l, f, UNDER);
    if (f->ceiling)
        origin_span(l, &f->ceiling->buildup.basis);
    missing_span(l, f->missing);
}

/* What the parts above leave over; with numbers when these fit on the line. */
static void rest_span(nvbi_letter *l, const nvb_figure *f)
{
    nvb_buffer *made = &l->scrap;
    nvb_buffer_cut(made, 0);
    nvbi_letter_put(l, made, NVBI_SAY_REST_FORMULA);
    size_t words = made->n;
    nvb_buffer_str(made, " = ");
    nvbi_word_filled(made, l->calc, f, l->lang);
    if (made->failed)
        return;
    if (nvbi_word_width(made->s, made->n) > NVBI_PAGE - l->table.indent - UNDER - 2)
        nvb_buffer_cut(made, words);
    nvbi_letter_glue(nvbi_table_span(&l->table, UNDER + 2), (nvb_text){made->s, made->n});
}

static void part_row(nvbi_letter *l, const nvb_figure *f)
{
    nvb_buffer *cell;
    nvbi_table_row(&l->table);
    cell = nvbi_table_cell(&l->table);
    nvb_buffer_str(cell, nvbi_letter_sentence(NVBI_SAY_OF_WHICH, l->lang));
    nvbi_word_label(cell, f, l->lang);
    number_in(l, 1, f->value, true);
    if (f->kind == NVB_FIG_PART_REST && f->n_terms > 1)
        rest_span(l, f);
    if (f->kind != NVB_FIG_PART_AFTER && f->kind != NVB_FIG_PART_PROVISIONAL)
        return;
    nvb_buffer_cut(&l->scrap, 0);
    nvbi_word_filled(&l->scrap, l->calc, f, l->lang);
    nvbi_letter_glue(nvbi_table_span(&l->table, UNDER + 2),
                     (nvb_text){l->scrap.s ? l->scrap.s : "", l->scrap.n});
}

/* A step, and where the amount stands after it. */
static void step_row(nvbi_letter *l, const nvb_figure *f, nvb_num stand)
{
    const nvb_condition *c = f->step ? f->step->condition : NULL;
    bool unmet = c && !c->met;
    label_row(l, f);
    number_in(l, 2, f->value, true);
    nvbi_letter_amount_cell(l, stand, false);
    if (unmet)
        sentence_span(l, UNDER, NVBI_SAY_SHEET_UNMET);
    else if (f->missing & NVB_MISSING_OVER)
        sentence_span(l, UNDER, NVBI_SAY_NO_BASE_NO_FIGURE);
    else
        nvbi_letter_calculation(l, f, UNDER);
    rounding_span(l, f);
    missing_span(l, f->missing);
}

/* What a step with an unmet condition would have added: no amount in the columns, for it does not
 * count. */
static void potential_span(nvbi_letter *l, const nvb_figure *f)
{
    nvb_num v = f->rounded ? f->rounded->after : f->value;
    if (f->n_terms > 1)
        nvbi_letter_put_outcome(l, nvbi_letter_word(l, 0), v, NVB_EUR);
    else
        nvbi_letter_word_number(l, 0, v, NVB_EUR);
    nvb_buffer *made = nvbi_letter_word(l, 1);
    nvbi_word_filled(made, l->calc, f, l->lang);
    sentence_span(l, UNDER,
                  f->n_terms > 1 ? NVBI_SAY_SHEET_POTENTIAL : NVBI_SAY_SHEET_POTENTIAL_PLAIN);
}

static void own_index_row(nvbi_letter *l, const nvb_figure *f)
{
    nvb_buffer *span = nvbi_table_span(&l->table, UNDER);
    nvbi_letter_label(l, span, f);
    nvb_buffer_str(span, ":");
    nvbi_letter_calculation(l, f, UNDER + 2);
    rounding_span(l, f);
}

static void limit_row(nvbi_letter *l, const nvb_figure *f, nvb_num stand)
{
    label_row(l, f);
    number_in(l, 2, f->value, true);
    nvbi_letter_amount_cell(l, stand, false);
    nvbi_letter_calculation(l, f, UNDER);
}

static void amount_rows(nvbi_letter *l, const nvb_figure *amount, const nvb_figure *rounding)
{
    if (rounding && amount->rounded) {
        nvb_buffer_uint(nvbi_letter_word(l, 0), amount->rounded->decimals);
        nvb_buffer_str(nvbi_letter_word(l, 1), nvbi_word_mode(amount->rounded->mode, l->lang));
        sentence_row(l, NVBI_SAY_SHEET_ROUNDING);
        number_in(l, 2, rounding->value, true);
        nvbi_letter_amount_cell(l, amount->value, false);
    }
    nvbi_table_rule(&l->table);
    label_row(l, amount);
    number_in(l, 3, amount->value, false);
}

/* A component without nacalculatie brings nothing under that name; item 2 says that it has none. */
static bool says_something(const nvb_figure *part)
{
    return part->kind != NVB_FIG_PART_AFTER || nvb_num_sign(part->value) != 0 ||
           nvb_input_given(&part->component->after) ||
           nvb_input_given(&part->component->last_definitive);
}

/* What the rows so far came to. */
typedef struct progress {
    nvb_num stand;
    const nvb_figure *own_index; /* stands before its step, but is told under it */
    const nvb_figure *rounding;
} progress;

static void build_up_row(nvbi_letter *l, const nvb_figure *f, progress *p)
{
    if (f->kind == NVB_FIG_BASIS) {
        p->stand = f->value;
        base_row(l, f);
    } else if (f->kind == NVB_FIG_STEP) {
        p->stand = nvb_num_add(l->calc, p->stand, f->value);
        step_row(l, f, p->stand);
        if (p->own_index && p->own_index->step == f->step)
            own_index_row(l, p->own_index);
    } else if (f->kind == NVB_FIG_STEP_INDEX) {
        p->own_index = f;
    } else if (f->kind == NVB_FIG_POTENTIAL) {
        potential_span(l, f);
    } else if (f->is_part && says_something(f)) {
        part_row(l, f);
    } else if (f->kind == NVB_FIG_LIMIT && nvb_num_sign(f->value) != 0) {
        p->stand = nvb_num_add(l->calc, p->stand, f->value);
        limit_row(l, f, p->stand);
    } else if (f->kind == NVB_FIG_ROUNDING) {
        p->rounding = f;
    } else if (f->kind == NVB_FIG_TARIFF || f->kind == NVB_FIG_CEILING_AMOUNT) {
        amount_rows(l, f, p->rounding);
    }
}

void nvbi_letter_build_up(nvbi_letter *l, nvbi_numbers figures)
{
    progress p = {nvb_num_int(0), NULL, NULL};
    nvbi_table_begin(&l->table, l->lang, 2, "tnnn");
    l->table.full = true;
    nvbi_table_title(&l->table, 1, nvbi_letter_sentence(NVBI_SAY_COL_OF_WHICH, l->lang));
    nvbi_table_title(&l->table, 2, nvbi_letter_sentence(NVBI_SAY_COL_ADDS, l->lang));
    nvbi_table_title(&l->table, 3, nvbi_letter_sentence(NVBI_SAY_COL_STAND, l->lang));
    for (size_t i = 0; i < figures.n; i++)
        build_up_row(l, nvb_breakdown_at(l->b, figures.list ? figures.list[i] : figures.first + i),
                     &p);
    nvbi_letter_table(l);
}

/* --- claims, turnover --- */

static void claim(nvbi_letter *l, const nvb_line *line, const nvb_figure *tariff)
{
    if (!nvb_input_given(&line->tariff) || !line->price.basis.given)
        return;
    nvbi_letter_word_input(l, 0, &line->tariff, NVB_EUR);
    nvbi_letter_word_number(l, 1, tariff->value, NVB_EUR);
    nvbi_letter_say(l, nvb_num_cmp(l->calc, line->tariff.value, tariff->value) == 0
                           ? NVBI_SAY_CLAIM_FOLLOWS
                           : NVBI_SAY_CLAIM_DIFFERS);
    nvbi_letter_flush(l, 2);
}

static void volume_row(nvbi_letter *l, const nvb_line *line, const nvb_figure *f)
{
    label_row(l, f);
    nvb_buffer *cell = nvbi_table_cell(&l->table);
    nvbi_word_number(cell, l->calc, f->value, NVB_UNITS, l->lang);
    if (!line->volume.built_up)
        return;
    sentence_span(l, UNDER, NVBI_SAY_SEE_VOLUME);
}

static void turnover(nvbi_letter *l, const nvb_line *line, const nvb_line_figures *f)
{
    const nvb_figure *effective = nvbi_letter_figure(l, f->effective);
    if (f->turnover == NVB_NO_FIGURE)
        return;
    nvbi_table_begin(&l->table, l->lang, 2, "tn");
    l->table.full = true;
    for (uint32_t i = f->first; i < f->end; i++) {
        const nvb_figure *g = nvb_breakdown_at(l->b, i);
        if (g->kind == NVB_FIG_VOLUME)
            volume_row(l, line, g);
        else if (g->kind == NVB_FIG_TIER || g->kind == NVB_FIG_TURNOVER)
            nvbi_letter_figure_row(l, g);
    }
    if (effective) {
        nvbi_letter_figure_row(l, effective);
        for (uint32_t i = 0, cuts = 0; i < effective->n_terms; i++)
            if (effective->terms[i].symbol == NVB_SYM_CUT_PART && cuts++ == 0)
                sentence_span(l, UNDER, NVBI_SAY_CUT_SHARE);
    }
    nvbi_letter_table(l);
}

/* --- one sheet --- */

static void title(nvbi_letter *l, const nvb_line *line)
{
    nvbi_letter_say_text(l, line->code);
    if (line->description.s) {
        nvb_buffer_str(&l->said, " –");
        nvbi_letter_say_text(l, line->description);
    }
    if (line->unit.s) {
        nvbi_letter_word_text(l, 0, line->unit);
        nvb_buffer_str(&l->said, ",");
        nvbi_letter_say(l, NVBI_SAY_PER_UNIT);
    }
    nvbi_letter_subheading(l);
}

static void sheet(nvbi_letter *l, const nvb_line *line, const nvb_line_figures *f)
{
    const nvb_figure *tariff = nvbi_letter_figure(l, f->tariff);
    title(l, line);
    if (!tariff) {
        nvbi_letter_say(l, NVBI_SAY_SHEET_NO_TARIFF);
        if (l->owes)
            nvbi_letter_missing_word(l, NVBI_SAY_MISSING_BASE);
        nvbi_letter_flush(l, 2);
        return;
    }
    if (f->basis == NVB_NO_FIGURE) {
        nvbi_letter_word_number(l, 0, tariff->value, NVB_EUR);
        nvbi_letter_say(l, NVBI_SAY_SHEET_FLAT);
        nvbi_letter_flush(l, 2);
    } else {
        nvbi_letter_build_up(l, (nvbi_numbers){NULL, f->first, f->end - f->first});
        claim(l, line, tariff);
    }
    turnover(l, line, f);
}

/* --- how tariffs are rounded --- */

static bool same_rounding(const nvb_rounding *a, const nvb_rounding *b)
{
    return a->decimals == b->decimals && a->mode == b->mode;
}

static void rounding_words(nvbi_letter *l, const nvb_rounding *r)
{
    nvb_buffer_uint(nvbi_letter_word(l, 0), r->decimals);
    nvb_buffer_str(nvbi_letter_word(l, 1), nvbi_word_mode(r->mode, l->lang));
}

static const nvb_rounding *rounding_of(const nvbi_letter *l, size_t i)
{
    const nvb_buildup *price = &l->p->lines[i].price;
    return price->basis.given ? &price->rounding : NULL;
}

/* The rounding that most lines share; `*other` tells whether there is another. NULL for none. */
static const nvb_rounding *usual_rounding(const nvbi_letter *l, bool *other)
{
    const nvb_rounding *usual = NULL;
    size_t lead = 0; /* a majority outlives the votes against it */
    for (size_t i = 0; i < l->p->n_lines; i++) {
        const nvb_rounding *r = rounding_of(l, i);
        if (!r)
            continue;
        if (lead == 0)
            usual = r;
        *other = *other || !same_rounding(r, usual);
        lead = same_rounding(r, usual) ? lead + 1 : lead - 1;
    }
    return usual;
}

/* Lines that follow each other with the same rounding are told together. */
static void say_other_roundings(nvbi_letter *l, const nvb_rounding *usual)
{
    const nvb_rounding *run = NULL;
    size_t runs = 0;
    nvb_buffer *codes = nvbi_letter_word(l, 2);
    for (size_t i = 0; i <= l->p->n_lines; i++) {
        const nvb_rounding *r = i < l->p->n_lines ? rounding_of(l, i) : NULL;
        bool differs = r && !same_rounding(r, usual);
        if (run && (i == l->p->n_lines || (differs && !same_rounding(r, run)))) {
            nvb_buffer_str(&l->said, runs++ ? ";" : "");
            rounding_words(l, run);
            nvbi_letter_say(l, NVBI_SAY_ROUNDING_OF);
            run = NULL;
        }
        if (!differs)
            continue;
        nvb_buffer_str(codes, run ? ", " : "");
        nvbi_word_safe(codes, l->p->lines[i].code);
        run = r;
    }
    nvbi_letter_full_stop(l);
}

static void say_roundings(nvbi_letter *l)
{
    bool other = false;
    const nvb_rounding *usual = usual_rounding(l, &other);
    if (!usual)
        return;
    rounding_words(l, usual);
    nvbi_letter_say(l, NVBI_SAY_ROUNDING_USUAL);
    if (other) {
        nvbi_letter_say(l, NVBI_SAY_ROUNDING_OTHER);
        say_other_roundings(l, usual);
    }
    if (usual->mode == NVB_ARITHMETIC)
        nvbi_letter_say(l, NVBI_SAY_ROUNDING_ARITHMETIC);
    nvbi_letter_flush(l, 0);
}

void nvbi_letter_sheets(nvbi_letter *l)
{
    nvbi_letter_say(l, NVBI_SAY_SHEETS_INTRO);
    nvbi_letter_flush(l, 0);
    say_roundings(l);
    for (size_t i = 0; i < l->p->n_lines; i++)
        sheet(l, &l->p->lines[i], nvb_breakdown_line(l->b, i));
}
