/* read_previous.c: what an offer that is audited takes from last year's contract: the tariff a line
 * starts from when it names no base, and the parties and the year when it names none. */
#include "read.h"

bool nvbi_previous_open(nvb_document *d, const nvb_read_options *o)
{
    d->audited = o->audited || o->indices_only;
    d->indices_only = o->indices_only;
    d->previous = o->audited ? o->previous : NULL;
    if (!d->previous)
        return true;
    const nvb_proposal *p = nvb_breakdown_proposal(d->previous);
    if (!nvbi_names_init(&d->previous_lines, &d->arena, p->n_lines))
        return false;
    for (size_t i = 0; i < p->n_lines; i++)
        nvbi_names_add(&d->previous_lines, p->lines[i].code, (uint32_t)i);
    return true;
}

/* The line it was last year: the one it says it was, else that of its code. Lines put together have
 * no single tariff to start from. */
static uint32_t line_of(const nvb_document *d, const nvb_line *l)
{
    if (l->n_was > 1)
        return NVBI_NO_NAME;
    nvb_text name = l->n_was ? l->was[0] : l->code;
    return nvb_text_given(name) ? nvbi_names_find(&d->previous_lines, name) : NVBI_NO_NAME;
}

bool nvbi_previous_basis(nvbi_reader *r, nvb_line *l)
{
    /* A proposal that says in words where its bases come from has none to be assumed. */
    bool in_words = !r->doc->is_list && r->p->statement[NVB_ITEM_BASIS].s;
    const nvb_breakdown *b = in_words ? NULL : r->doc->previous;
    uint32_t i = b ? line_of(r->doc, l) : NVBI_NO_NAME;
    uint32_t tariff = i == NVBI_NO_NAME ? NVB_NO_FIGURE : nvb_breakdown_line(b, i)->tariff;
    if (tariff == NVB_NO_FIGURE)
        return false;
    nvb_text path = nvbi_path_join(r->arena, l->path, NVB_TEXT("basis"));
    nvb_text amount = nvbi_path_join(r->arena, path, NVB_TEXT("bedrag"));
    l->price.basis = (nvb_basis){
        .given = true,
        .assumed = true,
        .path = path,
        .kind = NVB_LAST_CONTRACT,
        .amount = {nvb_breakdown_at(b, tariff)->value, amount},
        .year = nvb_breakdown_proposal(b)->year,
    };
    return amount.s != NULL;
}

static void fill_party(nvb_party *party, const nvb_party *last)
{
    if (!nvb_text_given(party->name) && !nvb_text_given(party->code))
        *party = *last;
}

void nvbi_previous_header(nvbi_reader *r)
{
    const nvb_breakdown *b = r->doc->previous;
    if (!b)
        return;
    const nvb_proposal *last = nvb_breakdown_proposal(b);
    fill_party(&r->p->insurer, &last->insurer);
    fill_party(&r->p->provider, &last->provider);
    if (!r->p->year && last->year)
        r->p->year = last->year + 1;
}
