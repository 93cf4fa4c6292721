/* emit_rows.c: see emit_rows.h. */
#include "emit_rows.h"

#include <stdlib.h>

#include "formats/word/layout.h"
#include "formats/word/wording.h"

enum {
    CELLS = 3,
    NAME = 0,
    PATH = 1,
    VALUE = 2,
    INDENT = 2,
    GAP = 2,
    SHORTEST = 20 /* columns of a name that may be cut */
};

void nvbi_rows_begin(nvbi_rows *r)
{
    nvb_buffer_cut(&r->text, 0);
    r->n = 0;
}

void nvbi_rows_release(nvbi_rows *r)
{
    nvb_buffer_release(&r->text);
    free(r->ends);
    *r = (nvbi_rows){0};
}

nvb_buffer *nvbi_rows_cell(nvbi_rows *r)
{
    if (r->n == r->room) {
        size_t room = r->room ? r->room * 2 : 96;
        size_t *ends = realloc(r->ends, room * sizeof *ends);
        if (!ends) {
            r->text.failed = true;
            return &r->text;
        }
        r->ends = ends;
        r->room = room;
    }
    /* Where this cell begins is where the one before it ends. */
    r->ends[r->n++] = r->text.n;
    return &r->text;
}

static nvb_text cell(const nvbi_rows *r, size_t row, size_t which)
{
    size_t i = row * CELLS + which;
    size_t from = r->ends[i], to = i + 1 < r->n ? r->ends[i + 1] : r->text.n;
    return (nvb_text){r->text.s ? r->text.s + from : "", to - from};
}

static unsigned width_of(nvb_text t)
{
    return (unsigned)nvbi_word_width(t.s, t.n);
}

/* A name, cut with "…" where it is wider than its column, and padded. */
static void put_name(nvb_text name, unsigned columns, nvb_buffer *out)
{
    size_t from = out->n;
    if (width_of(name) > columns) {
        nvb_buffer_bytes(out, name.s, nvbi_layout_fit(name.s, name.n, columns - 1));
        nvb_buffer_str(out, "…");
    } else {
        nvb_buffer_text(out, name);
    }
    nvbi_layout_pad(out, from, columns);
}

static void put_in_one(const nvbi_rows *r, size_t row, const unsigned *width, nvb_buffer *out)
{
    nvb_text path = cell(r, row, PATH), value = cell(r, row, VALUE);
    nvb_buffer_repeat(out, ' ', INDENT);
    put_name(cell(r, row, NAME), width[NAME], out);
    nvb_buffer_repeat(out, ' ', GAP);
    size_t from = out->n;
    nvb_buffer_text(out, path);
    nvbi_layout_pad(out, from, width[PATH]);
    nvb_buffer_repeat(out, ' ', GAP);
    nvbi_layout_right(out, value.s, value.n, width[VALUE]);
    nvb_buffer_byte(out, '\n');
}

static void put_in_two(const nvbi_rows *r, size_t row, const unsigned *width, nvb_buffer *out)
{
    nvb_text value = cell(r, row, VALUE);
    unsigned taken = INDENT + GAP + width[VALUE];
    nvb_buffer_repeat(out, ' ', INDENT);
    put_name(cell(r, row, NAME), taken + SHORTEST < NVBI_PAGE ? NVBI_PAGE - taken : SHORTEST, out);
    nvb_buffer_repeat(out, ' ', GAP);
    nvbi_layout_right(out, value.s, value.n, width[VALUE]);
    nvb_buffer_byte(out, '\n');
    nvbi_layout_wrap(out, cell(r, row, PATH), INDENT + 3, INDENT + 3, NVBI_PAGE);
}

void nvbi_rows_put(nvbi_rows *r, nvb_buffer *out)
{
    unsigned widest[CELLS] = {0};
    size_t rows = r->n / CELLS;
    out->failed |= r->text.failed;
    if (r->text.failed)
        return;
    for (size_t i = 0; i < rows * CELLS; i++) {
        unsigned width = width_of(cell(r, i / CELLS, i % CELLS));
        if (width > widest[i % CELLS])
            widest[i % CELLS] = width;
    }
    /* Names give way first, to a point. */
    unsigned rest = INDENT + GAP + widest[PATH] + GAP + widest[VALUE];
    bool in_one = rest + widest[NAME] <= NVBI_PAGE || rest + SHORTEST <= NVBI_PAGE;
    if (in_one && rest + widest[NAME] > NVBI_PAGE)
        widest[NAME] = NVBI_PAGE - rest;
    for (size_t row = 0; row < rows; row++)
        if (in_one)
            put_in_one(r, row, widest, out);
        else
            put_in_two(r, row, widest, out);
}
