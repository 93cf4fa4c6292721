/* provider_place.c: from a value of a provider's document, or a byte of its rows, to the place in
 * the file it came from. See provider_own.h. */
#include "provider_own.h"

#include "formats/json/json_place.h"

#include <stdlib.h>

static void
place(nvb_diag *diag, size_t problem, const nvbi_cell_place *c, nvb_text file, nvb_text raw)
{
    nvbi_mark mark = {c->cell - c->row, problem};
    nvb_text row = {raw.s + c->row, c->length};
    nvbi_place_marks(diag, file, row, &mark, 1);
    nvb_problem *p = nvb_diag_edit(diag, problem);
    if (p)
        p->place.line += (size_t)c->line - 1;
}

nvbi_cell_place nvbi_provider_here(const nvbi_provider *p, size_t offset)
{
    return (nvbi_cell_place){.sheet = p->sheet->kind,
                             .line = p->span->line,
                             .row = p->span->offset,
                             .length = p->span->length,
                             .cell = offset};
}

void nvbi_provider_fault(
    nvbi_provider *p, nvb_code code, size_t offset, nvb_text w1, nvb_text w2, nvb_text w3)
{
    size_t kept = nvb_diag_kept(p->diag);
    nvb_diag_add(p->diag, code, (nvb_text){0}, w1, w2, w3);
    if (nvb_diag_kept(p->diag) == kept)
        return;
    nvbi_cell_place c = nvbi_provider_here(p, offset);
    place(p->diag, kept, &c, p->sheet->name, p->in->raw);
}

void nvbi_provider_mark(nvbi_provider *p, size_t offset)
{
    nvbi_provider_mark_at(p, nvbi_provider_here(p, offset));
}

void nvbi_provider_mark_at(nvbi_provider *p, nvbi_cell_place at)
{
    nvb_provider_places *l = p->places;
    if (l->n == l->room) {
        size_t room = l->room ? 2 * l->room : 256;
        nvbi_cell_place *items = realloc(l->items, room * sizeof *items);
        if (!items) {
            l->failed = true;
            return;
        }
        l->items = items;
        l->room = room;
    }
    l->items[l->n++] = at;
    nvb_buffer_byte(p->json.out, '\n');
}

void nvb_provider_places_free(nvb_provider_places *p)
{
    if (!p)
        return;
    free(p->items);
    free(p->text);
    free(p);
}

void nvb_provider_places_apply(const nvb_provider_places *p,
                               nvb_text raw,
                               nvb_text name,
                               nvb_diag *diag)
{
    for (size_t i = 0; i < nvb_diag_kept(diag); i++) {
        nvb_problem *problem = nvb_diag_edit(diag, i);
        if (problem->place.line == 0 || !nvb_text_equal(problem->place.file, name) || p->n == 0)
            continue;
        size_t line = problem->place.line < 2 ? 0 : problem->place.line - 2;
        const nvbi_cell_place *c = &p->items[line < p->n ? line : p->n - 1];
        place(diag, i, c, p->names[c->sheet], raw);
    }
}
