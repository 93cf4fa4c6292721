/* emit_changes.c: a comparison as one JSON object, navolgbaar/wijzigingen/1: by itself, and in an
 * explanation. Model section 8. */
#include "emit_changes.h"

static void lines(nvbi_json *j, nvb_calc *calc, const nvb_comparison *c)
{
    nvbi_json_key(j, "prestaties");
    nvbi_json_array(j);
    for (size_t i = 0, n = nvb_comparison_pairs(c); i < n; i++)
        nvbi_json_pair(j, calc, nvb_comparison_pair(c, i));
    nvbi_json_end_array(j);
}

static void total(nvbi_json *j, nvb_calc *calc, const nvb_comparison *c)
{
    nvbi_json_key(j, "totaal");
    nvbi_json_object(j);
    nvbi_json_total(j, calc, nvb_comparison_total(c), nvb_comparison_causes(c));
    size_t old_side = nvb_comparison_without_volume(c, true);
    size_t new_side = nvb_comparison_without_volume(c, false);
    if (old_side || new_side) {
        nvbi_json_key(j, "zonder_volume");
        nvbi_json_object(j);
        nvbi_json_key(j, "oud");
        nvbi_json_int(j, (long long)old_side);
        nvbi_json_key(j, "nieuw");
        nvbi_json_int(j, (long long)new_side);
        nvbi_json_end_object(j);
    }
    nvbi_json_end_object(j);
}

static void group(nvbi_json *j, nvb_calc *calc, const nvb_mix *m)
{
    nvbi_json_object(j);
    nvbi_json_key(j, "groep");
    nvbi_json_text(j, m->group);
    nvbi_json_given(j, "eenheid", m->unit);
    nvbi_json_key(j, "prestaties");
    nvbi_json_int(j, (long long)m->lines);
    nvbi_json_number(j, calc, "oud", "oud_breuk", m->before);
    nvbi_json_number(j, calc, "nieuw", "nieuw_breuk", m->after);
    nvbi_json_number(j, calc, "prijs", "prijs_breuk", m->price);
    nvbi_json_number(j, calc, "volume", "volume_breuk", m->volume);
    nvbi_json_number(j, calc, "hoeveelheid", "hoeveelheid_breuk", m->quantity);
    nvbi_json_number(j, calc, "mix", "mix_breuk", m->mix);
    nvbi_json_end_object(j);
}

static void groups(nvbi_json *j, nvb_calc *calc, const nvb_comparison *c)
{
    nvbi_json_key(j, "groepen");
    nvbi_json_array(j);
    for (size_t i = 0, n = nvb_comparison_mixes(c); i < n; i++)
        group(j, calc, nvb_comparison_mix(c, i));
    nvbi_json_end_array(j);
}

static void words(nvbi_json *j, const nvb_change *change)
{
    static const char *const kinds[] = {
        [NVB_RUN_SAME] = "gelijk", [NVB_RUN_LAPSED] = "vervallen", [NVB_RUN_ADDED] = "toegevoegd"};
    nvb_runs *runs = nvb_runs_new(change->before, change->after);
    nvbi_json_key(j, "woorden");
    nvbi_json_array(j);
    for (size_t i = 0, n = runs ? nvb_runs_count(runs) : 0; i < n; i++) {
        nvb_run run = nvb_runs_at(runs, i);
        nvbi_json_object(j);
        nvbi_json_key(j, "soort");
        nvbi_json_plain(j, kinds[run.kind], strlen(kinds[run.kind]));
        nvbi_json_key(j, "tekst");
        nvbi_json_text(j, run.text);
        nvbi_json_end_object(j);
    }
    nvbi_json_end_array(j);
    /* No words for want of memory must not pass for no words in the texts. */
    j->out->failed |= !runs;
    nvb_runs_free(runs);
}

static void change(nvbi_json *j, const nvb_change *ch)
{
    const char *kind = nvb_change_kind_key(ch->kind);
    nvbi_json_object(j);
    nvbi_json_key(j, "pad");
    nvbi_json_text(j, ch->path);
    nvbi_json_key(j, "soort");
    nvbi_json_plain(j, kind, strlen(kind));
    if (nvb_text_given(ch->before)) {
        nvbi_json_key(j, "oud");
        nvbi_json_text(j, ch->before);
    }
    if (nvb_text_given(ch->after)) {
        nvbi_json_key(j, "nieuw");
        nvbi_json_text(j, ch->after);
    }
    if (ch->prose && ch->kind == NVB_CHANGE_CHANGED)
        words(j, ch);
    nvbi_json_end_object(j);
}

static void content(nvbi_json *j, const nvb_comparison *c)
{
    nvbi_json_key(j, "inhoud");
    nvbi_json_array(j);
    for (size_t i = 0, n = nvb_comparison_changes(c); i < n; i++)
        change(j, nvb_comparison_change(c, i));
    nvbi_json_end_array(j);
}

void nvbi_json_changes(nvbi_json *j, const nvb_comparison *c, nvb_lang lang)
{
    nvb_calc *calc = nvb_comparison_calc(c);
    const char *attribution = nvb_attribution_key(nvb_comparison_options(c)->attribution);
    nvbi_json_object(j);
    nvbi_json_format(j, "navolgbaar/wijzigingen/1", lang);
    nvbi_json_key(j, "oud");
    nvbi_json_side(j, c, true);
    nvbi_json_key(j, "nieuw");
    nvbi_json_side(j, c, false);
    nvbi_json_key(j, "attributie");
    nvbi_json_plain(j, attribution, strlen(attribution));
    lines(j, calc, c);
    total(j, calc, c);
    groups(j, calc, c);
    content(j, c);
    nvbi_json_end_object(j);
    /* A number that could not be worked out must not pass for one. */
    j->out->failed |= nvb_calc_take_error(calc) != NVB_NUM_OK;
}

void nvb_emit_changes_json(nvb_buffer *out, const nvb_comparison *c, const nvb_emit_options *o)
{
    nvbi_json j;
    nvbi_json_begin(&j, out, o->indent);
    nvbi_json_changes(&j, c, o->lang);
    nvb_buffer_byte(out, '\n');
}
