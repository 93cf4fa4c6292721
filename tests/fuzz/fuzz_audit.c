/*
 * fuzz_audit.c: any bytes as an offer to be audited: a proposal or an explanation, with a record
 * separator (0x1E) between it, what is expected of it and last year's contract, both of which may
 * be left out.
 *
 * Nothing may crash, leak or hang. The length chooses the language, and whether the offer is a
 * price list.
 */
#include "navolgbaar/formats.h"
#include "navolgbaar/validate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OFFER, EXPECTED, PREVIOUS, PARTS };

typedef struct offer {
    nvb_document *document;
    nvb_breakdown *breakdown;
} offer;

static nvb_source_file part(const nvb_buffer *of)
{
    return (nvb_source_file){
        NVB_TEXT("fuzz"), {of->s ? of->s : "", of->n}
    };
}

static offer read(const nvb_source_file *file, bool list, const nvb_read_options *o, nvb_diag *diag)
{
    offer out = {list ? nvb_price_list_offer(file, NVB_CSV_AUTO, o, diag)
                      : nvb_document_read(file, o, diag),
                 NULL};
    const nvb_proposal *p = out.document ? nvb_document_proposal(out.document) : NULL;
    if (p && nvb_proposal_validate(p, diag))
        out.breakdown = nvb_breakdown_new(p, NULL, diag);
    return out;
}

static void release(offer *o)
{
    nvb_breakdown_free(o->breakdown);
    nvb_document_free(o->document);
}

static void write(const nvb_audit *a, nvb_lang lang)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_emit_options o = {.lang = lang};
    nvb_emit_audit_text(&out, a, &o);
    nvb_emit_audit_json(&out, a, &o);
    nvb_emit_audit_questions(&out, a, &o);
    nvb_buffer_release(&out);
}

static void audit(const offer *is, const offer *was, size_t size, nvb_diag *diag)
{
    nvb_compare_options options = {.any_party = true};
    nvb_comparison *previous =
        was->breakdown ? nvb_comparison_new(was->breakdown, is->breakdown, &options, diag) : NULL;
    nvb_checks *checks = nvb_checks_new(is->breakdown, previous, diag);
    nvb_source_file own = {NVB_TEXT("own"), nvb_figures_own()};
    nvb_figures_file *figures = nvb_figures_read(&own, diag);
    nvb_audit_inputs in = {.breakdown = is->breakdown,
                           .checks = checks,
                           .previous = previous,
                           .reference = figures ? nvb_figures_reference(figures) : NULL,
                           .is_list = nvb_document_is_list(is->document)};
    in.claims = nvb_document_claims(is->document, &in.n_claims, &in.is_explanation);
    nvb_audit *a = checks ? nvb_audit_new(&in, diag) : NULL;
    if (a)
        write(a, size % 2 ? NVB_EN : NVB_NL);
    nvb_audit_free(a);
    nvb_figures_free(figures);
    nvb_checks_free(checks);
    nvb_comparison_free(previous);
}

static void run(const nvb_buffer *parts, size_t n, size_t size, nvb_diag *diag)
{
    nvb_source_file files[PARTS];
    for (size_t i = 0; i < PARTS; i++)
        files[i] = part(&parts[i]);
    offer was = {0};
    if (n > PREVIOUS)
        was = read(&files[PREVIOUS], false, NULL, diag);
    nvb_read_options o = {.audited = true,
                          .expected = n > EXPECTED && parts[EXPECTED].n ? &files[EXPECTED] : NULL,
                          .previous = was.breakdown};
    offer is = read(&files[OFFER], size % 7 == 3, &o, diag);
    if (is.breakdown)
        audit(&is, &was, size, diag);
    if (is.document)
        nvb_document_locate(is.document, diag);
    release(&is);
    release(&was);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nvb_buffer parts[PARTS] = {NVB_BUFFER_INIT, NVB_BUFFER_INIT, NVB_BUFFER_INIT};
    nvb_buffer problems = NVB_BUFFER_INIT;
    nvb_diag *diag = nvb_diag_new();
    const uint8_t *end = data + size;
    size_t n = 0;
    for (; n < PARTS && data; n++) {
        const uint8_t *next = data < end ? memchr(data, 0x1e, (size_t)(end - data)) : NULL;
        nvb_buffer_bytes(&parts[n], (const char *)data, (size_t)((next ? next : end) - data));
        data = next ? next + 1 : NULL;
    }
    if (diag) {
        run(parts, n, size, diag);
        nvb_emit_problems(&problems, diag, NVB_NL);
    }
    nvb_buffer_release(&problems);
    for (size_t i = 0; i < PARTS; i++)
        nvb_buffer_release(&parts[i]);
    nvb_diag_free(diag);
    return 0;
}
