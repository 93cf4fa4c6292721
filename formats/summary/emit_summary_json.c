/* emit_summary_json.c: a summary as one JSON object, navolgbaar/samenvatting/1. It names no file,
 * so that the same run in another place gives the same bytes. */
#include "overview_keys.h"
#include "summary_part.h"

#include "formats/emit/emit_changes.h"
#include "formats/word/wording.h"

static void put_count(nvbi_json *j, const char *key, uint64_t n)
{
    nvbi_json_key(j, key);
    nvbi_json_int(j, (long long)n);
}

/* A text all documents share; of several, that they are. */
static void put_shared(nvbi_json *j, const char *key, nvb_text t, bool mixed)
{
    if (!mixed)
        nvbi_json_given(j, key, t);
}

static void put_head(nvbi_json *j, const nvb_summary *s)
{
    bool mixed;
    nvb_text insurer = nvb_summary_insurer(s, &mixed);
    put_shared(j, "zorgverzekeraar", insurer, mixed);
    nvb_text policy = nvb_summary_policy(s, &mixed);
    put_shared(j, "beleid", policy, mixed);
    if (nvb_summary_first_year(s)) {
        nvbi_json_key(j, "contractjaren");
        nvbi_json_object(j);
        put_count(j, "van", (uint64_t)nvb_summary_first_year(s));
        put_count(j, "tot_en_met", (uint64_t)nvb_summary_last_year(s));
        nvbi_json_end_object(j);
    }
}

static void put_totals(nvbi_json *j, const nvb_summary *s)
{
    nvb_calc *calc = nvb_summary_calc(s);
    put_count(j, "in", nvb_summary_good(s) + nvb_summary_bad(s));
    put_count(j, "uit", nvb_summary_good(s));
    put_count(j, "fouten", nvb_summary_bad(s));
    put_count(j, "concepten", nvb_summary_drafts(s));
    put_count(j, "niet_versturen", nvb_summary_unlawful(s));
    put_count(j, "regels", nvb_summary_lines(s));
    put_count(j, "zonder_volume", nvb_summary_without_volume(s));
    nvbi_json_number(j, calc, "omzet", "omzet_breuk", nvb_summary_turnover(s));
}

static void put_bounds(nvbi_json *j, const nvb_band *band)
{
    if (band->has_low) {
        nvbi_json_key(j, "van");
        nvbi_json_int(j, band->low);
    }
    if (band->has_high) {
        nvbi_json_key(j, band->zero ? "tot_en_met" : "tot");
        nvbi_json_int(j, band->high);
    }
}

static void put_distribution(nvbi_json *j, const nvb_summary *s)
{
    nvbi_json_key(j, "verdeling");
    nvbi_json_array(j);
    for (size_t i = 0; i < NVB_BAND_COUNT; i++) {
        nvb_band band = nvb_band_at(i);
        nvbi_json_object(j);
        put_bounds(j, &band);
        put_count(j, "documenten", nvb_summary_documents_in(s, i));
        put_count(j, "regels", nvb_summary_lines_in(s, i));
        nvbi_json_end_object(j);
    }
    nvbi_json_end_array(j);
}

static void put_tops(nvbi_json *j, const nvb_summary *s, const char *key, bool fallen)
{
    nvb_calc *calc = nvb_summary_calc(s);
    nvbi_json_key(j, key);
    nvbi_json_array(j);
    for (size_t i = 0; i < nvb_summary_tops(s, fallen); i++) {
        const nvb_summary_top *t = nvb_summary_top_at(s, fallen, i);
        nvbi_json_object(j);
        put_count(j, "nummer", t->number);
        nvbi_json_key(j, "kenmerk");
        nvbi_json_text(j, t->reference);
        nvbi_json_given(j, "agb", t->code);
        nvbi_json_given(j, "naam", t->name);
        nvbi_json_number(j, calc, "oud", "oud_breuk", t->previous);
        nvbi_json_number(j, calc, "nieuw", "nieuw_breuk", t->turnover);
        nvbi_json_number(j, calc, "verschil", "verschil_breuk", t->difference);
        nvbi_json_percent(j, calc, t->previous, t->turnover);
        nvbi_json_end_object(j);
    }
    nvbi_json_end_array(j);
}

static void put_comparison(nvbi_json *j, const nvb_summary *s)
{
    nvb_calc *calc = nvb_summary_calc(s);
    nvb_num before = nvb_summary_before(s), after = nvb_summary_after(s);
    if (nvb_summary_compared(s) == 0)
        return;
    nvbi_json_key(j, "vergelijking");
    nvbi_json_object(j);
    put_count(j, "documenten", nvb_summary_compared(s));
    put_count(j, "zonder_vorig_contract", nvb_summary_good(s) - nvb_summary_compared(s));
    put_count(j, "met_verschil", nvb_summary_differences(s));
    nvbi_json_number(j, calc, "oud", "oud_breuk", before);
    nvbi_json_number(j, calc, "nieuw", "nieuw_breuk", after);
    nvbi_json_number(j, calc, "verschil", "verschil_breuk", nvb_num_sub(calc, after, before));
    nvbi_json_percent(j, calc, before, after);
    nvbi_json_key(j, "prestaties");
    nvbi_json_object(j);
    for (unsigned k = 0; k < NVB_PAIR_STATE_COUNT; k++)
        put_count(j, nvb_pair_state_key((nvb_pair_state)k),
                  nvb_summary_pairs(s, (nvb_pair_state)k));
    nvbi_json_end_object(j);
    put_distribution(j, s);
    put_tops(j, s, "stijgers", false);
    put_tops(j, s, "dalers", true);
    nvbi_json_end_object(j);
}

static void put_rules(nvbi_json *j, const nvb_summary *s)
{
    nvbi_json_key(j, "toetsen");
    nvbi_json_array(j);
    for (unsigned k = 0; k < NVB_RULE_COUNT; k++) {
        nvb_rule r = (nvb_rule)k;
        if (nvb_rule_place_of(r) != NVB_IN_CHECK)
            continue;
        nvbi_json_object(j);
        nvbi_json_key(j, "id");
        nvbi_json_str(j, nvb_rule_id(r));
        nvbi_json_key(j, "artikel");
        nvbi_json_str(j, nvb_rule_article(r));
        nvbi_json_key(j, "aard");
        nvbi_json_str(j, nvbi_rule_kind_key(nvb_rule_kind_of(r)));
        put_count(j, "niet_voldaan", nvb_summary_not_met(s, r));
        put_count(j, "onbekend", nvb_summary_unknown(s, r));
        nvbi_json_end_object(j);
    }
    nvbi_json_end_array(j);
}

static void put_errors(nvbi_json *j, const nvb_summary *s, nvb_lang lang)
{
    nvbi_json_key(j, "meldingen");
    nvbi_json_array(j);
    for (unsigned c = NVB_OK + 1; c < NVB_CODE_COUNT; c++) {
        uint64_t n = nvb_summary_errors(s, (nvb_code)c);
        if (n == 0)
            continue;
        nvbi_json_object(j);
        nvbi_json_key(j, "code");
        nvbi_json_str(j, nvb_code_name((nvb_code)c));
        put_count(j, "documenten", n);
        nvbi_json_key(j, "melding");
        size_t from = nvbi_json_begin_string(j);
        nvbi_summary_code(j->out, (nvb_code)c, lang);
        nvbi_json_settle_string(j, from);
        nvbi_json_end_object(j);
    }
    nvbi_json_end_array(j);
}

void nvb_emit_summary_json(nvb_buffer *out,
                           const nvb_summary *s,
                           const nvb_summary_about *about,
                           const nvb_emit_options *o)
{
    nvbi_json j;
    (void)about; /* it names files */
    nvbi_json_begin(&j, out, o && o->indent);
    nvbi_json_object(&j);
    nvbi_json_format(&j, NVBI_SUMMARY_FORMAT, o ? o->lang : NVB_NL);
    put_head(&j, s);
    put_totals(&j, s);
    put_comparison(&j, s);
    put_rules(&j, s);
    put_errors(&j, s, o ? o->lang : NVB_NL);
    nvbi_json_end_object(&j);
    nvb_buffer_byte(out, '\n');
    out->failed |= nvb_calc_take_error(nvb_summary_calc(s)) != NVB_NUM_OK;
}
