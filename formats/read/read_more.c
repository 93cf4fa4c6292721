/*
 * read_more.c: what else is wrong with a document in which the reader found errors: references,
 * shares, gaps. Someone who mends a file wants all of it at once. What could follow from an error
 * already reported is left out: a problem above or below such a place, and a reference to something
 * that could not be read.
 */
#include "document_own.h"

#include "navolgbaar/validate.h"

/* One path is the other, or lies above it. */
static bool related(nvb_text a, nvb_text b)
{
    nvb_text over = a.n <= b.n ? a : b, under = a.n <= b.n ? b : a;
    if (!over.s || memcmp(over.s, under.s, over.n) != 0)
        return !over.s;
    return over.n == under.n || over.n == 0 || under.s[over.n] == '/';
}

/* `name` is one of the parts of `path`. */
static bool has_part(nvb_text path, nvb_text name)
{
    for (size_t i = 0; name.n && i + name.n < path.n; i++)
        if (path.s[i] == '/' && memcmp(path.s + i + 1, name.s, name.n) == 0 &&
            (i + 1 + name.n == path.n || path.s[i + 1 + name.n] == '/'))
            return true;
    return false;
}

static bool follows_from(const nvb_problem *problem, const nvb_diag *diag, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        const nvb_problem *known = nvb_diag_at(diag, i);
        if (nvb_code_severity(known->code) != NVB_ERROR)
            continue;
        if (related(known->path, problem->path))
            return true;
        if (problem->code == NVB_E301 && has_part(known->path, problem->word[1]))
            return true;
    }
    return false;
}

void nvbi_document_more(nvb_document *d, size_t first, nvb_diag *diag)
{
    nvb_diag *more = nvb_diag_new();
    size_t end = nvb_diag_kept(diag);
    if (!more || !d->proposal) {
        nvb_diag_free(more);
        return;
    }
    nvb_proposal_validate(d->proposal, more);
    for (size_t i = 0; i < nvb_diag_kept(more); i++) {
        const nvb_problem *p = nvb_diag_at(more, i);
        if (nvb_code_severity(p->code) != NVB_WARNING && !follows_from(p, diag, first, end))
            nvb_diag_add(diag, p->code, p->path, p->word[0], p->word[1], p->word[2]);
    }
    nvb_diag_free(more);
}
