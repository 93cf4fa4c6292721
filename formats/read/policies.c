/*
 * policies.c: the texts of policies, scanned and parsed once; documents are merged onto their trees
 * and never change them, so many may lean on them at the same time.
 *
 * Their values are numbered from FIRST_ORDINAL on, far above those of any document, so that a node
 * of a merged tree says which text it came from.
 */
#include "document_own.h"

#include <stdlib.h>

enum { FIRST_ORDINAL = 1 << 30 };

nvb_policies *nvb_policies_read(const nvb_source_file *files, size_t n, nvb_diag *diag)
{
    nvb_policies *p = calloc(1, sizeof *p);
    if (p)
        p->items = calloc(n + 1, sizeof *p->items);
    if (!p || !p->items) {
        nvb_diag_add(diag, NVB_E901, (nvb_text){0}, (nvb_text){0}, (nvb_text){0}, (nvb_text){0});
        free(p);
        return NULL;
    }
    bool good = true;
    for (int ordinal = FIRST_ORDINAL; p->n < n; p->n++) {
        nvbi_origin_read(&p->items[p->n], &files[p->n], &ordinal, diag);
        good = good && p->items[p->n].tree;
    }
    if (good)
        return p;
    nvb_policies_free(p);
    return NULL;
}

void nvb_policies_free(nvb_policies *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->n; i++)
        cJSON_Delete(p->items[i].tree);
    free(p->items);
    free(p);
}
