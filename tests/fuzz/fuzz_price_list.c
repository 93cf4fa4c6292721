/*
 * fuzz_price_list.c: any bytes as a price list, in each notation: read, validate, compute, say what
 * is wrong.
 *
 * Nothing may crash, leak or hang. The length chooses the notation and the language.
 */
#include "navolgbaar/formats.h"
#include "navolgbaar/validate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void compute(const nvb_document *doc, nvb_diag *diag)
{
    const nvb_proposal *p = nvb_document_proposal(doc);
    if (p && nvb_proposal_validate(p, diag))
        nvb_breakdown_free(nvb_breakdown_new(p, NULL, diag));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const nvb_csv notations[] = {NVB_CSV_AUTO, NVB_CSV_NL, NVB_CSV_INTL};
    nvb_lang lang = size % 2 ? NVB_EN : NVB_NL;
    nvb_buffer bytes = NVB_BUFFER_INIT, problems = NVB_BUFFER_INIT;
    nvb_buffer_bytes(&bytes, (const char *)data, size);
    nvb_diag *diag = nvb_diag_new();
    if (!bytes.failed && diag) {
        nvb_source_file file = {
            NVB_TEXT("fuzz.csv"), {bytes.s ? bytes.s : "", bytes.n}
        };
        nvb_document *doc = nvb_price_list_read(&file, notations[size % 3], diag);
        if (doc) {
            compute(doc, diag);
            nvb_document_locate(doc, diag);
        }
        nvb_emit_problems(&problems, diag, lang);
        nvb_document_free(doc);
    }
    nvb_buffer_release(&problems);
    nvb_diag_free(diag);
    nvb_buffer_release(&bytes);
    return 0;
}
