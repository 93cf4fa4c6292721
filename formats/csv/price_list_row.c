/* price_list_row.c: one row of a price list as a line, and its header. See price_list_own.h. */
#include "csv_number.h"
#include "price_list_own.h"

#define NONE ((nvb_text){0})

/* Bytes of a cell that are shown, characters of a code, and bytes of a number. */
enum { SHOWN = 40, MAX_CODE = 200, MAX_NUMBER = 64 };

/* A cell as a message shows it, cut short. */
static nvb_text shown(nvbi_price_list *l, nvb_text t)
{
    size_t n = t.n;
    if (n > SHOWN)
        for (n = SHOWN; n > 0 && ((unsigned char)t.s[n] & 0xC0U) == 0x80; n--)
            ;
    nvb_text kept = nvbi_arena_text(&l->d->arena, t.s, n);
    return n < t.n && kept.s ? nvbi_arena_join(&l->d->arena, kept, "\u2026") : kept;
}

/* --- the header --- */

typedef struct ignored {
    const nvbi_csv_row *row;
    const size_t *which;
} ignored;

static nvb_text nth_ignored(const void *of, size_t i)
{
    const ignored *columns = of;
    return columns->row->cells[columns->which[i]].text;
}

void nvbi_list_header(nvbi_price_list *l, const nvbi_csv_row *row)
{
    static const nvbi_csv_column needed[] = {NVBI_CSV_CODE, NVBI_CSV_TARIFF};
    size_t *which = NVBI_NEW(&l->d->arena, size_t, row->n), n = 0;
    const size_t *at = l->survey->at;
    for (size_t i = 0; i < 2; i++)
        if (at[needed[i]] == NVBI_CSV_NOWHERE)
            nvbi_list_fault(l, NVB_E138, row->cells[0].offset, nvbi_csv_column_name(needed[i]),
                            nvbi_csv_column_names(needed[i]), NONE);
    for (size_t i = 0; which && i < row->n; i++) {
        nvbi_csv_column c = nvbi_csv_column_of(row->cells[i].text);
        if (c == NVBI_CSV_COLUMN_COUNT && row->cells[i].text.n)
            which[n++] = i;
        else if (c < NVBI_CSV_COLUMN_COUNT && at[c] != i)
            nvbi_list_fault(l, NVB_E139, row->cells[i].offset, nvbi_csv_column_name(c), NONE, NONE);
    }
    ignored columns = {row, which};
    if (n && l->survey->header)
        nvbi_list_fault(l, NVB_E630, row->cells[which[0]].offset,
                        nvbi_list_names(&l->d->arena, nth_ignored, &columns, n), NONE, NONE);
}

/* --- numbers --- */

static void
bad_number(nvbi_price_list *l, nvb_code code, const nvbi_csv_cell *cell, nvbi_csv_column c)
{
    nvb_text text = shown(l, cell->text);
    nvb_text better = nvbi_csv_mended(&l->d->arena, cell->text, l->decimal);
    nvb_text decimal = l->decimal == ',' ? NVB_TEXT(",") : NVB_TEXT(".");
    if (code == NVB_E145)
        nvbi_list_fault(l, code, cell->offset, nvbi_csv_column_name(c), text, better);
    else if (code == NVB_E147)
        nvbi_list_fault(l, code, cell->offset, text, decimal, better);
    else
        nvbi_list_fault(l, code, cell->offset, text, better, NONE);
}

/* The first number that can mean two things stands for all of them. */
static void either_fault(nvbi_price_list *l, const nvbi_csv_cell *cell)
{
    char other = memchr(cell->text.s, ',', cell->text.n) ? '.' : ',';
    if (cell->offset == l->survey->first_either)
        nvbi_list_fault(l, NVB_E146, cell->offset, shown(l, cell->text),
                        nvbi_csv_mended(&l->d->arena, cell->text, other), NONE);
}

/* Reads the number in a cell; false when it is none. */
static bool
read_number(nvbi_price_list *l, const nvbi_csv_cell *cell, nvbi_csv_column c, nvb_num *out)
{
    nvb_code code = nvbi_csv_fault(nvbi_csv_figure_of(cell->text), l->decimal);
    if (code != NVB_E145 && cell->text.n > MAX_NUMBER)
        code = NVB_OK;
    if (code == NVB_E146)
        either_fault(l, cell);
    else if (code != NVB_OK)
        bad_number(l, code, cell, c);
    else if (nvbi_csv_value(l->d->calc, out, cell->text) == NVB_SYNTAX_OK)
        return true;
    else
        nvbi_list_fault(l, NVB_E215, cell->offset, nvbi_csv_column_name(c), shown(l, cell->text),
                        NONE);
    return false;
}

/* --- cells --- */

/* An empty one where the row has ended or the list has no such column. */
static const nvbi_csv_cell *
cell_of(const nvbi_price_list *l, const nvbi_csv_row *row, nvbi_csv_column c)
{
    static const nvbi_csv_cell none = {
        {"", 0},
        0
    };
    size_t at = l->survey->at[c];
    return at < row->n ? &row->cells[at] : &none;
}

/* A text on one line, with single blanks; absent when there is nothing. */
static nvb_text read_text(nvbi_price_list *l, const nvbi_csv_row *row, nvbi_csv_column c)
{
    const nvbi_csv_cell *cell = cell_of(l, row, c);
    nvb_buffer out = NVB_BUFFER_INIT;
    for (size_t i = 0; i < cell->text.n; i++) {
        char byte = cell->text.s[i];
        bool blank = byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
        if (!blank)
            nvb_buffer_byte(&out, byte);
        else if (out.n && out.s[out.n - 1] != ' ')
            nvb_buffer_byte(&out, ' ');
    }
    return nvbi_take_buffer(&l->d->arena, &out);
}

/* At most so many characters. */
static bool is_short(nvb_text t)
{
    size_t characters = 0;
    for (size_t i = 0; i < t.n; i++)
        characters += ((unsigned char)t.s[i] & 0xC0U) != 0x80;
    return characters <= MAX_CODE;
}

static bool read_code(nvbi_price_list *l, const nvbi_csv_row *row, nvb_text *out)
{
    const nvbi_csv_cell *cell = cell_of(l, row, NVBI_CSV_CODE);
    nvb_text name = nvbi_csv_column_name(NVBI_CSV_CODE);
    for (size_t i = 0; i < cell->text.n; i++) {
        char c = cell->text.s[i];
        if (c != '\n' && c != '\r' && c != '\t')
            continue;
        nvb_text control = c == '\n'   ? NVB_TEXT("U+000A")
                           : c == '\r' ? NVB_TEXT("U+000D")
                                       : NVB_TEXT("U+0009");
        nvbi_list_fault(l, NVB_E132, cell->offset, control, NONE, NONE);
        return false;
    }
    if (cell->text.n == 0)
        nvbi_list_fault(l, NVB_E143, cell->offset, name, NONE, NONE);
    else if (!is_short(cell->text))
        nvbi_list_fault(l, NVB_E240, cell->offset, name, NONE, NONE);
    else
        *out = nvbi_arena_text(&l->d->arena, cell->text.s, cell->text.n);
    return out->s != NULL;
}

static bool read_tariff(nvbi_price_list *l, const nvbi_csv_row *row, nvb_num *out)
{
    const nvbi_csv_cell *cell = cell_of(l, row, NVBI_CSV_TARIFF);
    if (cell->text.n)
        return read_number(l, cell, NVBI_CSV_TARIFF, out);
    nvbi_list_fault(l, NVB_E143, cell->offset, nvbi_csv_column_name(NVBI_CSV_TARIFF), NONE, NONE);
    return false;
}

/* False also when the row gives none. */
static bool read_volume(nvbi_price_list *l, const nvbi_csv_row *row, nvb_num *out)
{
    const nvbi_csv_cell *cell = cell_of(l, row, NVBI_CSV_VOLUME);
    if (cell->text.n == 0 || !read_number(l, cell, NVBI_CSV_VOLUME, out))
        return false;
    if (nvb_num_sign(*out) >= 0)
        return true;
    nvbi_list_fault(l, NVB_E226, cell->offset, nvbi_csv_column_name(NVBI_CSV_VOLUME),
                    shown(l, cell->text), NONE);
    return false;
}

/* --- the row --- */

/* The right number of cells, and no amount that was cut in two at its comma. */
static bool is_whole(nvbi_price_list *l, const nvbi_csv_row *row)
{
    const nvbi_csv_survey *s = l->survey;
    nvb_text separator = s->separator == ';' ? NVB_TEXT(";") : NVB_TEXT(",");
    if (row->n < s->needed) {
        nvbi_list_fault(l, NVB_E141, row->cells[0].offset, nvbi_list_count(l, row->n),
                        nvbi_list_count(l, s->needed), s->widest > 1 ? separator : NONE);
        return false;
    }
    if (row->used > s->width) {
        nvbi_list_fault(l, NVB_E142, row->cells[s->width].offset, nvbi_list_count(l, s->width),
                        separator, NONE);
        return false;
    }
    bool halved = s->halves > 0 && s->halves == s->rows && l->notation != NVB_CSV_INTL;
    if (halved && l->rows == 1)
        nvbi_list_fault(l, NVB_E148, row->cells[2].offset, shown(l, row->cells[2].text),
                        shown(l, row->cells[3].text), NONE);
    return true;
}

static nvb_input input(nvbi_price_list *l, nvb_num value, nvb_text of, const char *key)
{
    return (nvb_input){value, nvbi_path_join(&l->d->arena, of, (nvb_text){key, strlen(key)})};
}

void nvbi_list_row(nvbi_price_list *l, const nvbi_csv_row *row)
{
    nvb_text code = {0};
    nvb_num tariff, volume;
    if (!is_whole(l, row))
        return;
    bool has_code = read_code(l, row, &code);
    bool has_tariff = read_tariff(l, row, &tariff), has_volume = read_volume(l, row, &volume);
    if (!has_code || l->n == l->room)
        return;
    nvbi_arena *a = &l->d->arena;
    nvb_line *line = &l->lines[l->n];
    l->line_of[l->n] = row->line;
    l->offset_of[l->n++] = cell_of(l, row, NVBI_CSV_CODE)->offset;
    line->code = code;
    line->path = nvbi_path_join(a, NVB_TEXT("/prestaties"), code);
    line->description = read_text(l, row, NVBI_CSV_DESCRIPTION);
    line->unit = read_text(l, row, NVBI_CSV_UNIT);
    line->price.rounding = (nvb_rounding){.decimals = 2, .mode = NVB_ARITHMETIC};
    if (has_tariff)
        line->tariff = input(l, tariff, line->path, "tarief");
    if (!has_volume)
        return;
    line->volume.given = true;
    line->volume.path = nvbi_path_join(a, line->path, NVB_TEXT("volume"));
    line->volume.count = input(l, volume, line->volume.path, "aantal");
}
