/* emit_changes_line.c: one line of a comparison as JSON: where it comes from, what it was and is,
 * why its tariff changed and what that does to the turnover. */
#include "emit_changes.h"

static void where_from(nvbi_json *j, const nvb_pair *pair)
{
    nvbi_json_key(j, "code");
    nvbi_json_text(j, pair->code);
    const nvb_line *line = pair->new_line;
    if (!line && pair->n_old)
        line = pair->old[0].line;
    if (line)
        nvbi_json_given(j, "omschrijving", line->description);
    if (pair->n_old && (pair->renamed || pair->n_old > 1 || pair->split)) {
        nvbi_json_key(j, "was");
        nvbi_json_array(j);
        for (size_t i = 0; i < pair->n_old; i++)
            nvbi_json_text(j, pair->old[i].line->code);
        nvbi_json_end_array(j);
    }
    if (pair->split) {
        nvbi_json_key(j, "splitsing");
        nvbi_json_bool(j, true);
    }
    const char *state = nvb_pair_state_key(pair->state);
    nvbi_json_key(j, "status");
    nvbi_json_plain(j, state, strlen(state));
}

static void side(nvbi_json *j, nvb_calc *calc, const char *key, const nvb_side *s)
{
    nvbi_json_key(j, key);
    nvbi_json_object(j);
    if (s->has_tariff)
        nvbi_json_number(j, calc, "tarief", "tarief_breuk", s->tariff);
    if (s->has_count)
        nvbi_json_number(j, calc, "aantal", "aantal_breuk", s->count);
    if (s->has_turnover)
        nvbi_json_number(j, calc, "omzet", "omzet_breuk", s->turnover);
    nvbi_json_end_object(j);
}

static void effect(nvbi_json *j, nvb_calc *calc, const nvb_pair *pair)
{
    nvbi_json_key(j, "effect");
    nvbi_json_object(j);
    nvbi_json_number(j, calc, "prijs", "prijs_breuk", pair->price);
    nvbi_json_number(j, calc, "volume", "volume_breuk", pair->volume);
    nvbi_json_number(j, calc, "staffels", "staffels_breuk", pair->tiers);
    nvbi_json_number(j, calc, "afronding", "afronding_breuk", pair->rounding);
    nvbi_json_end_object(j);
}

/* The base against the figure of last year's contract that it says it is. */
static void base(nvbi_json *j, nvb_calc *calc, const nvb_pair *pair)
{
    nvb_text last = pair->new_line->price.basis.last;
    nvbi_json_key(j, "basis");
    nvbi_json_object(j);
    nvbi_json_key(j, "vorig");
    nvbi_json_text(j, last.n ? last : NVB_TEXT("tarief"));
    nvbi_json_number(j, calc, "bedrag", "bedrag_breuk", pair->claimed);
    nvbi_json_number(j, calc, "genoemd", "genoemd_breuk", pair->named);
    nvbi_json_key(j, "sluit");
    nvbi_json_bool(j, !pair->gap);
    nvbi_json_end_object(j);
}

void nvbi_json_pair(nvbi_json *j, nvb_calc *calc, const nvb_pair *pair)
{
    bool was = pair->n_old > 0, is = pair->new_line != NULL;
    nvbi_json_object(j);
    where_from(j, pair);
    if (was)
        side(j, calc, "oud", &pair->before);
    if (is)
        side(j, calc, "nieuw", &pair->after);
    if (pair->claims_last && pair->before.has_tariff && pair->after.has_tariff)
        base(j, calc, pair);
    if (was && is && pair->before.has_tariff && pair->after.has_tariff)
        nvbi_json_number(j, calc, "verschil", "verschil_breuk", pair->tariff.difference);
    nvbi_json_key(j, "brug");
    nvbi_json_bridge(j, calc, &pair->tariff, NVBI_STEPS_APART);
    if (was && is && (pair->before.has_turnover || pair->after.has_turnover))
        effect(j, calc, pair);
    nvbi_json_end_object(j);
}
