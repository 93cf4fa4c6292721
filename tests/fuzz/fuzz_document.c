/*
 * fuzz_document.c: any bytes as a proposal, through the whole product: read, validate, compute,
 * check, write.
 *
 * Nothing may crash, leak or hang, and with NVB_CHECK_INVARIANTS no sum may be off. The length
 * chooses the language, whether the same bytes are the policy too, and whether a value is set.
 */
#include "navolgbaar/formats.h"
#include "navolgbaar/validate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_all(nvb_explanation *e, nvb_lang lang)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_emit_options o = {.lang = lang};
    nvb_emit_json(&out, e, &o);
    nvb_emit_letter(&out, e, &o);
    nvb_emit_checks_text(&out, e, &o);
    nvb_emit_checks_json(&out, e, &o);
    nvb_emit_tree(&out, e, &o);
    for (size_t i = 0; i < nvb_breakdown_count(e->breakdown) && i < 50; i++) {
        o.path = nvb_breakdown_at(e->breakdown, i)->path;
        nvb_emit_show(&out, e, &o);
    }
    nvb_buffer_release(&out);
}

static void work_out(const nvb_document *doc, nvb_diag *diag, nvb_lang lang)
{
    const nvb_proposal *p = nvb_document_proposal(doc);
    if (!p || !nvb_proposal_validate(p, diag))
        return;
    nvb_breakdown *b = nvb_breakdown_new(p, NULL, diag);
    nvb_checks *c = b ? nvb_checks_new(b, NULL, diag) : NULL;
    if (c) {
        nvb_explanation e = {doc, b, c, diag, NULL, true};
        write_all(&e, lang);
    }
    nvb_checks_free(c);
    nvb_breakdown_free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nvb_lang lang = size % 2 ? NVB_EN : NVB_NL;
    bool with_policy = size % 7 == 3;
    nvb_buffer bytes = NVB_BUFFER_INIT;
    nvb_buffer_bytes(&bytes, (const char *)data, size);
    nvb_diag *diag = nvb_diag_new();
    if (bytes.failed || !diag) {
        nvb_diag_free(diag);
        nvb_buffer_release(&bytes);
        return 0;
    }
    nvb_source_file file = {
        NVB_TEXT("fuzz.json"), {bytes.s, bytes.n}
    };
    nvb_setting setting = {NVB_TEXT("/contractjaar"), NVB_TEXT("2026")};
    nvb_document *doc = nvb_document_read(&file,
                                          &(nvb_read_options){.policies = &file,
                                                              .n_policies = with_policy,
                                                              .settings = &setting,
                                                              .n_settings = size % 3 == 0},
                                          diag);
    if (doc) {
        work_out(doc, diag, lang);
        nvb_document_locate(doc, diag);
    }
    nvb_buffer problems = NVB_BUFFER_INIT;
    nvb_emit_problems(&problems, diag, lang);
    nvb_buffer_release(&problems);
    nvb_document_free(doc);
    nvb_diag_free(diag);
    nvb_buffer_release(&bytes);
    return 0;
}
