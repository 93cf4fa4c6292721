/* session.c: see session.h. */
#include "session.h"

#include <stdlib.h>

#include "complain.h"
#include "documents.h"
#include "nearest.h"
#include "offer.h"
#include "problems.h"
#include "rows.h"
#include "streams.h"
#include "words.h"

bool cli_session_init(cli_session *s, nvb_lang lang)
{
    *s = (cli_session){
        .request = {.lang = lang, .csv = CLI_CSV_AUTO},
          .out = NVB_BUFFER_INIT
    };
    s->diag = nvb_diag_new();
    return s->diag != NULL;
}

nvb_lang cli_session_lang(const cli_session *s)
{
    return (nvb_lang)s->request.lang;
}

const cli_document *cli_session_main(const cli_session *s)
{
    return &s->documents[s->n_documents - 1];
}

static void out_of_memory(cli_session *s)
{
    cli_complain(s->diag, NVB_E901, NULL, NULL, NULL);
}

/* The last document before number `i` that says its year; NULL when there is none. */
static const nvb_proposal *earlier(const cli_session *s, size_t i)
{
    while (i-- > 0) {
        const nvb_proposal *p = nvb_document_proposal(s->documents[i].document);
        if (p && p->year)
            return p;
    }
    return NULL;
}

/* Document number `i` with the one before. */
static bool compare_pair(cli_session *s, size_t i, bool must_be_older)
{
    const cli_request *r = &s->request;
    const cli_document *old = &s->documents[i - 1], *new_ = &s->documents[i];
    nvb_compare_options options = {
        .attribution = (nvb_attribution)r->attribution,
        .any_party = r->any_party,
        .must_be_older = must_be_older,
        .earlier = earlier(s, i - 1),
        .old_is_list = nvb_document_is_list(old->document),
        .new_is_list = nvb_document_is_list(new_->document),
    };
    size_t errors = nvb_diag_count(new_->diag, NVB_ERROR);
    s->comparisons[i - 1] =
        nvb_comparison_new(old->breakdown, new_->breakdown, &options, new_->diag);
    if (!s->comparisons[i - 1] && nvb_diag_count(new_->diag, NVB_ERROR) == errors)
        out_of_memory(s);
    return s->comparisons[i - 1] != NULL;
}

/* All pairs, so that everything wrong is told at once. */
static bool compare(cli_session *s, bool must_be_older)
{
    bool fine = true;
    for (size_t i = 1; i < s->n_documents; i++)
        fine = compare_pair(s, i, must_be_older) && fine;
    return fine;
}

bool cli_session_open(cli_session *s, bool draft)
{
    const cli_request *r = &s->request;
    const char *names[] = {r->previous, r->operands[0]};
    size_t n = r->previous ? 2 : 1;
    s->gaps = draft ? CLI_GAPS_TOLD : CLI_GAPS_REFUSE;
    if (!cli_documents_name(s, names + 2 - n, n) || !cli_documents_open(s) || !compare(s, true))
        return false;
    const cli_document *d = cli_session_main(s);
    s->checks = nvb_checks_new(d->breakdown, s->comparisons[0], d->diag);
    if (!s->checks)
        out_of_memory(s);
    return s->checks && (draft || nvb_diag_count(d->diag, NVB_GAP) == 0);
}

bool cli_session_compare(cli_session *s)
{
    size_t n = s->request.n_operands;
    s->gaps = CLI_GAPS_ASIDE;
    if (!cli_documents_name(s, s->request.operands, n) || !cli_documents_open(s) ||
        !compare(s, false))
        return false;
    if (n == 2 && !s->figures)
        return true;
    const nvb_reference *reference = s->figures ? nvb_figures_reference(s->figures) : NULL;
    nvb_diag *diag = cli_session_main(s)->diag;
    s->chain = nvb_chain_new(s->comparisons, n - 1, reference, diag);
    if (!s->chain && nvb_diag_count(diag, NVB_ERROR) == 0)
        out_of_memory(s);
    return s->chain != NULL;
}

static nvb_audit_inputs audit_inputs(const cli_session *s)
{
    const cli_document *d = cli_session_main(s);
    nvb_audit_inputs in = {
        .breakdown = d->breakdown,
        .checks = s->checks,
        .previous = s->n_documents > 1 ? s->comparisons[s->n_documents - 2] : NULL,
        .reference = s->figures ? nvb_figures_reference(s->figures) : NULL,
        .is_list = nvb_document_is_list(d->document),
        .expected = s->wanted.breakdown,
        .is_expected = s->expected.read,
    };
    in.claims = nvb_document_claims(d->document, &in.n_claims, &in.is_explanation);
    return in;
}

bool cli_session_audit(cli_session *s)
{
    const cli_request *r = &s->request;
    const char *names[CLI_MAX_OPERANDS + 1];
    size_t n = r->contracts.n;
    s->gaps = CLI_GAPS_FOUND;
    if (n >= CLI_MAX_OPERANDS) {
        cli_complain(s->diag, NVB_E820, "audit", "50", NULL);
        return false;
    }
    for (size_t i = 0; i < n; i++)
        names[i] = r->contracts.items[i];
    names[n] = r->operands[0];
    if (!cli_documents_name(s, names, n + 1) || !cli_documents_open(s) ||
        (n && !compare_pair(s, n, true)))
        return false;
    const cli_document *d = cli_session_main(s);
    if (!cli_offer_check(s) || !cli_offer_expect(s))
        return false;
    nvb_audit_inputs in = audit_inputs(s);
    size_t errors = nvb_diag_count(d->diag, NVB_ERROR);
    s->audit = nvb_audit_new(&in, d->diag);
    if (!s->audit && nvb_diag_count(d->diag, NVB_ERROR) == errors)
        out_of_memory(s);
    return s->audit != NULL;
}

nvb_explanation cli_session_explanation(const cli_session *s)
{
    const cli_document *d = cli_session_main(s);
    return (nvb_explanation){.document = d->document,
                             .breakdown = d->breakdown,
                             .checks = s->checks,
                             .diag = d->diag,
                             .changes = s->comparisons[0],
                             .draft = s->gaps != CLI_GAPS_REFUSE};
}

nvb_emit_options cli_session_emit_options(const cli_session *s)
{
    const cli_request *r = &s->request;
    return (nvb_emit_options){
        .lang = cli_session_lang(s),
        .indent = r->indent,
        .hide_zero = r->hide_zero,
        .depth = r->depth,
    };
}

/* "1000" is the code of a line: its path, "/prestaties/1000", when there is such a line. */
static nvb_text path_of_line(const nvb_breakdown *b, const char *code)
{
    static const char lines[] = "/prestaties/";
    size_t before = sizeof lines - 1, n = strlen(code);
    for (size_t i = 0; n > 0 && i < nvb_breakdown_count(b); i++) {
        nvb_text path = nvb_breakdown_at(b, i)->path;
        if (path.n > before + n && path.s[before + n] == '/' &&
            memcmp(path.s, lines, before) == 0 && memcmp(path.s + before, code, n) == 0)
            return (nvb_text){path.s, before + n};
    }
    return (nvb_text){NULL, 0};
}

void cli_session_no_figure(cli_session *s)
{
    nvb_lang lang = cli_session_lang(s);
    const char *path = s->request.operands[1];
    const nvb_breakdown *b = cli_session_main(s)->breakdown;
    nvb_buffer hint = NVB_BUFFER_INIT;
    cli_nearest near = cli_nearest_to(path);
    for (size_t i = 0; i < nvb_breakdown_count(b); i++)
        cli_nearest_try(&near, nvb_breakdown_at(b, i)->path);
    nvb_text line = path_of_line(b, path);
    if (nvb_text_given(line))
        near.best = line;
    if (nvb_text_given(near.best))
        cli_nearest_hint(&hint, &near, "", "", lang);
    else
        nvb_buffer_str(&hint, cli_word(CLI_W_SEE_TREE, lang));
    cli_complain(s->diag, NVB_E813, path, hint.s, NULL);
    nvb_buffer_release(&hint);
}

static void release(cli_session *s)
{
    nvb_audit_free(s->audit);
    nvb_comparison_free(s->given_changes);
    nvb_checks_free(s->checks);
    nvb_chain_free(s->chain);
    for (size_t i = 0; s->comparisons && i + 1 < s->n_documents; i++)
        nvb_comparison_free(s->comparisons[i]);
    free(s->comparisons);
    cli_documents_release(s);
    cli_rows_release(s);
    nvb_buffer_release(&s->out);
    nvb_diag_free(s->diag);
    free(s->request.policies.items);
    free(s->request.settings.items);
    free(s->request.contracts.items);
}

int cli_session_finish(cli_session *s)
{
    if (!s->diag)
        return (int)cli_problems_out_of_memory();
    bool fine = cli_problems_judge(s) <= CLI_FINDINGS;
    /* every command has something to say, if it did not do so already */
    if (fine && (s->out.failed || (s->out.n == 0 && !s->said))) {
        out_of_memory(s);
        fine = false;
    }
    if (fine && s->out.n > 0)
        cli_streams_write(&s->out, s->request.output, cli_session_lang(s), s->diag);
    cli_exit code = cli_problems_tell(s);
    release(s);
    return (int)code;
}
