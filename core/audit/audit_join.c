/*
 * audit_join.c: tariffs whose fault came in at an earlier figure of an explanation. The finding on
 * that figure says the cause; what the tariffs add is what it is worth, where it shows, and what
 * would explain it.
 */
#include "audit.h"

#include <stdlib.h>

uint32_t nvbi_told_by(const nvb_audit *a, const nvb_audited *f)
{
    return f->enters || !a->told ? 0 : a->told[f - a->figures];
}

/* Adds lines to a finding: their places, what they come to, and readings where it has none. */
static void join(nvb_audit *a,
                 nvb_finding *f,
                 const nvb_audited *const *set,
                 size_t n,
                 const nvbi_readings *list)
{
    nvb_text *paths = NVBI_NEW(&a->arena, nvb_text, f->n_paths + n);
    if (!paths)
        return;
    size_t k = f->n_paths;
    if (k)
        memcpy(paths, f->paths, k * sizeof *paths);
    for (size_t i = 0; i < n; i++)
        paths[k++] = set[i]->path;
    nvbi_found_paths(a, f, paths, k);
    nvbi_found_worth(a, f, set, n);
    nvbi_readings own = {0};
    for (size_t i = 0; i < list->n && !f->n_readings; i++) {
        nvb_reading r = list->items[i];
        r.lines = r.lines < n ? r.lines : n;
        nvbi_readings_add(a, &own, &r);
    }
    if (own.n)
        nvbi_found_readings(a, f, &own);
}

typedef struct joining {
    const nvb_audited *f;
    uint32_t told;
} joining;

static int by_finding(const void *pa, const void *pb)
{
    const joining *a = pa, *b = pb;
    if (a->told != b->told)
        return a->told < b->told ? -1 : 1;
    return (a->f > b->f) - (a->f < b->f);
}

bool nvbi_join_causes(nvb_audit *a,
                      const nvb_audited *const *set,
                      size_t n,
                      const nvbi_readings *list)
{
    for (size_t i = 0; i < n; i++)
        if (!nvbi_told_by(a, set[i]))
            return false;
    joining *all = NVBI_NEW(&a->arena, joining, n);
    const nvb_audited **some = NVBI_NEW(&a->arena, const nvb_audited *, n);
    if (!all || !some)
        return true;
    for (size_t i = 0; i < n; i++)
        all[i] = (joining){set[i], nvbi_told_by(a, set[i])};
    qsort(all, n, sizeof *all, by_finding);
    for (size_t start = 0, end; start < n; start = end) {
        for (end = start; end < n && all[end].told == all[start].told; end++)
            some[end] = all[end].f;
        join(a, &a->findings[all[start].told - 1], some + start, end - start, list);
    }
    return true;
}
