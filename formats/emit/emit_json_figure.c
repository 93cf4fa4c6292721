/*
 * emit_json_figure.c: one figure as JSON: what it is, how it was computed, from what, and on which
 * grounds.
 *
 * This is where most of the bytes of a large run are made. Labels and formulas are written straight
 * into the output and escaped afterwards only if they need it; and what a figure before this one
 * has written in the same words is copied from there (shared_text.h).
 */
#include "emit_json.h"

#include "core/numtext.h"
#include "formats/word/wording.h"

static void plain(nvbi_json *j, const char *s)
{
    nvbi_json_plain(j, s, strlen(s));
}

/* `waarde` under `key`; returns whether all digits are there. */
static bool number(nvbi_json *j, nvb_calc *calc, const char *key, nvb_num value)
{
    nvbi_json_key(j, key);
    nvbi_json_open_string(j);
    bool exact = nvbi_num_append(calc, j->out, value);
    nvbi_json_close_string(j);
    return exact;
}

static void fraction(nvbi_json *j, nvb_calc *calc, const char *key, nvb_num value)
{
    nvbi_json_key(j, key);
    nvbi_json_open_string(j);
    nvbi_num_append_fraction(calc, j->out, value);
    nvbi_json_close_string(j);
}

static void given(nvbi_json *j, const char *key, nvb_text t)
{
    if (!nvb_text_given(t) || t.n == 0)
        return;
    nvbi_json_key(j, key);
    nvbi_json_text(j, t);
}

static const char *kind_key(const nvb_figure *f)
{
    return f->kind == NVB_FIG_STEP && f->step ? nvb_step_kind_key(f->step->kind)
                                              : nvb_figure_kind_key(f->kind);
}

static void name(nvbi_json *j, const nvb_figure *f, nvb_lang lang)
{
    nvbi_json_key(j, "soort");
    plain(j, kind_key(f));
    nvbi_json_key(j, "label");
    size_t from = nvbi_json_begin_string(j);
    nvbi_word_label(j->out, f, lang);
    nvbi_json_settle_string(j, from);
    nvbi_json_key(j, "waarde");
    nvbi_json_open_string(j);
}

/* From the end of `waarde` to the start of `ingevuld`. */
static void formula(nvbi_json *j, nvb_calc *calc, const nvb_figure *f, bool exact, nvb_lang lang)
{
    static const char *const units[NVB_UNIT_COUNT] = {
        [NVB_EUR] = "EUR", [NVB_PERCENT] = "percent", [NVB_UNITS] = "aantal"};
    nvbi_json_close_string(j);
    nvbi_json_key(j, "eenheid");
    plain(j, units[f->unit]);
    nvbi_json_key(j, "exact");
    nvbi_json_bool(j, exact);
    if (!exact)
        fraction(j, calc, "breuk", f->value);
    nvbi_json_key(j, "formule");
    size_t from = nvbi_json_begin_string(j);
    nvbi_word_formula(j->out, calc, f, lang);
    nvbi_json_settle_string(j, from);
    nvbi_json_key(j, "ingevuld");
    nvbi_json_open_string(j);
}

static void
what_it_is(nvbi_json *j, nvb_calc *calc, nvbi_shared_row *row, const nvb_figure *f, nvb_lang lang)
{
    nvbi_json_key(j, "pad");
    nvbi_json_text(j, f->path);
    size_t from = j->out->n;
    if (!nvbi_shared_again(row, NVBI_SHARED_NAME, j)) {
        name(j, f, lang);
        nvbi_shared_keep(row, NVBI_SHARED_NAME, j, from);
    }
    bool exact = nvbi_num_append(calc, j->out, f->value);
    from = j->out->n;
    if (exact && nvbi_shared_again(row, NVBI_SHARED_FORMULA, j))
        return;
    formula(j, calc, f, exact, lang);
    if (exact) /* a fraction is the figure's own */
        nvbi_shared_keep(row, NVBI_SHARED_FORMULA, j, from);
}

static void
filled_in(nvbi_json *j, nvb_calc *calc, nvbi_shared *shared, const nvb_figure *f, nvb_lang lang)
{
    /* Digits and signs: nothing to escape. */
    nvbi_word_filled_again(j->out, calc, &shared->operands, f, lang);
    nvbi_json_close_string(j);
}

static void computed_from(nvbi_json *j, nvbi_origins *origins, const nvb_figure *f)
{
    nvbi_json_key(j, "uit");
    nvbi_json_array(j);
    nvbi_origins_find(origins, f);
    for (size_t i = 0; i < origins->n; i++) {
        const nvbi_origin *o = &origins->items[i];
        if (*o->suffix == '\0') {
            nvbi_json_text(j, o->path);
            continue;
        }
        nvbi_json_open_string(j);
        nvbi_json_append(j, o->path.s, o->path.n);
        nvbi_json_append(j, o->suffix, strlen(o->suffix));
        nvbi_json_close_string(j);
    }
    nvbi_json_end_array(j);
}

static void rounding(nvbi_json *j, nvb_calc *calc, const nvb_rounded *r)
{
    nvbi_json_key(j, "afronding");
    nvbi_json_object(j);
    nvbi_json_key(j, "methode");
    plain(j, nvb_mode_key(r->mode));
    nvbi_json_key(j, "decimalen");
    nvbi_json_int(j, r->decimals);
    if (!number(j, calc, "voor", r->before))
        fraction(j, calc, "voor_breuk", r->before);
    number(j, calc, "na", r->after);
    nvbi_json_end_object(j);
}

static void condition(nvbi_json *j, const nvb_condition *c)
{
    nvbi_json_key(j, "voorwaarde");
    nvbi_json_object(j);
    nvbi_json_key(j, "omschrijving");
    nvbi_json_text(j, c->description);
    nvbi_json_key(j, "voldaan");
    nvbi_json_bool(j, c->met);
    nvbi_json_end_object(j);
}

static void missing(nvbi_json *j, unsigned bits, nvb_lang lang)
{
    nvbi_json_key(j, "ontbreekt");
    nvbi_json_array(j);
    for (unsigned bit = 1; bit <= NVB_MISSING_DESCRIPTION; bit <<= 1)
        if (bits & bit)
            nvbi_json_str(j, nvbi_word_missing(bit, lang));
    nvbi_json_end_array(j);
}

static void on_which_grounds(nvbi_json *j, const nvb_figure *f, nvb_lang lang)
{
    given(j, "reden", nvbi_figure_reason(f));
    nvb_category category = nvbi_figure_category(f);
    if (category != NVB_CATEGORY_COUNT) {
        nvbi_json_key(j, "categorie");
        plain(j, nvb_category_key(category));
    }
    given(j, "bron", nvbi_figure_source(f));
    if (f->items) {
        nvbi_json_key(j, "artikel");
        nvbi_json_open_string(j);
        nvbi_word_article(j->out, f, lang);
        nvbi_json_close_string(j);
    }
    const nvb_condition *c = nvbi_figure_condition(f);
    if (c)
        condition(j, c);
    if (f->missing)
        missing(j, f->missing, lang);
}

void nvbi_json_figure(nvbi_json *j,
                      nvb_calc *calc,
                      nvbi_origins *origins,
                      nvbi_shared *shared,
                      const nvb_figure *f,
                      nvb_lang lang)
{
    nvbi_shared_row *row = nvbi_shared_find(shared, f);
    nvbi_json_object(j);
    what_it_is(j, calc, row, f, lang);
    filled_in(j, calc, shared, f, lang);
    computed_from(j, origins, f);
    if (f->rounded)
        rounding(j, calc, f->rounded);
    if (!nvbi_shared_again(row, NVBI_SHARED_GROUNDS, j)) {
        size_t from = j->out->n;
        on_which_grounds(j, f, lang);
        nvbi_shared_keep(row, NVBI_SHARED_GROUNDS, j, from);
    }
    nvbi_json_end_object(j);
}
