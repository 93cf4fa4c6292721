/*
 * fuzz_pair.c: any bytes as two documents, with a record separator (0x1E, which JSON cannot hold)
 * between them: compared, checked against each other, written as overview, letter and JSON, and as
 * a chain there and back.
 *
 * Nothing may crash, leak or hang, and with NVB_CHECK_INVARIANTS every bridge adds up. The length
 * chooses the language, the attribution, and whether the second is a price list.
 */
#include "navolgbaar/formats.h"
#include "navolgbaar/validate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct side {
    nvb_document *document;
    nvb_breakdown *breakdown;
} side;

static side work_out(const char *name, nvb_text bytes, bool list, bool bare, nvb_diag *diag)
{
    nvb_source_file file = {
        {name, strlen(name)},
        bytes
    };
    nvb_engine_options engine = {.bare = bare};
    side s = {list ? nvb_price_list_read(&file, NVB_CSV_AUTO, diag)
                   : nvb_document_read(&file, NULL, diag),
              NULL};
    const nvb_proposal *p = s.document ? nvb_document_proposal(s.document) : NULL;
    if (p && nvb_proposal_validate(p, diag))
        s.breakdown = nvb_breakdown_new(p, &engine, diag);
    return s;
}

static void release(side *s)
{
    nvb_breakdown_free(s->breakdown);
    nvb_document_free(s->document);
}

static void
write_all(const nvb_comparison *c, const side *is, const nvb_diag *diag, const nvb_emit_options *o)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_emit_changes_text(&out, c, o);
    nvb_emit_changes_json(&out, c, o);
    nvb_checks *checks = nvb_checks_new(is->breakdown, c, diag);
    if (checks) {
        nvb_explanation e = {is->document, is->breakdown, checks, diag, c, true};
        nvb_emit_letter(&out, &e, o);
        nvb_emit_json(&out, &e, o);
    }
    nvb_checks_free(checks);
    nvb_buffer_release(&out);
}

static void
write_chain(nvb_comparison *there, nvb_comparison *back, nvb_diag *diag, const nvb_emit_options *o)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_comparison *steps[] = {there, back};
    nvb_chain *chain = nvb_chain_new(steps, 2, NULL, diag);
    if (chain) {
        nvb_emit_chain_text(&out, chain, o);
        nvb_emit_chain_json(&out, chain, o);
    }
    nvb_chain_free(chain);
    nvb_buffer_release(&out);
}

static void compare(side *was, side *is, size_t size, nvb_diag *diag)
{
    nvb_compare_options options = {.attribution = size % 3 ? NVB_IN_ORDER : NVB_MIDDLE,
                                   .any_party = true,
                                   .must_be_older = size % 11 == 5,
                                   .old_is_list = nvb_document_is_list(was->document)};
    nvb_compare_options other = {
        .attribution = options.attribution, .any_party = true, .new_is_list = options.old_is_list};
    nvb_emit_options o = {.lang = size % 2 ? NVB_EN : NVB_NL};
    nvb_comparison *there = nvb_comparison_new(was->breakdown, is->breakdown, &options, diag);
    nvb_comparison *back =
        there ? nvb_comparison_new(is->breakdown, was->breakdown, &other, diag) : NULL;
    if (there)
        write_all(there, is, diag, &o);
    if (back)
        write_chain(there, back, diag, &o);
    nvb_comparison_free(back);
    nvb_comparison_free(there);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *middle = size ? memchr(data, 0x1e, size) : NULL;
    nvb_diag *diag = nvb_diag_new();
    nvb_buffer old = NVB_BUFFER_INIT, new_ = NVB_BUFFER_INIT, problems = NVB_BUFFER_INIT;
    if (middle && diag) {
        size_t n = (size_t)(middle - data);
        nvb_buffer_bytes(&old, (const char *)data, n);
        nvb_buffer_bytes(&new_, (const char *)middle + 1, size - n - 1);
    }
    if (old.n && new_.n) {
        side was = work_out("old", (nvb_text){old.s, old.n}, size % 7 == 3, true, diag);
        side is = work_out("new", (nvb_text){new_.s, new_.n}, false, false, diag);
        if (was.breakdown && is.breakdown)
            compare(&was, &is, size, diag);
        if (is.document)
            nvb_document_locate(is.document, diag);
        release(&is);
        release(&was);
    }
    if (diag)
        nvb_emit_problems(&problems, diag, NVB_NL);
    nvb_buffer_release(&problems);
    nvb_buffer_release(&new_);
    nvb_buffer_release(&old);
    nvb_diag_free(diag);
    return 0;
}
