/* read_value.c: one value by its row of a table: text, names, whole numbers, dates, words of a
 * list. See read.h. */
#include "read.h"

#define NONE ((nvb_text){0})

/* Enumerations are written through an unsigned; each of ours is one. */
_Static_assert(sizeof(nvb_step_kind) == sizeof(unsigned), "enumerations are as wide as unsigned");

bool nvbi_is_blank(nvb_text t)
{
    for (size_t i = 0; i < t.n; i++)
        if (t.s[i] != ' ' && (t.s[i] < '\t' || t.s[i] > '\r'))
            return false;
    return true;
}

bool nvbi_name_fits(nvb_text t)
{
    size_t characters = 0;
    for (size_t i = 0; i < t.n && characters <= NVBI_MAX_NAME; i++)
        characters += ((unsigned char)t.s[i] & 0xC0U) != 0x80;
    return characters <= NVBI_MAX_NAME;
}

/* What a value that is no text would look like as text. */
static nvb_text as_text(nvbi_reader *r, const cJSON *value)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_text t = nvbi_kind_of(value) == NVBI_NUMBER ? nvbi_shown(r->arena, value) : NVB_TEXT("...");
    nvb_buffer_byte(&out, '"');
    nvb_buffer_text(&out, t);
    nvb_buffer_byte(&out, '"');
    return nvbi_take_buffer(r->arena, &out);
}

bool nvbi_read_text(nvbi_reader *r,
                    const nvbi_at *of,
                    const cJSON *value,
                    const char *name,
                    bool blank,
                    nvb_text *out)
{
    if (nvbi_kind_of(value) != NVBI_STRING) {
        nvbi_fault_value(r, NVB_E204, of, value, nvbi_str(name), nvbi_shown(r->arena, value),
                         as_text(r, value));
        return false;
    }
    *out = nvbi_node_text(value);
    if (!nvbi_is_blank(*out))
        return true;
    *out = NONE;
    if (!blank)
        nvbi_fault_value(r, NVB_E234, of, value, nvbi_str(name), NONE, NONE);
    return blank;
}

static void
read_name(nvbi_reader *r, const nvbi_row *row, const nvbi_at *of, const cJSON *value, nvb_text *out)
{
    if (!nvbi_read_text(r, of, value, row->name, false, out) || nvbi_name_fits(*out))
        return;
    nvbi_fault_value(r, NVB_E240, of, value, nvbi_str(row->name), NONE, NONE);
    *out = NONE;
}

/* A whole number of at most nine digits, as JSON writes it. */
static bool is_whole(nvb_text t, int *out)
{
    bool negative = t.n > 0 && t.s[0] == '-';
    if (t.n == negative || t.n > 9)
        return false;
    *out = 0;
    for (size_t i = negative; i < t.n; i++) {
        if (t.s[i] < '0' || t.s[i] > '9')
            return false;
        *out = *out * 10 + (t.s[i] - '0');
    }
    *out = negative ? -*out : *out;
    return true;
}

static nvb_text range_text(nvbi_reader *r, const nvbi_row *row)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_buffer_uint(&out, (unsigned long long)row->low);
    nvb_buffer_str(&out, " \u2013 ");
    nvb_buffer_uint(&out, (unsigned long long)row->high);
    return nvbi_take_buffer(r->arena, &out);
}

static void
read_whole(nvbi_reader *r, const nvbi_row *row, const nvbi_at *of, const cJSON *value, int *out)
{
    nvb_text name = nvbi_str(row->name);
    int number;
    if (nvbi_kind_of(value) != NVBI_NUMBER || !is_whole(nvbi_node_text(value), &number))
        nvbi_fault_value(r, NVB_E206, of, value, name, nvbi_shown(r->arena, value),
                         nvbi_str(row->example ? row->example : "2026"));
    else if (number < row->low || number > row->high)
        nvbi_fault_value(r, NVB_E227, of, value, name, nvbi_shown(r->arena, value),
                         range_text(r, row));
    else
        *out = number;
}

static int two_digits(const char *s)
{
    return (s[0] - '0') * 10 + (s[1] - '0');
}

bool nvbi_read_date(nvb_text t, nvb_date *out, bool *exists)
{
    static const char shape[] = "0000-00-00";
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (t.n != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < t.n; i++)
        if (shape[i] == '-' ? t.s[i] != '-' : t.s[i] < '0' || t.s[i] > '9')
            return false;
    nvb_date d = {two_digits(t.s) * 100 + two_digits(t.s + 2), two_digits(t.s + 5),
                  two_digits(t.s + 8)};
    bool leap = (d.year % 4 == 0 && d.year % 100 != 0) || d.year % 400 == 0;
    *exists = d.year > 0 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
              d.day <= days[d.month - 1] + (d.month == 2 && leap);
    *out = d;
    return true;
}

static bool
read_day(nvbi_reader *r, const nvbi_row *row, const nvbi_at *of, const cJSON *value, nvb_date *out)
{
    nvb_date date;
    bool exists = false;
    bool is_date =
        nvbi_kind_of(value) == NVBI_STRING && nvbi_read_date(nvbi_node_text(value), &date, &exists);
    if (!exists)
        nvbi_fault_value(r, is_date ? NVB_E221 : NVB_E220, of, value, nvbi_str(row->name),
                         nvbi_shown(r->arena, value), NONE);
    else
        *out = date;
    return exists;
}

static nvb_text nth_word(const void *of, size_t i)
{
    const nvbi_words *words = of;
    return nvbi_str(words->item[i]);
}

/* Words that people use for those of a list, too far off to be taken for slips of the pen. */
static const char *synonym(const nvbi_words *words, nvb_text t)
{
    static const char *const known[][2] = {
        {"korting",    "afslag"},
        {"aftrek",     "afslag"},
        {"discount",   "afslag"},
        {"toeslag",    "opslag"},
        {"surcharge",  "opslag"},
        {"indexatie",  "index" },
        {"indexering", "index" }
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!nvb_text_equal(t, nvbi_str(known[i][0])))
            continue;
        for (size_t j = 0; j < words->n; j++)
            if (strcmp(words->item[j], known[i][1]) == 0)
                return words->item[j];
    }
    return NULL;
}

static void
read_enum(nvbi_reader *r, const nvbi_row *row, const nvbi_at *of, const cJSON *value, unsigned *out)
{
    nvb_text t = nvbi_kind_of(value) == NVBI_STRING ? nvbi_node_text(value) : NONE;
    for (unsigned i = 0; i < row->words->n && t.s; i++) {
        if (nvb_text_equal(t, nvbi_str(row->words->item[i]))) {
            *out = i;
            return;
        }
    }
    nvb_text name = nvbi_str(row->name), shown = nvbi_shown(r->arena, value);
    const char *near = t.s ? synonym(row->words, t) : NULL;
    if (t.s && !near)
        near = nvbi_nearest(row->words, t);
    if (near)
        nvbi_fault_value(r, NVB_E224, of, value, name, shown, nvbi_str(near));
    else
        nvbi_fault_value(r, NVB_E225, of, value, name, shown,
                         nvbi_list_names(r->arena, nth_word, row->words, row->words->n));
}

static void read_texts(
    nvbi_reader *r, const nvbi_row *row, const nvbi_at *of, const cJSON *value, nvb_texts *out)
{
    if (nvbi_kind_of(value) != NVBI_LIST) {
        nvbi_fault_value(r, NVB_E209, of, value, nvbi_str(row->name), nvbi_shown(r->arena, value),
                         NVB_TEXT("[\"...\", \"...\"]"));
        return;
    }
    size_t n = nvbi_count(value), i = 0;
    nvb_text *items = NVBI_NEW(r->arena, nvb_text, n);
    nvbi_at list = nvbi_at_child(r, of, value, nvbi_node_key(value));
    if (!items)
        return;
    for (const cJSON *item = value->child; item; item = item->next, i++) {
        nvb_text token = nvbi_item_token(r, item, NULL, i);
        if (nvbi_kind_of(item) != NVBI_STRING)
            nvbi_fault_item(r, NVB_E204, &list, item, token, nvbi_str(row->name),
                            nvbi_shown(r->arena, item), as_text(r, item));
        else if (nvbi_is_blank(nvbi_node_text(item)))
            nvbi_fault_item(r, NVB_E234, &list, item, token, nvbi_str(row->name), NONE, NONE);
        else
            items[out->n++] = nvbi_node_text(item);
    }
    out->items = items;
}

/* What to write where an object, list or map belongs. */
static nvb_text container_form(nvbi_reader *r, const nvbi_row *row)
{
    if (row->example)
        return nvbi_str(row->example);
    if (row->value == NVBI_V_OBJECT)
        return nvbi_form_of(r, row->shape);
    return row->value == NVBI_V_LIST ? NVB_TEXT("[{...}, {...}]") : NVB_TEXT("{\"naam\": {...}}");
}

/* Objects, lists and maps, once their JSON is of the right kind. */
static void read_container(
    nvbi_reader *r, const nvbi_row *row, const nvbi_at *of, const cJSON *value, char *target)
{
    bool is_list = row->value == NVBI_V_LIST;
    if (nvbi_kind_of(value) != (is_list ? NVBI_LIST : NVBI_OBJECT)) {
        nvbi_fault_value(r, is_list ? NVB_E209 : NVB_E208, of, value, nvbi_str(row->name),
                         nvbi_shown(r->arena, value), container_form(r, row));
        return;
    }
    if ((row->flags & NVBI_NOT_EMPTY) && !value->child)
        nvbi_fault_value(r, NVB_E234, of, value, nvbi_str(row->name), NONE, NONE);
    nvbi_at at = nvbi_at_child(r, of, value, nvbi_node_key(value));
    if (row->value == NVBI_V_OBJECT) {
        nvbi_read_object(r, row->shape, &at, target + row->offset);
        return;
    }
    const void *items = NULL;
    size_t n = 0;
    if (is_list)
        nvbi_read_list(r, row->shape, &at, &items, &n);
    else
        nvbi_read_map(r, row->shape, &at, &items, &n);
    memcpy(target + row->offset, &items, sizeof items);
    memcpy(target + row->count, &n, sizeof n);
}

void nvbi_read_value(
    nvbi_reader *r, const nvbi_row *row, const nvbi_at *of, const cJSON *value, void *target)
{
    void *field = (char *)target + row->offset;
    nvb_date unused;
    switch (row->value) {
    case NVBI_V_KEPT:
        return;
    case NVBI_V_TEXT:
    case NVBI_V_WORDS:
        nvbi_read_text(r, of, value, row->name, row->value == NVBI_V_WORDS, field);
        return;
    case NVBI_V_NAME:
        read_name(r, row, of, value, field);
        return;
    case NVBI_V_WHOLE:
        read_whole(r, row, of, value, field);
        return;
    case NVBI_V_BOOL:
        if (nvbi_kind_of(value) == NVBI_BOOL)
            *(bool *)field = (value->type & cJSON_True) != 0;
        else
            nvbi_fault_value(r, NVB_E207, of, value, nvbi_str(row->name),
                             nvbi_shown(r->arena, value), NONE);
        return;
    case NVBI_V_DAY:
        read_day(r, row, of, value, field);
        return;
    case NVBI_V_DATE:
        if (read_day(r, row, of, value, &unused))
            *(nvb_text *)field = nvbi_node_text(value);
        return;
    case NVBI_V_ENUM:
        read_enum(r, row, of, value, field);
        return;
    case NVBI_V_AMOUNT:
    case NVBI_V_PERCENT:
    case NVBI_V_SHARE:
    case NVBI_V_FACTOR:
        nvbi_read_number(r, row, of, value, field);
        return;
    case NVBI_V_TEXTS:
        read_texts(r, row, of, value, field);
        return;
    case NVBI_V_OBJECT:
    case NVBI_V_LIST:
    case NVBI_V_MAP:
        read_container(r, row, of, value, target);
        return;
    case NVBI_V_CALL:
        row->call(r, of, value, target);
        return;
    }
}
