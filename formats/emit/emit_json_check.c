/* emit_json_check.c: the checks and the gaps as JSON: in an explanation, and by themselves
 * (navolgbaar/toetsen/1). */
#include "emit_json.h"

#include "formats/word/wording.h"

static void check(nvbi_json *j, const nvb_check *c, nvb_buffer *text, nvb_lang lang)
{
    nvbi_json_object(j);
    nvbi_json_key(j, "id");
    nvbi_json_str(j, nvb_rule_id(c->rule));
    nvbi_json_key(j, "artikel");
    nvbi_json_str(j, nvb_rule_article(c->rule));
    nvbi_json_key(j, "aard");
    nvbi_json_str(j, nvbi_rule_kind_key(nvb_rule_kind_of(c->rule)));
    nvbi_json_key(j, "paden");
    nvbi_json_array(j);
    for (size_t i = 0; i < c->n_paths; i++)
        nvbi_json_text(j, c->paths[i]);
    nvbi_json_end_array(j);
    nvbi_json_key(j, "uitkomst");
    nvbi_json_str(j, nvbi_outcome_key(c->outcome));
    nvbi_json_key(j, "waarom");
    nvb_buffer_cut(text, 0);
    nvbi_word_check(text, c, lang);
    nvbi_json_text(j, (nvb_text){text->s ? text->s : "", text->n});
    nvbi_json_end_object(j);
}

void nvbi_json_checks(nvbi_json *j, const nvb_checks *checks, nvb_lang lang)
{
    nvb_buffer text = NVB_BUFFER_INIT;
    nvbi_json_array(j);
    for (unsigned i = 0; checks && i < NVB_RULE_COUNT; i++) {
        if (nvb_rule_place_of((nvb_rule)i) == NVB_IN_CHECK)
            check(j, nvb_checks_at(checks, (nvb_rule)i), &text, lang);
    }
    nvbi_json_end_array(j);
    j->out->failed |= text.failed;
    nvb_buffer_release(&text);
}

static void gap(nvbi_json *j, const nvb_problem *p, nvb_buffer *text, nvb_lang lang)
{
    nvbi_json_object(j);
    nvbi_json_key(j, "code");
    nvbi_json_str(j, nvb_code_name(p->code));
    nvbi_json_key(j, "pad");
    nvbi_json_text(j, nvb_text_given(p->path) ? p->path : NVB_TEXT(""));
    nvbi_json_key(j, "tekst");
    nvb_buffer_cut(text, 0);
    nvbi_word_problem(text, p, lang);
    nvbi_json_text(j, (nvb_text){text->s ? text->s : "", text->n});
    nvbi_json_end_object(j);
}

void nvbi_json_gaps(nvbi_json *j, const nvb_diag *diag, nvb_lang lang)
{
    nvb_buffer text = NVB_BUFFER_INIT;
    nvbi_json_array(j);
    for (size_t i = 0, n = diag ? nvb_diag_kept(diag) : 0; i < n; i++) {
        const nvb_problem *p = nvb_diag_at(diag, i);
        if (nvb_code_severity(p->code) == NVB_GAP)
            gap(j, p, &text, lang);
    }
    nvbi_json_end_array(j);
    j->out->failed |= text.failed;
    nvb_buffer_release(&text);
}

void nvb_emit_checks_json(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o)
{
    const nvb_proposal *p = nvb_breakdown_proposal(e->breakdown);
    nvbi_json j;
    nvbi_json_begin(&j, out, o->indent);
    nvbi_json_object(&j);
    nvbi_json_key(&j, "formaat");
    nvbi_json_str(&j, "navolgbaar/toetsen/1");
    nvbi_json_key(&j, "taal");
    nvbi_json_str(&j, o->lang == NVB_EN ? "en" : "nl");
    nvbi_json_key(&j, "kenmerk");
    nvbi_json_text(&j, p->reference);
    nvbi_json_key(&j, "contractjaar");
    nvbi_json_int(&j, p->year);
    nvbi_json_key(&j, "toetsen");
    nvbi_json_checks(&j, e->checks, o->lang);
    nvbi_json_key(&j, "gaten");
    nvbi_json_gaps(&j, e->diag, o->lang);
    nvbi_json_end_object(&j);
    nvb_buffer_byte(out, '\n');
}
