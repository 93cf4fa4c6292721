/* emit_changes_chain.c: a chain of documents as one JSON object, navolgbaar/reeks/1: every line
 * followed through the years, the whole, and each step by itself. */
#include "emit_changes.h"

#include "core/numtext.h"

static void documents(nvbi_json *j, const nvb_chain *chain)
{
    nvbi_json_key(j, "documenten");
    nvbi_json_array(j);
    nvbi_json_side(j, nvb_chain_step(chain, 0), true);
    for (size_t i = 0, n = nvb_chain_steps(chain); i < n; i++)
        nvbi_json_side(j, nvb_chain_step(chain, i), false);
    nvbi_json_end_array(j);
}

static void points(nvbi_json *j, nvb_calc *calc, const nvb_trace *t)
{
    nvbi_json_key(j, "tarieven");
    nvbi_json_array(j);
    for (size_t i = 0; i < t->n; i++) {
        nvbi_json_object(j);
        nvbi_json_key(j, "document");
        nvbi_json_int(j, (long long)t->points[i].document);
        nvbi_json_key(j, "code");
        nvbi_json_text(j, t->points[i].code);
        nvbi_json_number(j, calc, "tarief", "tarief_breuk", t->points[i].tariff);
        nvbi_json_end_object(j);
    }
    nvbi_json_end_array(j);
}

/* A rate that is a fraction may still have more digits than are shown. */
static void exact_rate(nvbi_json *j, nvb_calc *calc, const nvb_growth *g)
{
    if (nvb_num_cmp(calc, g->value, g->low) == 0)
        return;
    nvbi_json_key(j, "percentage_breuk");
    nvbi_json_open_string(j);
    nvbi_num_append_fraction(calc, j->out, g->low);
    nvbi_json_close_string(j);
}

static void enclosure(nvbi_json *j, nvb_calc *calc, const nvb_growth *g)
{
    nvbi_json_key(j, "tussen");
    nvbi_json_array(j);
    nvbi_json_open_string(j);
    nvbi_num_append(calc, j->out, g->low);
    nvbi_json_close_string(j);
    nvbi_json_open_string(j);
    nvbi_num_append(calc, j->out, g->high);
    nvbi_json_close_string(j);
    nvbi_json_end_array(j);
}

static void growth(nvbi_json *j, nvb_calc *calc, const nvb_growth *g)
{
    nvbi_json_key(j, "groei");
    nvbi_json_object(j);
    nvbi_json_key(j, "soort");
    nvbi_json_str(j, nvb_growth_kind_key(g->kind));
    if (g->years) {
        nvbi_json_key(j, "jaren");
        nvbi_json_int(j, g->years);
    }
    if (g->kind != NVB_GROWTH_NONE) {
        nvbi_json_key(j, "percentage");
        nvbi_json_open_string(j);
        nvbi_num_append_fixed(calc, j->out, g->value, g->decimals);
        nvbi_json_close_string(j);
        if (g->kind == NVB_GROWTH_EXACT)
            exact_rate(j, calc, g);
        nvbi_json_key(j, "decimalen");
        nvbi_json_int(j, g->decimals);
        if (g->kind == NVB_GROWTH_ENCLOSED)
            enclosure(j, calc, g);
    }
    nvbi_json_end_object(j);
}

static void against(nvbi_json *j, nvb_calc *calc, const nvb_trace *t)
{
    nvbi_json_key(j, "cijfers");
    nvbi_json_array(j);
    for (size_t i = 0; i < t->n_against; i++) {
        const nvb_against *a = &t->against[i];
        nvbi_json_object(j);
        nvbi_json_key(j, "reeks");
        nvbi_json_text(j, a->series->id);
        if (a->missing_year) {
            nvbi_json_key(j, "ontbreekt");
            nvbi_json_int(j, a->missing_year);
        } else {
            nvbi_json_number(j, calc, "geindexeerd", "geindexeerd_breuk", a->indexed);
            nvbi_json_number(j, calc, "verschil", "verschil_breuk", a->gap);
        }
        nvbi_json_end_object(j);
    }
    nvbi_json_end_array(j);
}

static void trace(nvbi_json *j, nvb_calc *calc, const nvb_trace *t)
{
    nvbi_json_object(j);
    nvbi_json_key(j, "code");
    nvbi_json_text(j, t->code);
    nvbi_json_given(j, "omschrijving", t->line->description);
    points(j, calc, t);
    if (t->merged) {
        nvbi_json_key(j, "samengevoegd");
        nvbi_json_bool(j, true);
    }
    nvbi_json_number(j, calc, "verschil", "verschil_breuk", t->bridge.difference);
    nvbi_json_key(j, "brug");
    nvbi_json_bridge(j, calc, &t->bridge, NVBI_STEPS_AS_ONE);
    growth(j, calc, &t->growth);
    if (t->n_against)
        against(j, calc, t);
    nvbi_json_end_object(j);
}

static void traces(nvbi_json *j, nvb_calc *calc, const nvb_chain *chain)
{
    nvbi_json_key(j, "prestaties");
    nvbi_json_array(j);
    for (size_t i = 0, n = nvb_chain_traces(chain); i < n; i++)
        trace(j, calc, nvb_chain_trace(chain, i));
    nvbi_json_end_array(j);
}

/* --- the published figures that were used, each with its source --- */

static void published(nvbi_json *j, nvb_calc *calc, const nvb_published *f)
{
    nvbi_json_object(j);
    nvbi_json_key(j, "jaar");
    nvbi_json_int(j, f->year);
    nvbi_json_key(j, "stadium");
    nvbi_json_str(j, nvb_stage_key(f->stage));
    nvbi_json_key(j, "percentage");
    nvbi_json_open_string(j);
    nvbi_num_append(calc, j->out, nvb_num_shift(calc, f->percentage.value, 2));
    NVBI_ADD(j->out, "%");
    nvbi_json_close_string(j);
    nvbi_json_key(j, "bron");
    nvbi_json_text(j, f->source->id);
    nvbi_json_given(j, "titel", f->source->title);
    nvbi_json_given(j, "vindplaats", f->source->reference);
    nvbi_json_end_object(j);
}

static void series(nvbi_json *j, nvb_calc *calc, const nvb_chain *c, size_t i)
{
    const nvb_series *s = &nvb_chain_reference(c)->series[i];
    size_t n;
    const nvb_published *const *used = nvb_chain_published(c, i, &n);
    nvbi_json_object(j);
    nvbi_json_key(j, "id");
    nvbi_json_text(j, s->id);
    nvbi_json_given(j, "omschrijving", s->description);
    nvbi_json_key(j, "cijfers");
    nvbi_json_array(j);
    for (size_t k = 0; k < n; k++)
        published(j, calc, used[k]);
    nvbi_json_end_array(j);
    nvbi_json_end_object(j);
}

static void reference(nvbi_json *j, nvb_calc *calc, const nvb_chain *c)
{
    const nvb_reference *r = nvb_chain_reference(c);
    if (!r)
        return;
    nvbi_json_key(j, "referentie");
    nvbi_json_object(j);
    nvbi_json_given(j, "titel", r->title);
    nvbi_json_key(j, "reeksen");
    nvbi_json_array(j);
    for (size_t i = 0; i < r->n; i++)
        series(j, calc, c, i);
    nvbi_json_end_array(j);
    nvbi_json_end_object(j);
}

static void total(nvbi_json *j, nvb_calc *calc, const nvb_chain *chain)
{
    nvbi_json_key(j, "totaal");
    nvbi_json_object(j);
    nvbi_json_total(j, calc, nvb_chain_total(chain), nvb_chain_causes(chain));
    nvbi_json_end_object(j);
}

void nvb_emit_chain_json(nvb_buffer *out, const nvb_chain *c, const nvb_emit_options *o)
{
    nvb_calc *calc = nvb_chain_calc(c);
    const char *attribution =
        nvb_attribution_key(nvb_comparison_options(nvb_chain_step(c, 0))->attribution);
    nvbi_json j;
    nvbi_json_begin(&j, out, o->indent);
    nvbi_json_object(&j);
    nvbi_json_format(&j, "navolgbaar/reeks/1", o->lang);
    nvbi_json_key(&j, "attributie");
    nvbi_json_plain(&j, attribution, strlen(attribution));
    documents(&j, c);
    reference(&j, calc, c);
    traces(&j, calc, c);
    total(&j, calc, c);
    nvbi_json_key(&j, "stappen");
    nvbi_json_array(&j);
    for (size_t i = 0, n = nvb_chain_steps(c); i < n; i++)
        nvbi_json_changes(&j, nvb_chain_step(c, i), o->lang);
    nvbi_json_end_array(&j);
    nvbi_json_end_object(&j);
    nvb_buffer_byte(out, '\n');
    /* A number that could not be worked out must not pass for one. */
    out->failed |= nvb_calc_take_error(calc) != NVB_NUM_OK;
}
