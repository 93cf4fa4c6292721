/* price_list_place.c: from a byte of a price list to its line and column. See price_list_own.h. */
#include "price_list_own.h"

#include <stdlib.h>

#include "core/names.h"

/* The same text with a line feed for every carriage return that stands alone: lines of a price list
 * may end in one, and json_place.h knows line feeds only. NULL when there is nothing to change or
 * memory is out. */
static char *with_line_feeds(nvb_text bytes)
{
    char *copy = bytes.n && memchr(bytes.s, '\r', bytes.n) ? malloc(bytes.n + 1) : NULL;
    if (!copy)
        return NULL;
    for (size_t i = 0; i < bytes.n; i++) {
        bool alone = bytes.s[i] == '\r' && (i + 1 == bytes.n || bytes.s[i + 1] != '\n');
        copy[i] = alone ? '\n' : bytes.s[i];
    }
    copy[bytes.n] = '\0';
    return copy;
}

void nvbi_list_place(nvb_diag *diag, const nvb_source_file *file, nvbi_mark *marks, size_t n)
{
    char *lines = n ? with_line_feeds(file->bytes) : NULL;
    nvb_text bytes = {lines ? lines : file->bytes.s, file->bytes.n};
    nvbi_place_marks(diag, file->name, bytes, marks, n);
    free(lines);
}

/* Where the line begins that a path lies in; the top of the file when it lies in none. */
static size_t offset_of(const nvb_document *d, const nvbi_names *lines, nvb_text path)
{
    static const char head[] = "/prestaties/";
    nvb_text line = path;
    for (size_t i = sizeof head - 1; i < path.n && line.n == path.n; i++)
        if (path.s[i] == '/')
            line.n = i;
    uint32_t at = nvbi_names_find(lines, line);
    return at == NVBI_NO_NAME ? nvbi_bom_length(d->list.bytes) : d->list_offsets[at];
}

static void name_paths(nvbi_names *lines, nvbi_arena *arena, const nvb_proposal *p)
{
    if (nvbi_names_init(lines, arena, p->n_lines))
        for (size_t i = 0; i < p->n_lines; i++)
            nvbi_names_add(lines, p->lines[i].path, (uint32_t)i);
}

void nvbi_list_locate(const nvb_document *d, nvb_diag *diag)
{
    size_t kept = nvb_diag_kept(diag), n = 0;
    nvbi_mark *marks = kept && d->proposal ? malloc(kept * sizeof *marks) : NULL;
    nvbi_names lines = {0};
    nvbi_arena arena;
    nvbi_arena_init(&arena);
    if (marks)
        name_paths(&lines, &arena, d->proposal);
    for (size_t i = 0; marks && i < kept; i++) {
        const nvb_problem *p = nvb_diag_at(diag, i);
        if (nvb_text_given(p->path) && !nvb_text_given(p->place.file))
            marks[n++] = (nvbi_mark){offset_of(d, &lines, p->path), i};
    }
    if (marks)
        nvbi_list_place(diag, &d->list, marks, n);
    nvbi_arena_release(&arena);
    free(marks);
}
