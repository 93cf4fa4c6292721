/* problems.c: see problems.h. */
#include "problems.h"

#include "rows.h"
#include "streams.h"

cli_exit cli_exit_of(nvb_code code)
{
    switch (nvb_code_name(code)[1]) {
    case '7':
        return CLI_INPUT_OUTPUT;
    case '8':
        return CLI_USAGE;
    case '9':
        return CLI_INTERNAL;
    default:
        return CLI_INVALID;
    }
}

cli_exit cli_problems_out_of_memory(void)
{
    static const char message[] = "navolgbaar: E901\n";
    cli_streams_tell(message, sizeof message - 1);
    return CLI_INTERNAL;
}

static size_t counted(const nvb_diag *diag)
{
    return nvb_diag_count(diag, NVB_ERROR) + nvb_diag_count(diag, NVB_GAP) +
           nvb_diag_count(diag, NVB_WARNING);
}

/* A problem was counted and not kept, though there was room for it: memory was out. */
static bool lost(const nvb_diag *diag)
{
    size_t kept = nvb_diag_kept(diag);
    return counted(diag) > kept && kept < NVB_MAX_PROBLEMS;
}

/* --- the exit code --- */

cli_exit cli_problems_judge_one(const nvb_diag *diag, bool gaps_refuse)
{
    cli_exit worst = CLI_FINE;
    for (size_t i = 0; i < nvb_diag_kept(diag); i++) {
        nvb_code code = nvb_diag_at(diag, i)->code;
        nvb_severity severity = nvb_code_severity(code);
        if (severity == NVB_WARNING || (severity == NVB_GAP && !gaps_refuse))
            continue;
        cli_exit with = cli_exit_of(code);
        worst = with > worst ? with : worst;
    }
    /* An error beyond those that are kept refuses the document all the same. */
    if (worst == CLI_FINE && nvb_diag_count(diag, NVB_ERROR) > 0)
        worst = CLI_INVALID;
    return lost(diag) ? CLI_INTERNAL : worst;
}

cli_exit cli_problems_judge(const cli_session *s)
{
    cli_exit worst = cli_problems_judge_one(s->diag, false);
    for (size_t i = 0; i < s->n_documents; i++) {
        const cli_document *d = &s->documents[i];
        bool refuse = s->gaps == CLI_GAPS_REFUSE && d == cli_session_main(s);
        cli_exit with = d->diag ? cli_problems_judge_one(d->diag, refuse) : CLI_FINE;
        worst = with > worst ? with : worst;
    }
    return worst == CLI_FINE && s->findings ? CLI_FINDINGS : worst;
}

/* --- what is told --- */

/* `d`: a document of the run. */
static cli_gaps_told told_of(const cli_session *s, const cli_document *d)
{
    if (d != cli_session_main(s) || s->gaps == CLI_GAPS_ASIDE)
        return CLI_DOUBTFUL_GAPS;
    return s->gaps == CLI_GAPS_FOUND ? CLI_NO_GAPS : CLI_ALL_GAPS;
}

static bool is_told(cli_gaps_told gaps, nvb_code code)
{
    bool doubtful = code == NVB_E503 || code == NVB_E504 || code == NVB_E509;
    return nvb_code_severity(code) != NVB_GAP || gaps == CLI_ALL_GAPS ||
           (gaps == CLI_DOUBTFUL_GAPS && doubtful);
}

static bool is_same(const nvb_problem *a, const nvb_problem *b)
{
    bool same = a->code == b->code && a->place.line == b->place.line &&
                a->place.column == b->place.column &&
                nvb_text_equal(a->place.file, b->place.file) && nvb_text_equal(a->path, b->path);
    for (size_t i = 0; same && i < NVB_PROBLEM_WORDS; i++)
        same = nvb_text_equal(a->word[i], b->word[i]);
    return same;
}

/* Among the first `n` problems of `told`, which are of other documents. */
static bool was_told(const nvb_diag *told, size_t n, const nvb_problem *p)
{
    for (size_t i = 0; i < n; i++)
        if (is_same(nvb_diag_at(told, i), p))
            return true;
    return false;
}

static void add(nvb_diag *told, const nvb_problem *p)
{
    nvb_problem *copy = nvb_diag_add(told, p->code, p->path, p->word[0], p->word[1], p->word[2]);
    copy->at_key = p->at_key;
    copy->place = p->place; /* borrowed: a session releases its diags last */
}

/* How many problems of a severity were too many to keep. */
static size_t beyond(const nvb_diag *from, nvb_severity severity)
{
    size_t n = nvb_diag_count(from, severity);
    for (size_t i = 0; i < nvb_diag_kept(from); i++)
        n -= nvb_code_severity(nvb_diag_at(from, i)->code) == severity;
    return n;
}

/* They add nothing to what is told, which is full, but they count. */
static void add_beyond(nvb_diag *told, const nvb_diag *from, nvb_severity severity, nvb_code code)
{
    const nvb_text none = {NULL, 0};
    for (size_t i = beyond(from, severity); i > 0; i--)
        nvb_diag_add(told, code, none, none, none, none);
}

/* Where problems were too many to keep, all that are there are told, so that the count is right;
 * unless only gaps that are not told anyway made them so many. */
void cli_problems_gather(nvb_diag *told, const nvb_diag *from, cli_gaps_told gaps)
{
    size_t before = nvb_diag_kept(told);
    bool too_many = nvb_diag_kept(from) == NVB_MAX_PROBLEMS && counted(from) > NVB_MAX_PROBLEMS;
    bool all = too_many && (gaps == CLI_ALL_GAPS || beyond(from, NVB_ERROR) > 0);
    for (size_t i = 0; i < nvb_diag_kept(from); i++) {
        const nvb_problem *p = nvb_diag_at(from, i);
        if (all || (is_told(gaps, p->code) && !was_told(told, before, p)))
            add(told, p);
    }
    if (all) {
        add_beyond(told, from, NVB_ERROR, NVB_E101);
        add_beyond(told, from, NVB_GAP, NVB_E501);
        add_beyond(told, from, NVB_WARNING, NVB_E601);
    }
}

/* Locates all problems and puts those to tell in order in `told`. */
static void gather_all(cli_session *s, nvb_diag *told)
{
    for (size_t i = 0; i < s->n_documents; i++) {
        cli_document *d = &s->documents[i];
        if (!d->diag)
            continue;
        if (d->document)
            nvb_document_locate(d->document, d->diag);
        else
            nvb_diag_sort(d->diag);
        if (d == cli_session_main(s))
            cli_rows_locate(s, d->diag);
        cli_problems_gather(told, d->diag, told_of(s, d));
    }
    nvb_diag_sort(s->diag);
    cli_problems_gather(told, s->diag, CLI_ALL_GAPS);
}

/* Whether there is anything to tell, and whether a problem was lost. */
static bool look(const cli_session *s, bool *any_lost)
{
    bool any = counted(s->diag) > 0;
    *any_lost = lost(s->diag);
    for (size_t i = 0; i < s->n_documents; i++) {
        const nvb_diag *diag = s->documents[i].diag;
        any = any || (diag && counted(diag) > 0);
        *any_lost = *any_lost || (diag && lost(diag));
    }
    return any;
}

cli_exit cli_problems_tell(cli_session *s)
{
    bool any_lost;
    if (!look(s, &any_lost))
        return cli_problems_judge(s);
    nvb_buffer text = NVB_BUFFER_INIT;
    nvb_diag *told = nvb_diag_new();
    bool whole = told && !any_lost;
    if (told) {
        gather_all(s, told);
        nvb_emit_problems(&text, told, (nvb_lang)s->request.lang);
        whole = whole && !text.failed && !lost(told) && (text.n > 0 || counted(told) == 0);
    }
    cli_streams_tell(text.s, text.n);
    nvb_buffer_release(&text);
    nvb_diag_free(told);
    return whole ? cli_problems_judge(s) : cli_problems_out_of_memory();
}
