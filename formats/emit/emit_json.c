/* emit_json.c: an explanation as one JSON object on one line, navolgbaar/toelichting/1. Model
 * section 7. */
#include "emit_json.h"

#include "emit_changes.h"
#include "formats/read/document.h"

static void figures(nvbi_json *j, const nvb_explanation *e, nvb_lang lang)
{
    nvb_calc *calc = nvb_breakdown_calc(e->breakdown);
    nvbi_origins origins;
    nvbi_shared shared = {0};
    nvbi_origins_init(&origins, e->breakdown);
    nvbi_json_array(j);
    for (size_t i = 0, n = nvb_breakdown_count(e->breakdown); i < n; i++)
        nvbi_json_figure(j, calc, &origins, &shared, nvb_breakdown_at(e->breakdown, i), lang);
    nvbi_json_end_array(j);
    /* Half a list of origins must not pass for a whole one. */
    j->out->failed |= origins.failed;
    nvbi_origins_release(&origins);
}

static void proposal(nvbi_json *j, const nvb_explanation *e)
{
    if (!j->indent) {
        nvbi_json_raw(j, "", 0);
        nvbi_document_emit(j->out, e->document);
        return;
    }
    nvb_buffer compact = NVB_BUFFER_INIT;
    nvbi_document_emit(&compact, e->document);
    nvbi_json_copy(j, compact.s, compact.n);
    j->out->failed |= compact.failed;
    nvb_buffer_release(&compact);
}

void nvb_emit_json(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o)
{
    nvbi_json j;
    nvbi_json_begin(&j, out, o->indent);
    nvbi_json_object(&j);
    nvbi_json_key(&j, "formaat");
    nvbi_json_str(&j, "navolgbaar/toelichting/1");
    nvbi_json_key(&j, "taal");
    nvbi_json_str(&j, o->lang == NVB_EN ? "en" : "nl");
    nvbi_json_key(&j, "voorstel");
    proposal(&j, e);
    nvbi_json_key(&j, "knopen");
    figures(&j, e, o->lang);
    nvbi_json_key(&j, "secties");
    nvbi_json_sections(&j, e->breakdown, o->lang);
    nvbi_json_key(&j, "toetsen");
    nvbi_json_checks(&j, e->checks, o->lang);
    if (e->changes) {
        nvbi_json_key(&j, "wijzigingen");
        nvbi_json_changes(&j, e->changes, o->lang);
    }
    if (e->draft) {
        nvbi_json_key(&j, "gaten");
        nvbi_json_gaps(&j, e->diag, o->lang);
    }
    nvbi_json_end_object(&j);
    nvb_buffer_byte(out, '\n');
}
