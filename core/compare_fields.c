/*
 * compare_fields.c: see compare_content.h. Two structures by a table of their keys, and two lists
 * of things with an id. Values are compared as values and shown in one way, however they were
 * written. Which keys there are is not its concern.
 */
#include "compare_content.h"

#include "numtext.h"

enum { FEW_TEXTS = 8 }; /* more than this are worth a table */

/* --- values as they are shown --- */

nvb_text nvbi_key_text(const char *key)
{
    return (nvb_text){key, strlen(key)};
}

nvb_text nvbi_show_taken(nvbi_content *w)
{
    nvb_text t = nvbi_arena_text(&w->c->arena, w->text.s ? w->text.s : "", w->text.n);
    w->c->arena.failed |= w->text.failed;
    nvb_buffer_cut(&w->text, 0);
    return t;
}

nvb_text nvbi_show_number(nvbi_content *w, nvb_num v)
{
    nvb_buffer_cut(&w->text, 0);
    if (nvb_num_terminates(w->c->calc, v, NVB_SHOWN_DECIMALS))
        nvbi_num_append(w->c->calc, &w->text, v);
    else
        nvbi_num_append_fraction(w->c->calc, &w->text, v);
    return nvbi_show_taken(w);
}

/* A share of two thirds has no percentage that ends: it is shown as the fraction it is. */
nvb_text nvbi_show_percent(nvbi_content *w, nvb_num v)
{
    nvb_num percent = nvb_num_shift(w->c->calc, v, 2);
    nvb_buffer_cut(&w->text, 0);
    if (nvb_num_terminates(w->c->calc, percent, NVB_SHOWN_DECIMALS)) {
        nvbi_num_append(w->c->calc, &w->text, percent);
        nvb_buffer_byte(&w->text, '%');
    } else {
        nvbi_num_append_fraction(w->c->calc, &w->text, v);
    }
    return nvbi_show_taken(w);
}

nvb_text nvbi_show_texts(nvbi_content *w, const nvb_text *item, size_t n, const char *between)
{
    bool first = true;
    nvb_buffer_cut(&w->text, 0);
    for (size_t i = 0; i < n; i++) {
        if (!item[i].n)
            continue;
        nvb_buffer_str(&w->text, first ? "" : between);
        nvb_buffer_text(&w->text, item[i]);
        first = false;
    }
    return nvbi_show_taken(w);
}

nvb_text nvbi_show_words(nvbi_content *w, const nvb_text *word, size_t n)
{
    return nvbi_show_texts(w, word, n, " ");
}

static void put_digits(nvb_buffer *b, int v, int least)
{
    for (int power = 1000; power > 1; power /= 10)
        if (v < power && least >= power)
            nvb_buffer_byte(b, '0');
    nvb_buffer_uint(b, v > 0 ? (unsigned)v : 0);
}

static nvb_text show_whole(nvbi_content *w, int v)
{
    nvb_buffer_cut(&w->text, 0);
    put_digits(&w->text, v, 1);
    return nvbi_show_taken(w);
}

static nvb_text show_date(nvbi_content *w, const nvb_date *d)
{
    nvb_buffer_cut(&w->text, 0);
    put_digits(&w->text, d->year, 1000);
    nvb_buffer_byte(&w->text, '-');
    put_digits(&w->text, d->month, 10);
    nvb_buffer_byte(&w->text, '-');
    put_digits(&w->text, d->day, 10);
    return nvbi_show_taken(w);
}

/* --- sets of texts --- */

bool nvbi_ids_clear(nvbi_content *w, size_t n)
{
    return nvbi_names_renew(&w->ids, &w->scratch, n, &w->room_ids);
}

static bool holds(const nvb_text *a, size_t n, nvb_text t)
{
    for (size_t i = 0; i < n; i++)
        if (nvb_text_equal(a[i], t))
            return true;
    return false;
}

bool nvbi_same_set(nvbi_content *w, const nvb_text *a, size_t na, const nvb_text *b, size_t nb)
{
    bool many = na > FEW_TEXTS;
    if (na != nb || (many && !nvbi_ids_clear(w, na)))
        return false;
    for (size_t i = 0; i < na && many; i++)
        nvbi_names_add(&w->ids, a[i], (uint32_t)i);
    for (size_t i = 0; i < nb; i++)
        if (many ? nvbi_names_find(&w->ids, b[i]) == NVBI_NO_NAME : !holds(a, na, b[i]))
            return false;
    return true;
}

/* --- one key of two structures --- */

/* The value of a field, whatever its kind. */
typedef struct value {
    bool given;
    const void *at;
    nvb_num number;
    unsigned word;
    nvb_text text;
} value;

static const nvb_text *text_at(const void *at)
{
    return at;
}

static unsigned unsigned_at(const void *at)
{
    unsigned v;
    memcpy(&v, at, sizeof v);
    return v;
}

static int int_at(const void *at)
{
    int v;
    memcpy(&v, at, sizeof v);
    return v;
}

static value number_of(const nvbi_field *f, const nvb_input *in)
{
    value v = {.given = nvb_input_given(in) || f->standard != NVBI_NO_STANDARD, .at = in};
    if (nvb_input_given(in))
        v.number = in->value;
    else
        v.number = nvb_num_int(f->standard == NVBI_STANDARD_1 ? 1 : 0);
    return v;
}

static value value_of(nvbi_content *w, const nvbi_field *f, const void *of)
{
    value v = {.at = (const char *)of + f->at};
    switch (f->kind) {
    case NVBI_F_TEXT:
    case NVBI_F_PROSE:
        v.text = *text_at(v.at);
        v.given = v.text.n > 0;
        return v;
    case NVBI_F_TEXTS:
        v.given = ((const nvb_texts *)v.at)->n > 0;
        return v;
    case NVBI_F_NUMBER:
    case NVBI_F_PERCENT:
        return number_of(f, v.at);
    case NVBI_F_FLAG:
        v.word = *(const bool *)v.at;
        v.given = true;
        return v;
    case NVBI_F_WORD:
    case NVBI_F_DECIMALS:
        v.word = unsigned_at(v.at);
        v.given = f->kind == NVBI_F_DECIMALS || v.word != f->none;
        return v;
    case NVBI_F_YEAR:
        v.word = (unsigned)int_at(v.at);
        v.given = v.word != 0;
        return v;
    case NVBI_F_PLACES:
        v.word = (unsigned)int_at(v.at);
        v.given = int_at(v.at) != NVB_UNROUNDED;
        return v;
    case NVBI_F_DATE:
        v.given = ((const nvb_date *)v.at)->year != 0;
        return v;
    case NVBI_F_SHOWN:
        v.at = of;
        v.text = f->shown(w, of);
        v.given = v.text.n > 0;
        return v;
    }
    return v;
}

static bool same_texts(const nvb_texts *a, const nvb_texts *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; i < a->n && same; i++)
        same = nvb_text_equal(a->items[i], b->items[i]);
    return same;
}

static bool same_date(const nvb_date *a, const nvb_date *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The same words, however they are set apart. */
static bool same_words(nvb_text a, nvb_text b)
{
    size_t i = 0, k = 0;
    for (;;) {
        bool gap_a = false, gap_b = false;
        for (; i < a.n && is_blank(a.s[i]); i++)
            gap_a = true;
        for (; k < b.n && is_blank(b.s[k]); k++)
            gap_b = true;
        if (i == a.n || k == b.n)
            return i == a.n && k == b.n;
        if ((gap_a != gap_b && i && k) || a.s[i] != b.s[k])
            return false;
        i++;
        k++;
    }
}

/* Both are given. */
static bool same_value(nvbi_content *w, const nvbi_field *f, const value *a, const value *b)
{
    switch (f->kind) {
    case NVBI_F_TEXT:
        return nvb_text_equal(a->text, b->text);
    case NVBI_F_PROSE:
        return same_words(a->text, b->text);
    case NVBI_F_TEXTS:
        return same_texts(a->at, b->at);
    case NVBI_F_NUMBER:
    case NVBI_F_PERCENT:
        return nvb_num_cmp(w->c->calc, a->number, b->number) == 0;
    case NVBI_F_FLAG:
    case NVBI_F_WORD:
    case NVBI_F_DECIMALS:
    case NVBI_F_YEAR:
    case NVBI_F_PLACES:
        return a->word == b->word;
    case NVBI_F_DATE:
        return same_date(a->at, b->at);
    case NVBI_F_SHOWN:
        return f->alike ? f->alike(w, a->at, b->at) : nvb_text_equal(a->text, b->text);
    }
    return true;
}

static nvb_text shown(nvbi_content *w, const nvbi_field *f, const value *v)
{
    if (!v->given)
        return (nvb_text){0};
    switch (f->kind) {
    case NVBI_F_TEXT:
    case NVBI_F_PROSE:
    case NVBI_F_SHOWN:
        return v->text;
    case NVBI_F_TEXTS: {
        const nvb_texts *t = v->at;
        return nvbi_show_texts(w, t->items, t->n, "; ");
    }
    case NVBI_F_NUMBER:
        return nvbi_show_number(w, v->number);
    case NVBI_F_PERCENT:
        return nvbi_show_percent(w, v->number);
    case NVBI_F_FLAG:
        return v->word ? NVB_TEXT("true") : NVB_TEXT("false");
    case NVBI_F_WORD:
        return nvbi_key_text(f->word(v->word));
    case NVBI_F_YEAR:
    case NVBI_F_PLACES:
    case NVBI_F_DECIMALS:
        return show_whole(w, (int)v->word);
    case NVBI_F_DATE:
        return show_date(w, v->at);
    }
    return (nvb_text){0};
}

static bool is_input(const nvbi_field *f)
{
    return f->kind == NVBI_F_NUMBER || f->kind == NVBI_F_PERCENT;
}

static void
differs(nvbi_content *w, const nvbi_place *at, const nvbi_field *f, const value *a, const value *b)
{
    nvb_text before = shown(w, f, a), after = shown(w, f, b);
    bool prose = f->kind == NVBI_F_PROSE || f->kind == NVBI_F_TEXTS;
    if (is_input(f))
        nvbi_found_placed(w, at, f->key, before, after, ((const nvb_input *)a->at)->path,
                          ((const nvb_input *)b->at)->path);
    else
        nvbi_found_add(w, at, f->key, before, after, prose);
}

static bool equal(nvbi_content *w, const nvbi_field *f, const value *a, const value *b)
{
    return a->given == b->given && (!a->given || same_value(w, f, a, b));
}

bool nvbi_fields_equal(nvbi_content *w, nvbi_fields f, const void *before, const void *after)
{
    for (size_t i = 0; i < f.n; i++) {
        value a = value_of(w, &f.row[i], before), b = value_of(w, &f.row[i], after);
        if (!equal(w, &f.row[i], &a, &b))
            return false;
    }
    return true;
}

void nvbi_compare_fields(
    nvbi_content *w, const nvbi_place *at, nvbi_fields f, const void *before, const void *after)
{
    for (size_t i = 0; i < f.n; i++) {
        value a = value_of(w, &f.row[i], before), b = value_of(w, &f.row[i], after);
        if (!equal(w, &f.row[i], &a, &b))
            differs(w, at, &f.row[i], &a, &b);
    }
}

/* --- two lists --- */

static const void *item_of(const nvbi_list *list, const nvbi_items *of, size_t i)
{
    return (const char *)of->item + i * list->size;
}

static nvb_text id_of(const nvbi_list *list, const nvbi_items *of, size_t i)
{
    return *text_at((const char *)item_of(list, of, i) + list->id);
}

/* An item that only one side has. */
static void only_one(nvbi_content *w,
                     const nvbi_list *list,
                     const nvbi_place *in,
                     nvb_text base,
                     const nvbi_items *of,
                     size_t i,
                     bool is_new)
{
    nvb_text id = id_of(list, of, i), none = {0};
    nvb_text summary = list->summary(w, item_of(list, of, i));
    nvbi_place at = *in;
    at.path = nvbi_content_path(w, base, list->prefix, id);
    at.part = list->part;
    if (!summary.n)
        summary = id;
    nvbi_found_add(w, &at, "", is_new ? none : summary, is_new ? summary : none, false);
}

static void both(nvbi_content *w,
                 const nvbi_list *list,
                 const nvbi_place *in,
                 const void *before,
                 const void *after)
{
    nvb_text id_before = *text_at((const char *)before + list->id);
    nvb_text id = *text_at((const char *)after + list->id);
    nvbi_place at = *in;
    at.path = nvbi_content_path(w, in->path, list->prefix, id);
    at.part = list->part;
    if (!nvb_text_equal(id_before, id))
        nvbi_found_add(w, &at, "", id_before, id, false);
    nvbi_compare_fields(w, &at, list->fields, before, after);
    if (list->more)
        list->more(w, &at, before, after);
}

static bool same_ids(const nvbi_list *list, const nvbi_items *a, const nvbi_items *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; i < a->n && same; i++)
        same = nvb_text_equal(id_of(list, a, i), id_of(list, b, i));
    return same;
}

/* Per new item the old one with its id; NULL when memory is out. */
static uint32_t *
pair_ids(nvbi_content *w, const nvbi_list *list, const nvbi_items *before, const nvbi_items *after)
{
    uint32_t *of = NVBI_NEW(&w->scratch, uint32_t, after->n + 1);
    if (!of || !nvbi_ids_clear(w, before->n))
        return NULL;
    for (size_t i = 0; i < before->n; i++)
        nvbi_names_add(&w->ids, id_of(list, before, i), (uint32_t)i);
    for (size_t i = 0; i < after->n; i++)
        of[i] = before->n ? nvbi_names_find(&w->ids, id_of(list, after, i)) : NVBI_NO_NAME;
    return of;
}

void nvbi_compare_list(nvbi_content *w,
                       const nvbi_list *list,
                       const nvbi_place *in,
                       nvb_text base_old,
                       nvbi_items before,
                       nvbi_items after,
                       const uint32_t *before_of)
{
    bool in_step = !before_of && same_ids(list, &before, &after);
    bool *gone = in_step ? NULL : NVBI_NEW(&w->scratch, bool, before.n + 1);
    if (!in_step && !before_of)
        before_of = pair_ids(w, list, &before, &after);
    if (!in_step && (!before_of || !gone))
        return;
    for (size_t i = 0; i < after.n; i++) {
        uint32_t old = in_step ? (uint32_t)i : before_of[i];
        if (old == NVBI_NO_NAME || (gone && gone[old])) {
            only_one(w, list, in, in->path, &after, i, true);
            continue;
        }
        if (gone)
            gone[old] = true;
        both(w, list, in, item_of(list, &before, old), item_of(list, &after, i));
    }
    for (size_t i = 0; i < before.n && gone; i++)
        if (!gone[i])
            only_one(w, list, in, base_old, &before, i, false);
}
