/* csv_survey.c: see csv_survey.h. */
#include "csv_survey.h"

#include "csv_number.h"

enum { NO_HEADER_WIDTH = 4, NO_HEADER_NEEDED = 3 };

#define NAMES_ITEM(name, words) words,
static const char *const names[] = {NVBI_CSV_COLUMNS(NAMES_ITEM)};

nvb_text nvbi_csv_column_names(nvbi_csv_column c)
{
    return (nvb_text){names[c], strlen(names[c])};
}

nvb_text nvbi_csv_column_name(nvbi_csv_column c)
{
    return (nvb_text){names[c], strcspn(names[c], ",")};
}

static bool same_word(nvb_text cell, const char *word, size_t n)
{
    for (size_t i = 0; i < n && cell.n == n; i++) {
        char c = cell.s[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != word[i])
            return false;
    }
    return cell.n == n;
}

nvbi_csv_column nvbi_csv_column_of(nvb_text cell)
{
    for (unsigned c = 0; c < NVBI_CSV_COLUMN_COUNT; c++)
        for (const char *word = names[c]; *word;) {
            size_t n = strcspn(word, ",");
            if (same_word(cell, word, n))
                return (nvbi_csv_column)c;
            word += n + strspn(word + n, ", ");
        }
    return NVBI_CSV_COLUMN_COUNT;
}

static bool has_digit(nvb_text t)
{
    for (size_t i = 0; i < t.n; i++)
        if (t.s[i] >= '0' && t.s[i] <= '9')
            return true;
    return false;
}

/* Digits and marks: what only a number is made of, be it a good one or not. */
static bool is_numeric(nvb_text t)
{
    for (size_t i = 0; i < t.n; i++)
        if ((t.s[i] < '0' || t.s[i] > '9') && t.s[i] != '.' && t.s[i] != ',' && t.s[i] != '-')
            return false;
    return has_digit(t);
}

/* A first row that names columns, or holds no digit at all, is a header, be it a good one or not.
 */
static bool look_at_header(nvbi_csv_survey *s, const nvbi_csv_row *row)
{
    bool digits = false;
    for (unsigned c = 0; c < NVBI_CSV_COLUMN_COUNT; c++)
        s->at[c] = NVBI_CSV_NOWHERE;
    for (size_t i = 0; i < row->n; i++) {
        nvbi_csv_column c = nvbi_csv_column_of(row->cells[i].text);
        digits |= has_digit(row->cells[i].text);
        if (c == NVBI_CSV_COLUMN_COUNT || s->at[c] != NVBI_CSV_NOWHERE)
            continue;
        s->at[c] = i;
        s->named++;
    }
    size_t code = s->at[NVBI_CSV_CODE], tariff = s->at[NVBI_CSV_TARIFF];
    s->header = code != NVBI_CSV_NOWHERE && tariff != NVBI_CSV_NOWHERE;
    s->no_header = !s->header && (s->named > 0 || !digits);
    s->needed = (code > tariff ? code : tariff) + 1;
    s->width = row->used;
    if (s->header || s->no_header)
        return true;
    s->at[NVBI_CSV_CODE] = 0;
    s->at[NVBI_CSV_DESCRIPTION] = 1;
    s->at[NVBI_CSV_TARIFF] = 2;
    s->at[NVBI_CSV_VOLUME] = 3;
    s->needed = NO_HEADER_NEEDED;
    s->width = NO_HEADER_WIDTH;
    return false;
}

static void vote(nvbi_csv_survey *s, const nvbi_csv_cell *cell)
{
    nvbi_csv_figure f = nvbi_csv_figure_of(cell->text);
    if (f.shape == NVBI_CSV_EITHER) {
        if (s->either++ == 0)
            s->first_either = cell->offset;
    } else if (f.mark) {
        *(f.mark == ',' ? &s->commas : &s->points) += 1;
    }
}

/* "12" and "50": without quotes, an amount of 12,50 in a list with commas between its cells looks
 * like this. */
static bool is_halved(const nvbi_csv_row *row)
{
    nvb_text whole = row->cells[2].text, part = row->cells[3].text;
    return part.n == 2 && nvbi_csv_figure_of(part).shape == NVBI_CSV_WHOLE &&
           nvbi_csv_figure_of(whole).shape == NVBI_CSV_WHOLE;
}

static bool see(void *of, const nvbi_csv_row *row)
{
    nvbi_csv_survey *s = of;
    if (row->used == 0)
        return true;
    if (s->widest == 0)
        s->first = row->cells[0].offset;
    bool is_first = s->widest == 0;
    if (row->n > s->widest)
        s->widest = row->n;
    if (is_first && look_at_header(s, row))
        return s->header;
    if (s->rows == NVBI_CSV_MAX_ROWS) {
        s->beyond = row->cells[0].offset;
        return false;
    }
    s->rows++;
    size_t tariff = s->at[NVBI_CSV_TARIFF], volume = s->at[NVBI_CSV_VOLUME];
    if (row->n >= s->needed) {
        vote(s, &row->cells[tariff]);
        s->fitting += row->used <= s->width && is_numeric(row->cells[tariff].text);
    }
    if (volume < row->n)
        vote(s, &row->cells[volume]);
    s->halves += !s->header && s->separator == ',' && row->used == 4 && is_halved(row);
    return true;
}

nvbi_csv_survey nvbi_csv_look(nvb_text bytes, char separator)
{
    nvbi_csv_survey s = {.separator = separator};
    nvbi_csv_end end = nvbi_csv_rows(bytes, separator, see, &s).end;
    s.memory_out = end == NVBI_CSV_MEMORY;
    if (end == NVBI_CSV_WIDE_ROW)
        s.widest = NVBI_CSV_MAX_CELLS + 1;
    return s;
}

/* Whether this one says more of a file that neither can make sense of. */
static bool says_more(const nvbi_csv_survey *a, const nvbi_csv_survey *b)
{
    if (a->named != b->named)
        return a->named > b->named;
    if (a->fitting != b->fitting)
        return a->fitting > b->fitting;
    return a->widest > b->widest;
}

nvbi_csv_choice nvbi_csv_choose(const nvbi_csv_survey *semicolon,
                                const nvbi_csv_survey *comma,
                                nvb_csv notation,
                                const nvbi_csv_survey **out)
{
    const nvbi_csv_survey *favourite = notation == NVB_CSV_INTL ? comma : semicolon,
                          *other = notation == NVB_CSV_INTL ? semicolon : comma;
    bool by_header = semicolon->header || comma->header;
    bool first =
        by_header ? favourite->header : favourite->rows && favourite->fitting == favourite->rows;
    bool second = by_header ? other->header : other->rows && other->fitting == other->rows;
    *out = favourite;
    if (first && second)
        return notation == NVB_CSV_AUTO ? NVBI_CSV_BOTH : NVBI_CSV_CHOSEN;
    if (first)
        return NVBI_CSV_CHOSEN;
    if (second || says_more(other, favourite))
        *out = other;
    return second ? NVBI_CSV_CHOSEN : NVBI_CSV_NEITHER;
}

bool nvbi_csv_is_tabbed(const nvbi_csv_survey *tab, const nvbi_csv_survey *chosen)
{
    return tab->widest > 1 && says_more(tab, chosen);
}

char nvbi_csv_decimal(const nvbi_csv_survey *s, nvb_csv notation)
{
    if (notation != NVB_CSV_AUTO)
        return notation == NVB_CSV_NL ? ',' : '.';
    if (s->commas == s->points)
        return s->commas == 0 ? '\0' : s->separator == ';' ? ',' : '.';
    return s->commas > s->points ? ',' : '.';
}
