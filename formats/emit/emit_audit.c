/* emit_audit.c: an audit as one JSON object, navolgbaar/controle/1. Model section 10. */
#include "formats/audit/audit_words.h"

#include "emit_changes.h"

#include "core/numtext.h"

static void plain(nvbi_json *j, const char *key, const char *s)
{
    nvbi_json_key(j, key);
    nvbi_json_plain(j, s, strlen(s));
}

static void count(nvbi_json *j, const char *key, size_t n)
{
    nvbi_json_key(j, key);
    nvbi_json_int(j, (long long)n);
}

static void text(nvbi_json *j, const char *key, nvb_text t)
{
    nvbi_json_key(j, key);
    nvbi_json_text(j, nvb_text_given(t) ? t : NVB_TEXT(""));
}

static const char *unit_key(nvb_unit unit)
{
    return unit == NVB_PERCENT ? "percent" : unit == NVB_UNITS ? "aantal" : "EUR";
}

/* --- which offer --- */

static void party(nvbi_json *j, const char *key, const char *code_key, const nvb_party *p)
{
    if (!nvb_text_given(p->name) && !nvb_text_given(p->code))
        return;
    nvbi_json_key(j, key);
    nvbi_json_object(j);
    nvbi_json_given(j, "naam", p->name);
    nvbi_json_given(j, code_key, p->code);
    nvbi_json_end_object(j);
}

static void head(nvbi_json *j, const nvb_audit *a, nvb_lang lang)
{
    const nvb_proposal *p = nvb_breakdown_proposal(nvb_audit_inputs_of(a)->breakdown);
    nvbi_json_format(j, "navolgbaar/controle/1", lang);
    text(j, "kenmerk", p->reference);
    if (p->year)
        count(j, "contractjaar", (size_t)p->year);
    party(j, "zorgverzekeraar", "uzovi", &p->insurer);
    party(j, "zorgaanbieder", "agb", &p->provider);
    plain(j, "oordeel", nvb_verdict_key(nvb_audit_verdict(a)));
    nvbi_json_key(j, "telling");
    nvbi_json_object(j);
    for (int v = 0; v < NVB_VERDICT_COUNT; v++)
        count(j, nvb_verdict_key((nvb_verdict)v), nvb_audit_count(a, (nvb_verdict)v));
    nvbi_json_end_object(j);
    if (nvb_audit_exhausted(a)) {
        nvbi_json_key(j, "volledig");
        nvbi_json_bool(j, false);
    }
}

/* --- figures --- */

/* From low to high, both included: what does not end within 20 decimals is rounded outwards. */
static void range(nvbi_json *j, nvb_calc *calc, const char *key, nvb_num low, nvb_num high)
{
    const nvb_num ends[] = {nvb_num_round(calc, low, NVB_SHOWN_DECIMALS, NVB_DOWN),
                            nvb_num_round(calc, high, NVB_SHOWN_DECIMALS, NVB_UP)};
    nvbi_json_key(j, key);
    nvbi_json_array(j);
    for (int i = 0; i < 2; i++) {
        nvbi_json_open_string(j);
        nvbi_num_append(calc, j->out, ends[i]);
        nvbi_json_close_string(j);
    }
    nvbi_json_end_array(j);
}

/* Whether anything follows for it at all: of a remainder that is zero and left out, zero does. */
static bool is_computed(const nvb_audited *c)
{
    return c->figure || c->verdict != NVB_FOLLOWS_NOT ||
           (c->line && !nvb_text_equal(c->path, c->place));
}

static void nothing(nvbi_json *j, const char *key)
{
    nvbi_json_key(j, key);
    nvbi_json_raw(j, "null", 4);
}

static void figure(nvbi_json *j, nvb_calc *calc, const nvb_audited *c)
{
    nvbi_json_object(j);
    text(j, "pad", c->path);
    if (!nvb_text_equal(c->place, c->path))
        nvbi_json_given(j, "plaats", c->place);
    nvbi_json_number(j, calc, "gesteld", "gesteld_breuk", c->claimed);
    if (is_computed(c)) {
        nvbi_json_number(j, calc, "berekend", "berekend_breuk", c->computed);
        nvbi_json_number(j, calc, "verschil", "verschil_breuk", c->difference);
    } else {
        nothing(j, "berekend");
        nothing(j, "verschil");
    }
    plain(j, "oordeel", nvb_verdict_key(c->verdict));
    if (c->has_interval)
        range(j, calc, "interval", c->low, c->high);
    plain(j, "eenheid", unit_key(c->unit));
    if (c->enters) {
        nvbi_json_key(j, "begint_hier");
        nvbi_json_bool(j, true);
    }
    nvbi_json_end_object(j);
}

static void figures(nvbi_json *j, nvb_calc *calc, const nvb_audit *a)
{
    nvbi_json_key(j, "cijfers");
    nvbi_json_array(j);
    for (size_t i = 0, n = nvb_audit_figures(a); i < n; i++)
        figure(j, calc, nvb_audit_figure(a, i));
    nvbi_json_end_array(j);
}

/* --- readings --- */

static bool has_parameter(nvb_reading_kind kind)
{
    return kind == NVB_READ_CLAIMED_INDEX || kind == NVB_READ_SHIFTED ||
           kind == NVB_READ_DISCOUNT_ON_INDEX || kind == NVB_READ_DISCOUNT_ON_INDEXED ||
           kind == NVB_READ_DISCOUNT_ON_TARIFF || kind == NVB_READ_INDEX_WRITTEN ||
           kind == NVB_READ_INDEX_LOWER || kind == NVB_READ_PUBLISHED || kind == NVB_READ_AMOUNT;
}

static void parameter(nvbi_json *j, nvb_calc *calc, const nvb_reading *r)
{
    if (!has_parameter(r->kind))
        return;
    bool percent = r->kind != NVB_READ_AMOUNT && r->kind != NVB_READ_SHIFTED;
    int places = percent ? 2 : 0;
    nvbi_json_number(j, calc, "parameter", "parameter_breuk",
                     nvb_num_shift(calc, r->parameter, places));
    plain(j, "eenheid", r->kind == NVB_READ_SHIFTED ? "factor" : percent ? "percent" : "EUR");
    if (r->has_range)
        range(j, calc, "bereik", nvb_num_shift(calc, r->low, places),
              nvb_num_shift(calc, r->high, places));
}

static void decimals(nvbi_json *j, const char *key, int n)
{
    if (n == NVB_UNROUNDED)
        return;
    nvbi_json_key(j, key);
    nvbi_json_int(j, n);
}

/* As `methode` and `afronding` of an index say it. */
static void convention(nvbi_json *j, const nvb_reading *r)
{
    const nvb_convention *c = &r->convention;
    if (r->kind != NVB_READ_CONVENTION)
        return;
    nvbi_json_key(j, "conventie");
    nvbi_json_object(j);
    plain(j, "nacalculatie", nvb_after_method_key(c->after));
    plain(j, "samenstelling", nvb_combination_key(c->combination));
    plain(j, "weging", nvb_weighting_key(c->weighting));
    nvbi_json_key(j, "afronding");
    nvbi_json_object(j);
    decimals(j, "nacalculatie", c->round_after);
    decimals(j, "component", c->round_component);
    decimals(j, "gewogen", c->round_weighted);
    decimals(j, "totaal", c->round_total);
    nvbi_json_end_object(j);
    nvbi_json_end_object(j);
}

static void reading(nvbi_json *j,
                    nvb_calc *calc,
                    const nvb_audit *a,
                    const nvb_finding *f,
                    const nvb_reading *r,
                    nvb_lang lang)
{
    nvbi_json_object(j);
    plain(j, "soort", nvb_reading_kind_key(r->kind));
    nvbi_json_key(j, "omschrijving");
    size_t from = nvbi_json_begin_string(j);
    nvbi_audit_reading(j->out, a, f, r, lang);
    nvbi_json_settle_string(j, from);
    plain(j, "past", nvb_fit_key(r->fit));
    parameter(j, calc, r);
    convention(j, r);
    nvbi_json_given(j, "index", r->index);
    nvbi_json_given(j, "component", r->component);
    nvbi_json_given(j, "andere_component", r->other_component);
    nvbi_json_given(j, "stap", r->step);
    nvbi_json_given(j, "andere_stap", r->other_step);
    nvbi_json_given(j, "plafond", r->ceiling);
    nvbi_json_given(j, "prestatie", r->other_line);
    nvbi_json_given(j, "reeks", r->series);
    if (r->year)
        count(j, "jaar", (size_t)r->year);
    count(j, "regels", r->lines);
    if (r->breaks)
        count(j, "breekt", r->breaks);
    if (r->others)
        count(j, "andere", r->others);
    nvbi_json_end_object(j);
}

/* --- findings --- */

typedef void (*sentence)(nvb_buffer *, const nvb_audit *, const nvb_finding *, nvb_lang);

static void say(nvbi_json *j,
                const char *key,
                sentence of,
                const nvb_audit *a,
                const nvb_finding *f,
                nvb_lang lang)
{
    nvbi_json_key(j, key);
    size_t from = nvbi_json_begin_string(j);
    of(j->out, a, f, lang);
    nvbi_json_settle_string(j, from);
}

static void paths(nvbi_json *j, const nvb_finding *f)
{
    nvbi_json_key(j, "paden");
    nvbi_json_array(j);
    for (size_t i = 0; i < f->n_paths; i++)
        nvbi_json_text(j, f->paths[i]);
    if (!f->n_paths && f->path.n)
        nvbi_json_text(j, f->path);
    nvbi_json_end_array(j);
}

/* The two sides of the amount, and what has no volume to count with. */
static void sides(nvbi_json *j, nvb_calc *calc, const nvb_finding *f)
{
    if (f->n_less) {
        nvbi_json_number(j, calc, "minder", "minder_breuk", f->less);
        count(j, "minder_aantal", f->n_less);
    }
    if (f->n_more) {
        nvbi_json_number(j, calc, "meer", "meer_breuk", f->more);
        count(j, "meer_aantal", f->n_more);
    }
    if (f->without_volume)
        count(j, "zonder_volume", f->without_volume);
}

static void
finding(nvbi_json *j, nvb_calc *calc, const nvb_audit *a, const nvb_finding *f, nvb_lang lang)
{
    nvbi_json_object(j);
    text(j, "id", f->id);
    plain(j, "regel", nvb_rule_id(f->rule));
    plain(j, "soort", nvb_finding_kind_key(f->kind));
    plain(j, "ernst", nvb_gravity_key(f->gravity));
    text(j, "pad", f->path);
    paths(j, f);
    nvbi_json_key(j, "artikel");
    nvbi_json_str(j, nvb_rule_article(f->rule));
    say(j, "titel", nvbi_audit_title, a, f, lang);
    say(j, "uitleg", nvbi_audit_explanation, a, f, lang);
    if (f->has_amount)
        nvbi_json_number(j, calc, "bedrag_per_jaar", "bedrag_per_jaar_breuk", f->amount);
    sides(j, calc, f);
    nvbi_json_key(j, "verklaringen");
    nvbi_json_array(j);
    for (size_t i = 0; i < f->n_readings; i++)
        reading(j, calc, a, f, &f->readings[i], lang);
    nvbi_json_end_array(j);
    if (!nvbi_audit_for_reader(a, f))
        say(j, "vraag", nvbi_audit_question, a, f, lang);
    nvbi_json_end_object(j);
}

static void findings(nvbi_json *j, nvb_calc *calc, const nvb_audit *a, nvb_lang lang)
{
    nvbi_json_key(j, "bevindingen");
    nvbi_json_array(j);
    for (size_t i = 0, n = nvb_audit_findings(a); i < n; i++)
        finding(j, calc, a, nvb_audit_finding(a, i), lang);
    nvbi_json_end_array(j);
}

/* --- the price in effect --- */

static void effectives(nvbi_json *j, nvb_calc *calc, const nvb_audit *a)
{
    nvbi_json_key(j, "effectief");
    nvbi_json_array(j);
    for (size_t i = 0, n = nvb_audit_effectives(a); i < n; i++) {
        const nvb_effective *e = nvb_audit_effective(a, i);
        nvbi_json_object(j);
        text(j, "code", e->line->code);
        nvbi_json_number(j, calc, "tarief", "tarief_breuk", e->tariff);
        nvbi_json_number(j, calc, "effectief_tarief", "effectief_tarief_breuk", e->effective);
        nvbi_json_number(j, calc, "aantal", "aantal_breuk", e->count);
        nvbi_json_end_object(j);
    }
    nvbi_json_end_array(j);
}

static void bite(nvbi_json *j, nvb_calc *calc, const nvb_bite *b)
{
    nvbi_json_object(j);
    text(j, "id", b->ceiling->id);
    nvbi_json_number(j, calc, "bedrag", "bedrag_breuk", b->amount);
    nvbi_json_number(j, calc, "omzet", "omzet_breuk", b->turnover);
    nvbi_json_number(j, calc, "korting", "korting_breuk", b->cut);
    nvbi_json_key(j, "raakt");
    nvbi_json_bool(j, b->bites);
    if (b->has_share)
        nvbi_json_number(j, calc, "deel", "deel_breuk", nvb_num_shift(calc, b->share, 2));
    if (b->line) {
        text(j, "prestatie", b->line->code);
        nvbi_json_number(j, calc, "eenheden", "eenheden_breuk", b->units);
    }
    nvbi_json_end_object(j);
}

static void bites(nvbi_json *j, nvb_calc *calc, const nvb_audit *a)
{
    nvbi_json_key(j, "plafonds");
    nvbi_json_array(j);
    for (size_t i = 0, n = nvb_audit_bites(a); i < n; i++)
        bite(j, calc, nvb_audit_bite(a, i));
    nvbi_json_end_array(j);
}

void nvb_emit_audit_json(nvb_buffer *out, const nvb_audit *a, const nvb_emit_options *o)
{
    nvb_calc *calc = nvb_audit_calc(a);
    nvbi_json j;
    nvbi_json_begin(&j, out, o->indent);
    nvbi_json_object(&j);
    head(&j, a, o->lang);
    figures(&j, calc, a);
    findings(&j, calc, a, o->lang);
    effectives(&j, calc, a);
    bites(&j, calc, a);
    nvbi_json_end_object(&j);
    nvb_buffer_byte(out, '\n');
    /* A number that could not be worked out must not pass for one. */
    out->failed |= nvb_calc_take_error(calc) != NVB_NUM_OK;
}
