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

/* `name` stands at the start of `rest`, escaped as in a JSON Pointer, as one whole part. */
static bool begins_with_part(nvb_text rest, nvb_text name)
{
    size_t at = 0;
    for (size_t i = 0; i < name.n; i++) {
        bool escaped = name.s[i] == '~' || name.s[i] == '/';
        const char second = name.s[i] == '~' ? '0' : '1';
        if (rest.n - at < (escaped ? 2U : 1U) || rest.s[at] != (escaped ? '~' : name.s[i]))
            return false;
        if (escaped && rest.s[at + 1] != second)
            return false;
        at += escaped ? 2 : 1;
    }
    return at == rest.n || rest.s[at] == '/';
}

/* `name` is one of the parts of `path`. */
static bool has_part(nvb_text path, nvb_text name)
{
    for (size_t i = 0; i < path.n; i++)
        if (path.s[i] == '/' && begins_with_part((nvb_text){path.s + i + 1, path.n - i - 1}, name))
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
