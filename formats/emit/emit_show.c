/*
 * emit_show.c: `show`: all there is to know about one figure, on a card of 80 columns; or, for a
 * path above figures, a list of those beneath it.
 *
 *     Afslag doelmatigheid                                                 −€ 0,11
 *     ────────────────────────────────────────────────────────────────────────────
 *     Berekening    −geïndexeerd tarief × percentage
 *                 = −€ 11,51 × 1%
 *                 = −€ 0,1151
 */
#include "emit_show.h"

#include "core/numtext.h"
#include "emit_tree.h"
#include "formats/word/layout.h"
#include "formats/word/wording.h"

void nvbi_card_heading(nvbi_card *c, nvbi_emit_word_id name)
{
    nvb_buffer_byte(c->out, '\n');
    nvb_buffer_str(c->out, nvbi_emit_word(name, c->lang));
    nvb_buffer_byte(c->out, '\n');
}

static nvb_text text_of(const nvb_buffer *b)
{
    return (nvb_text){b->s ? b->s : "", b->n};
}

/* Writes `text` from its byte `from` on beside what fills the field's column, and empties it. */
static void put_beside(nvbi_card *c, size_t from)
{
    nvb_text t = text_of(&c->text);
    t.s += from;
    t.n -= from;
    nvbi_layout_wrap_after(c->out, t, NVBI_CARD_FIELD, NVBI_CARD_FIELD, NVBI_PAGE);
    nvb_buffer_cut(&c->text, 0);
}

void nvbi_card_field(nvbi_card *c, nvbi_emit_word_id name)
{
    if (c->text.n == 0)
        return;
    size_t from = c->out->n;
    nvb_buffer_str(c->out, nvbi_emit_word(name, c->lang));
    nvbi_layout_pad(c->out, from, NVBI_CARD_FIELD);
    put_beside(c, 0);
}

/* --- what it is --- */

/* Name on the left, value on the right; the value on a line of its own when the name leaves no
 * room. */
static void title(nvbi_card *c, const nvb_figure *f)
{
    nvb_buffer value = NVB_BUFFER_INIT;
    nvbi_word_number(&value, c->calc, f->value, f->unit, c->lang);
    nvbi_word_label(&c->text, f, c->lang);
    unsigned name_width = c->text.n ? (unsigned)nvbi_word_width(c->text.s, c->text.n) : 0;
    unsigned value_width = value.n ? (unsigned)nvbi_word_width(value.s, value.n) : 0;
    if (name_width + 2 + value_width <= NVBI_PAGE) {
        nvb_buffer_text(c->out, text_of(&c->text));
        nvbi_layout_right(c->out, value.s, value.n, NVBI_PAGE - name_width);
        nvb_buffer_byte(c->out, '\n');
    } else {
        nvbi_layout_wrap(c->out, text_of(&c->text), 0, 0, NVBI_PAGE);
        nvbi_layout_right(c->out, value.s, value.n, NVBI_PAGE);
        nvb_buffer_byte(c->out, '\n');
    }
    nvb_buffer_cut(&c->text, 0);
    c->out->failed |= value.failed;
    nvb_buffer_release(&value);
    nvbi_layout_rule(c->out, "─", NVBI_PAGE);
}

static void add_named(nvb_buffer *out, nvb_text id, nvb_text description)
{
    nvbi_word_safe(out, id);
    if (nvb_text_given(description)) {
        nvb_buffer_str(out, "  ");
        nvbi_word_safe(out, description);
    }
}

static void identity(nvbi_card *c, const nvb_figure *f)
{
    nvbi_word_safe(&c->text, f->path);
    nvbi_card_field(c, NVBI_EMIT_PATH);
    if (f->line) {
        add_named(&c->text, f->line->code, f->line->description);
        nvbi_card_field(c, NVBI_EMIT_LINE);
    }
    if (!nvbi_num_append(c->calc, &c->text, f->value)) {
        nvb_buffer_cut(&c->text, 0);
        nvbi_num_append_fraction(c->calc, &c->text, f->value);
        nvbi_card_field(c, NVBI_EMIT_FRACTION);
    }
    nvb_buffer_cut(&c->text, 0);
}

/* --- how it was computed --- */

/* What is written after "=" may not be exact, and then says so itself. */
static void equals(nvbi_card *c)
{
    static const char about[] = "≈ ";
    size_t n = c->text.n >= sizeof about - 1 && memcmp(c->text.s, about, sizeof about - 1) == 0
                   ? sizeof about - 1
                   : 0;
    nvb_buffer_repeat(c->out, ' ', NVBI_CARD_FIELD - 2);
    nvb_buffer_str(c->out, n ? about : "= ");
    put_beside(c, n);
}

/* Symbols, numbers and result under one another; a line that says nothing new is left out. */
static void computation(nvbi_card *c, const nvb_figure *f)
{
    if (f->n_terms == 0)
        return;
    nvb_buffer_byte(c->out, '\n');
    bool constant = f->n_terms == 1 && f->terms[0].symbol == NVB_SYM_NUMBER;
    nvbi_word_formula(&c->text, c->calc, f, c->lang);
    nvbi_card_field(c, NVBI_EMIT_COMPUTED);
    if (!constant) {
        nvbi_word_filled(&c->text, c->calc, f, c->lang);
        equals(c);
    }
    if (f->n_terms > 1) {
        nvbi_word_number(&c->text, c->calc, nvbi_word_formula_value(f), f->unit, c->lang);
        equals(c);
    }
    if (f->rounded) {
        nvbi_word_rounding(&c->text, c->calc, f, c->lang);
        nvbi_card_field(c, NVBI_EMIT_ROUNDED);
    }
}

/* --- on which grounds --- */

/* Dates of documents are JJJJ-MM-DD; what is not is repeated as it stands. */
static void add_date(nvb_buffer *out, nvb_text t, nvb_lang lang)
{
    int part[3] = {0}, which = 0;
    for (size_t i = 0; i < t.n && which < 3; i++) {
        if (t.s[i] == '-')
            which++;
        else if (t.s[i] >= '0' && t.s[i] <= '9' && t.n == strlen("JJJJ-MM-DD"))
            part[which] = part[which] * 10 + (t.s[i] - '0');
        else
            which = 3;
    }
    size_t before = out->n;
    if (which == 2)
        nvbi_word_date(out, (nvb_date){part[0], part[1], part[2]}, lang);
    if (out->n == before)
        nvbi_word_safe(out, t);
}

static void add_source(nvbi_card *c, nvb_text id)
{
    const nvb_source *source = nvb_proposal_source(nvb_breakdown_proposal(c->breakdown), id);
    nvbi_word_safe(&c->text, source && nvb_text_given(source->title) ? source->title : id);
    if (!source)
        return;
    if (nvb_text_given(source->reference)) {
        nvb_buffer_str(&c->text, ", ");
        nvbi_word_safe(&c->text, source->reference);
    }
    if (nvb_text_given(source->date)) {
        nvb_buffer_str(&c->text, ", ");
        add_date(&c->text, source->date, c->lang);
    }
}

static void add_missing(nvbi_card *c, unsigned bits)
{
    for (unsigned bit = 1; bit <= NVB_MISSING_DESCRIPTION; bit <<= 1) {
        if (!(bits & bit))
            continue;
        nvb_buffer_str(&c->text, c->text.n ? ", " : "");
        nvb_buffer_str(&c->text, nvbi_word_missing(bit, c->lang));
    }
}

static void grounds(nvbi_card *c, const nvb_figure *f)
{
    nvbi_word_safe(&c->text, nvbi_figure_reason(f));
    nvbi_card_field(c, NVBI_EMIT_REASON);
    nvb_category category = nvbi_figure_category(f);
    if (category != NVB_CATEGORY_COUNT)
        nvb_buffer_str(&c->text, nvbi_word_category(category, c->lang));
    nvbi_card_field(c, NVBI_EMIT_CATEGORY);
    if (nvb_text_given(nvbi_figure_source(f)))
        add_source(c, nvbi_figure_source(f));
    nvbi_card_field(c, NVBI_EMIT_SOURCE);
    nvbi_word_article(&c->text, f, c->lang);
    nvbi_card_field(c, NVBI_EMIT_ARTICLE);
    const nvb_condition *condition = nvbi_figure_condition(f);
    if (condition) {
        nvbi_word_safe(&c->text, condition->description);
        nvb_buffer_str(&c->text, ": ");
        nvb_buffer_str(&c->text,
                       nvbi_emit_word(condition->met ? NVBI_EMIT_MET : NVBI_EMIT_NOT_MET, c->lang));
    }
    nvbi_card_field(c, NVBI_EMIT_CONDITION);
    add_missing(c, f->missing);
    nvbi_card_field(c, NVBI_EMIT_MISSING);
}

/* --- the whole --- */

static void show_figure(nvbi_card *c, const nvb_figure *f)
{
    title(c, f);
    identity(c, f);
    computation(c, f);
    size_t before = c->out->n;
    nvb_buffer_byte(c->out, '\n');
    grounds(c, f);
    if (c->out->n == before + 1)
        nvb_buffer_cut(c->out, before);
    nvbi_card_parts(c, f);
    nvbi_card_origins(c, f);
    nvbi_card_uses(c, f);
}

/* A line has a name besides its path; other paths above figures speak for themselves. */
static void show_beneath(nvbi_card *c, nvb_text path)
{
    const nvb_proposal *p = nvb_breakdown_proposal(c->breakdown);
    for (size_t i = 0; i < p->n_lines; i++)
        if (nvb_text_equal(p->lines[i].path, path))
            add_named(&c->text, p->lines[i].code, p->lines[i].description);
    if (c->text.n == 0)
        nvb_buffer_str(&c->text, nvbi_emit_word(NVBI_EMIT_FIGURES, c->lang));
    nvbi_layout_wrap(c->out, text_of(&c->text), 0, 0, NVBI_PAGE);
    nvb_buffer_cut(&c->text, 0);
    nvbi_layout_rule(c->out, "─", NVBI_PAGE);
    nvbi_word_safe(&c->text, path);
    nvbi_card_field(c, NVBI_EMIT_PATH);
    nvb_buffer_byte(c->out, '\n');
    nvbi_rows_put(&c->rows, c->out);
}

bool nvb_emit_show(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o)
{
    nvbi_card c = {.out = out,
                   .breakdown = e->breakdown,
                   .calc = nvb_breakdown_calc(e->breakdown),
                   .lang = o->lang};
    nvb_text path = o->path;
    while (path.n && path.s[path.n - 1] == '/')
        path.n--;
    nvbi_origins_init(&c.origins, e->breakdown);
    const nvb_figure *f = path.n ? nvb_breakdown_find(e->breakdown, path) : NULL;
    bool found = true;
    if (f)
        show_figure(&c, f);
    else if (nvbi_card_beneath(&c, path))
        show_beneath(&c, path);
    else
        found = false;
    out->failed |= c.text.failed || c.rows.text.failed || c.origins.failed;
    nvb_buffer_release(&c.text);
    nvbi_rows_release(&c.rows);
    nvbi_origins_release(&c.origins);
    return found;
}
