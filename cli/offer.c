/* offer.c: see offer.h. */
#include "offer.h"

#include "complain.h"
#include "documents.h"

static int year_of(const cli_document *d)
{
    const nvb_proposal *p = d->document ? nvb_document_proposal(d->document) : NULL;
    return p ? p->year : 0;
}

const nvb_breakdown *cli_offer_previous(cli_session *s)
{
    size_t n = s->n_documents - 1, newest = n - 1;
    for (size_t i = n - 1; i-- > 0;)
        if (year_of(&s->documents[i]) > year_of(&s->documents[newest]))
            newest = i;
    cli_document chosen = s->documents[newest];
    s->documents[newest] = s->documents[n - 1];
    s->documents[n - 1] = chosen;
    for (size_t i = 0; i + 1 < n; i++) {
        const cli_document *d = &s->documents[i];
        nvb_buffer year = NVB_BUFFER_INIT;
        if (year_of(d))
            nvb_buffer_uint(&year, (unsigned)year_of(d));
        cli_complain(s->diag, NVB_E612, d->file.argument, year.s, chosen.file.argument);
        nvb_buffer_release(&year);
    }
    return chosen.breakdown;
}

/* Errors in `from`, of a document whose files are otherwise told: among those without one. */
static void tell_errors(cli_session *s, nvb_diag *from)
{
    if (s->wanted.document)
        nvb_document_locate(s->wanted.document, from);
    for (size_t i = 0; i < nvb_diag_kept(from); i++) {
        const nvb_problem *p = nvb_diag_at(from, i);
        if (nvb_code_severity(p->code) != NVB_ERROR)
            continue;
        nvb_problem *copy =
            nvb_diag_add(s->diag, p->code, p->path, p->word[0], p->word[1], p->word[2]);
        copy->at_key = p->at_key;
        copy->place = p->place;
        copy->place.file = nvb_diag_keep(s->diag, p->place.file);
        copy->place.excerpt = nvb_diag_keep(s->diag, p->place.excerpt);
    }
}

bool cli_offer_expect(cli_session *s)
{
    const nvb_document *offer = cli_session_main(s)->document;
    if (!s->expected.read || nvb_document_is_list(offer) ||
        nvb_document_proposal(offer)->n_indices == 0)
        return true;
    nvb_diag *diag = s->wanted.diag = nvb_diag_new();
    if (diag) {
        nvb_source_file file = cli_file_source(&s->expected);
        nvb_engine_options engine = {.mpfr_only = s->request.mpfr_only};
        s->wanted.document =
            nvb_document_read(&file, &(nvb_read_options){.indices_only = true}, diag);
        const nvb_proposal *p =
            s->wanted.document ? nvb_document_proposal(s->wanted.document) : NULL;
        if (p && nvb_proposal_validate(p, diag))
            s->wanted.breakdown = nvb_breakdown_new(p, &engine, diag);
        tell_errors(s, diag);
    }
    if (!s->wanted.breakdown && nvb_diag_count(s->diag, NVB_ERROR) == 0)
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
    return s->wanted.breakdown != NULL;
}

/* --- the offer as it was given --- */

bool cli_offer_is_filled(const cli_session *s)
{
    const cli_document *d = cli_session_main(s);
    const nvb_proposal *p = d->document ? nvb_document_proposal(d->document) : NULL;
    bool assumed = false;
    for (size_t i = 0; p && i < p->n_lines && !assumed; i++)
        assumed = p->lines[i].price.basis.assumed;
    return p && !nvb_document_is_list(d->document) && (assumed || s->expected.read);
}

bool cli_offer_given(cli_session *s, const nvb_read_options *options)
{
    nvb_source_file file = cli_file_source(&cli_session_main(s)->file);
    nvb_read_options own = *options;
    nvb_engine_options engine = {.mpfr_only = s->request.mpfr_only};
    own.expected = NULL;
    own.previous = NULL;
    s->given.diag = nvb_diag_new();
    if (s->given.diag)
        s->given.document = nvb_document_read(&file, &own, s->given.diag);
    const nvb_proposal *p = s->given.document ? nvb_document_proposal(s->given.document) : NULL;
    /* What it leaves open may be what makes it sound: then it is judged as it was filled in. */
    if (p && nvb_proposal_validate(p, s->given.diag))
        s->given.breakdown = nvb_breakdown_new(p, &engine, s->given.diag);
    return s->given.diag != NULL;
}

bool cli_offer_check(cli_session *s)
{
    const cli_document *d = cli_session_main(s), *of = s->given.breakdown ? &s->given : d;
    size_t n = s->n_documents;
    const nvb_comparison *changes = n > 1 ? s->comparisons[n - 2] : NULL;
    if (of != d && n > 1) {
        nvb_compare_options options = {
            .any_party = true, .old_is_list = nvb_document_is_list(s->documents[n - 2].document)};
        s->given_changes = nvb_comparison_new(s->documents[n - 2].breakdown, of->breakdown,
                                              &options, s->given.diag);
        changes = s->given_changes ? s->given_changes : changes;
    }
    s->checks = nvb_checks_new(of->breakdown, changes, of->diag);
    if (!s->checks)
        cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
    return s->checks != NULL;
}
