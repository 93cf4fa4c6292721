/* overview_line.c: a good document of a run as one line of JSON, navolgbaar/overzicht/1. Only what
 * applies is there; read back by overview_read.c. */
#include "overview_keys.h"

#include "summary_part.h"

#include "formats/emit/emit_changes.h"

static void count(nvbi_json *j, const char *key, uint64_t n)
{
    nvbi_json_key(j, key);
    nvbi_json_int(j, (long long)n);
}

static void put_files(nvbi_json *j, const nvb_written *files, size_t n)
{
    if (n == 0)
        return;
    nvbi_json_key(j, "bestanden");
    nvbi_json_array(j);
    for (size_t i = 0; i < n; i++) {
        nvbi_json_object(j);
        nvbi_json_key(j, "naam");
        nvbi_json_text(j, files[i].name);
        count(j, "bytes", files[i].bytes);
        nvbi_json_key(j, "xxh3");
        nvbi_json_text(j, files[i].digest);
        nvbi_json_end_object(j);
    }
    nvbi_json_end_array(j);
}

static void put_difference(nvbi_json *j, nvb_calc *calc, const nvb_summary_row *row)
{
    nvb_num difference = nvb_num_sub(calc, row->turnover, row->previous);
    nvbi_json_number(j, calc, "verschil", "verschil_breuk", difference);
    nvbi_json_percent(j, calc, row->previous, row->turnover);
}

static void put_turnover(nvbi_json *j, nvb_calc *calc, const nvb_summary_row *row)
{
    count(j, "regels", row->lines);
    count(j, "zonder_volume", row->without_volume);
    if (row->has_turnover)
        nvbi_json_number(j, calc, "omzet", "omzet_breuk", row->turnover);
    if (row->compared && row->has_previous)
        nvbi_json_number(j, calc, "omzet_vorig", "omzet_vorig_breuk", row->previous);
    if (row->compared && row->has_previous && row->has_turnover)
        put_difference(j, calc, row);
}

static void put_changes(nvbi_json *j, const nvb_summary_row *row)
{
    if (!row->compared)
        return;
    nvbi_json_key(j, "prestaties");
    nvbi_json_object(j);
    for (unsigned k = 0; k < NVB_PAIR_STATE_COUNT; k++)
        count(j, nvb_pair_state_key((nvb_pair_state)k), row->pairs[k]);
    nvbi_json_end_object(j);
    nvbi_json_key(j, "banden");
    nvbi_json_array(j);
    for (unsigned k = 0; k < NVB_BAND_COUNT; k++)
        nvbi_json_int(j, (long long)row->bands[k]);
    nvbi_json_end_array(j);
}

static void put_rules(nvbi_json *j, const char *key, uint64_t rules)
{
    nvbi_json_key(j, key);
    nvbi_json_array(j);
    for (unsigned r = 0; r < NVB_RULE_COUNT; r++)
        if (rules >> r & 1U)
            nvbi_json_str(j, nvb_rule_id((nvb_rule)r));
    nvbi_json_end_array(j);
}

void nvb_emit_overview_line(nvb_buffer *out,
                            const nvb_explanation *e,
                            uint64_t number,
                            const nvb_written *files,
                            size_t n_files)
{
    nvb_summary_row row = nvb_summary_row_of(e->breakdown, e->checks, e->changes, e->diag, number);
    nvb_calc *calc = nvb_breakdown_calc(e->breakdown);
    nvbi_json j;
    nvbi_json_begin(&j, out, false);
    nvbi_json_object(&j);
    nvbi_json_key(&j, "formaat");
    nvbi_json_str(&j, NVBI_OVERVIEW_FORMAT);
    count(&j, "nummer", number);
    nvbi_json_key(&j, "kenmerk");
    nvbi_json_text(&j, nvb_text_given(row.reference) ? row.reference : NVB_TEXT(""));
    nvbi_json_given(&j, "agb", row.code);
    nvbi_json_given(&j, "naam", row.name);
    nvbi_json_given(&j, "zorgverzekeraar", row.insurer);
    nvbi_json_given(&j, "beleid", row.policy);
    if (row.year)
        count(&j, "contractjaar", (uint64_t)row.year);
    if (row.compared)
        nvbi_json_given(&j, "vorig", row.previous_reference);
    put_files(&j, files, n_files);
    put_turnover(&j, calc, &row);
    put_changes(&j, &row);
    put_rules(&j, "niet_voldaan", row.not_met);
    put_rules(&j, "onbekend", row.unknown);
    count(&j, "gaten", row.gaps);
    nvbi_json_end_object(&j);
    nvb_buffer_byte(out, '\n');
    /* A number that could not be worked out must not pass for one. */
    out->failed |= nvb_calc_take_error(calc) != NVB_NUM_OK;
}
