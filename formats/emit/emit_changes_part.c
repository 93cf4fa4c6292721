/* emit_changes_part.c: the pieces a comparison and a chain have in common: documents, numbers,
 * bridges. */
#include "emit_changes.h"

#include "core/numtext.h"

static void plain(nvbi_json *j, const char *key, const char *s)
{
    nvbi_json_key(j, key);
    nvbi_json_plain(j, s, strlen(s));
}

void nvbi_json_format(nvbi_json *j, const char *format, nvb_lang lang)
{
    plain(j, "formaat", format);
    plain(j, "taal", lang == NVB_EN ? "en" : "nl");
}

void nvbi_json_side(nvbi_json *j, const nvb_comparison *c, bool old_side)
{
    const nvb_compare_options *o = nvb_comparison_options(c);
    bool list = old_side ? o->old_is_list : o->new_is_list;
    const nvb_proposal *p =
        nvb_breakdown_proposal(old_side ? nvb_comparison_old(c) : nvb_comparison_new_side(c));
    nvbi_json_object(j);
    nvbi_json_key(j, "kenmerk");
    nvbi_json_text(j, nvb_text_given(p->reference) ? p->reference : NVB_TEXT(""));
    if (!list) {
        nvbi_json_key(j, "contractjaar");
        nvbi_json_int(j, p->year);
        nvbi_json_key(j, "ronde");
        nvbi_json_int(j, p->round);
    }
    plain(j, "soort", list ? "prijslijst" : nvb_document_kind_key(p->kind));
    nvbi_json_end_object(j);
}

void nvbi_json_number(
    nvbi_json *j, nvb_calc *calc, const char *key, const char *fraction_key, nvb_num value)
{
    nvbi_json_key(j, key);
    nvbi_json_open_string(j);
    bool exact = nvbi_num_append(calc, j->out, value);
    nvbi_json_close_string(j);
    if (exact)
        return;
    nvbi_json_key(j, fraction_key);
    nvbi_json_open_string(j);
    nvbi_num_append_fraction(calc, j->out, value);
    nvbi_json_close_string(j);
}

void nvbi_json_given(nvbi_json *j, const char *key, nvb_text t)
{
    if (!nvb_text_given(t) || t.n == 0)
        return;
    nvbi_json_key(j, key);
    nvbi_json_text(j, t);
}

static const char *kind_key(nvb_bridge_kind kind, nvbi_step_names names)
{
    bool step = nvb_bridge_kind_is_step(kind);
    return step && names == NVBI_STEPS_AS_ONE ? "stap" : nvb_bridge_kind_key(kind);
}

static void item(nvbi_json *j, nvb_calc *calc, const nvb_bridge_item *i, nvbi_step_names names)
{
    nvbi_json_object(j);
    nvbi_json_key(j, "id");
    nvbi_json_text(j, i->id);
    plain(j, "soort", kind_key(i->kind, names));
    nvbi_json_number(j, calc, "bedrag", "breuk", i->amount);
    nvbi_json_key(j, "afgedrukt");
    nvbi_json_open_string(j);
    nvbi_num_append_fixed(calc, j->out, i->printed, 2);
    nvbi_json_close_string(j);
    if (i->carries_cent) {
        nvbi_json_key(j, "draagt_cent");
        nvbi_json_bool(j, true);
    }
    nvbi_json_end_object(j);
}

void nvbi_json_bridge(nvbi_json *j, nvb_calc *calc, const nvb_bridge *b, nvbi_step_names names)
{
    nvbi_json_array(j);
    for (size_t i = 0; i < b->n; i++)
        item(j, calc, &b->items[i], names);
    nvbi_json_end_array(j);
}

void nvbi_json_total(nvbi_json *j,
                     nvb_calc *calc,
                     const nvb_bridge *total,
                     const nvb_bridge *causes)
{
    nvbi_json_number(j, calc, "oud", "oud_breuk", total->from);
    nvbi_json_number(j, calc, "nieuw", "nieuw_breuk", total->to);
    nvbi_json_number(j, calc, "verschil", "verschil_breuk", total->difference);
    nvbi_json_key(j, "brug");
    nvbi_json_bridge(j, calc, total, NVBI_STEPS_APART);
    nvbi_json_key(j, "oorzaken");
    nvbi_json_bridge(j, calc, causes, NVBI_STEPS_AS_ONE);
}
