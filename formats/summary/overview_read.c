/*
 * overview_read.c: lines of a run read back: what they add to a summary. See overview_line.c and
 * error_line.c.
 *
 * A summary is always made from these lines, on a first run too: then a run that goes on where
 * another stopped comes to the same.
 */
#include "overview_keys.h"
#include "overview_number.h"

#include "formats/json/json_tree.h"

/* MESSAGE: bytes of an example that are kept; more than is shown. */
enum { COUNT_DIGITS = 18, MESSAGE = 512 };

/* --- values of an object; false when one is there and is not what it should be --- */

/* A key that may be absent: *there says so. */
static bool find(const cJSON *object, const char *key, nvbi_kind kind, const cJSON **value)
{
    *value = nvbi_member(object, key);
    return !*value || nvbi_kind_of(*value) == kind;
}

static bool text_of(const cJSON *object, const char *key, nvb_text *out)
{
    const cJSON *value;
    *out = (nvb_text){NULL, 0};
    if (!find(object, key, NVBI_STRING, &value))
        return false;
    if (value)
        *out = nvbi_node_text(value);
    return true;
}

static bool count_in(const cJSON *value, uint64_t *out)
{
    if (!value || nvbi_kind_of(value) != NVBI_NUMBER)
        return false;
    nvb_text digits = nvbi_node_text(value);
    *out = 0;
    for (size_t i = 0; i < digits.n; i++) {
        if (digits.s[i] < '0' || digits.s[i] > '9')
            return false;
        *out = *out * 10 + (uint64_t)(digits.s[i] - '0');
    }
    return digits.n > 0 && digits.n <= COUNT_DIGITS;
}

static bool count_of(const cJSON *object, const char *key, uint64_t *out)
{
    return count_in(nvbi_member(object, key), out);
}

static bool is_format(const cJSON *object, const char *format)
{
    nvb_text t;
    return text_of(object, "formaat", &t) && nvb_text_given(t) &&
           nvb_text_equal(t, (nvb_text){format, strlen(format)});
}

/* An amount, and where it does not end within 20 decimals the fraction that stands beside it. */
static bool amount_of(nvb_calc *calc,
                      const cJSON *object,
                      const char *key,
                      const char *fraction_key,
                      bool *there,
                      nvb_num *out)
{
    nvb_text value, fraction;
    if (!text_of(object, key, &value) || !text_of(object, fraction_key, &fraction))
        return false;
    *there = nvb_text_given(value);
    return !*there || nvbi_overview_number(calc, nvb_text_given(fraction) ? fraction : value, out);
}

static bool rules_of(const cJSON *object, const char *key, uint64_t *out)
{
    const cJSON *list = nvbi_member(object, key);
    if (!list || nvbi_kind_of(list) != NVBI_LIST)
        return false;
    for (const cJSON *item = list->child; item; item = item->next) {
        nvb_rule r = nvbi_kind_of(item) == NVBI_STRING ? nvb_rule_find(nvbi_node_text(item))
                                                       : NVB_RULE_COUNT;
        if (r == NVB_RULE_COUNT)
            return false;
        *out |= (uint64_t)1 << r;
    }
    return true;
}

/* --- a good document --- */

static bool read_head(const cJSON *line, nvb_summary_row *row)
{
    uint64_t year = 0;
    bool well = is_format(line, NVBI_OVERVIEW_FORMAT) && count_of(line, "nummer", &row->number) &&
                text_of(line, "kenmerk", &row->reference) && nvb_text_given(row->reference) &&
                text_of(line, "agb", &row->code) && text_of(line, "naam", &row->name) &&
                text_of(line, "zorgverzekeraar", &row->insurer) &&
                text_of(line, "beleid", &row->policy) &&
                (!nvbi_member(line, "contractjaar") || count_of(line, "contractjaar", &year)) &&
                count_of(line, "regels", &row->lines) &&
                count_of(line, "zonder_volume", &row->without_volume) &&
                rules_of(line, "niet_voldaan", &row->not_met) &&
                rules_of(line, "onbekend", &row->unknown) && count_of(line, "gaten", &row->gaps);
    row->year = year <= 9999 ? (int)year : 0;
    row->good = true;
    return well && year <= 9999 && row->without_volume <= row->lines;
}

static bool read_changes(const cJSON *line, nvb_summary_row *row)
{
    const cJSON *pairs, *bands;
    if (!find(line, "prestaties", NVBI_OBJECT, &pairs) ||
        !find(line, "banden", NVBI_LIST, &bands) || !pairs != !bands)
        return false;
    row->compared = pairs != NULL;
    if (!row->compared)
        return true;
    for (unsigned k = 0; k < NVB_PAIR_STATE_COUNT; k++)
        if (!count_of(pairs, nvb_pair_state_key((nvb_pair_state)k), &row->pairs[k]))
            return false;
    unsigned n = 0;
    for (const cJSON *band = bands->child; band; band = band->next)
        if (n == NVB_BAND_COUNT || !count_in(band, &row->bands[n++]))
            return false;
    return n == NVB_BAND_COUNT;
}

static bool read_overview(const cJSON *line, nvb_calc *calc, nvb_summary_row *row)
{
    return line && read_head(line, row) && read_changes(line, row) &&
           amount_of(calc, line, "omzet", "omzet_breuk", &row->has_turnover, &row->turnover) &&
           amount_of(calc, line, "omzet_vorig", "omzet_vorig_breuk", &row->has_previous,
                     &row->previous) &&
           (row->compared || !row->has_previous);
}

/* A tree that cJSON_Delete frees; NULL when it is no JSON. */
static cJSON *parse(nvb_text line, nvb_diag *diag)
{
    nvb_source_file file = {NVB_TEXT(""), line};
    int ordinal = 0;
    return nvbi_tree_parse(&file, &ordinal, diag);
}

bool nvb_overview_add(nvb_summary *s, nvb_text line)
{
    nvb_diag *diag = nvb_diag_new();
    if (!diag)
        return false;
    cJSON *tree = parse(line, diag);
    nvb_summary_row row = {0};
    bool well = read_overview(tree, nvb_summary_calc(s), &row) && nvb_summary_add(s, &row);
    cJSON_Delete(tree);
    nvb_diag_free(diag);
    return well;
}

bool nvb_overview_files(nvb_text line, bool (*each)(void *of, const nvb_written *file), void *of)
{
    nvb_diag *diag = nvb_diag_new();
    cJSON *tree = diag ? parse(line, diag) : NULL;
    const cJSON *files = NULL;
    bool well = tree && find(tree, "bestanden", NVBI_LIST, &files);
    for (const cJSON *file = files ? files->child : NULL; well && file; file = file->next) {
        nvb_written written;
        well = text_of(file, "naam", &written.name) && nvb_text_given(written.name) &&
               text_of(file, "xxh3", &written.digest) && nvb_text_given(written.digest) &&
               count_of(file, "bytes", &written.bytes) && each(of, &written);
    }
    cJSON_Delete(tree);
    nvb_diag_free(diag);
    return well;
}

/* --- a bad one --- */

/* The line up to the record itself, which may be as large as anything and says nothing here. No
 * string holds a bare quote, so these bytes are that key and nothing else. */
static size_t before_input(nvb_text line)
{
    static const char mark[] = ",\"" NVBI_INPUT_KEY;
    size_t length = sizeof mark - 1;
    const char *at = line.s, *end = line.s + line.n;
    while (at && (size_t)(end - at) >= length) {
        at = memchr(at, ',', (size_t)(end - at) - length + 1);
        if (at && memcmp(at, mark, length) == 0)
            return (size_t)(at - line.s);
        at += at != NULL;
    }
    return line.n;
}

static bool read_problems(const cJSON *line, nvb_diag *to)
{
    const cJSON *list = nvbi_member(line, "meldingen");
    static const nvb_text none = {NULL, 0};
    size_t n = 0;
    if (!list || nvbi_kind_of(list) != NVBI_LIST)
        return false;
    for (const cJSON *item = list->child; item; item = item->next, n++) {
        nvb_text name;
        nvb_code code =
            text_of(item, "code", &name) && nvb_text_given(name) ? nvb_code_find(name) : NVB_OK;
        if (code == NVB_OK)
            return false;
        nvb_diag_add(to, code, none, none, none, none);
    }
    return n == nvb_diag_kept(to) || n > NVB_MAX_PROBLEMS; /* else memory is out */
}

static nvb_text cut_short(nvb_text t)
{
    if (t.n <= MESSAGE)
        return t;
    t.n = MESSAGE;
    while (t.n && ((unsigned char)t.s[t.n] & 0xC0U) == 0x80U)
        t.n--;
    return t;
}

/* Where the first problem with this code is, and what it says. */
static bool read_example(const cJSON *line, nvb_code code, nvb_place *place, nvb_text *message)
{
    nvb_text name = {nvb_code_name(code), strlen(nvb_code_name(code))}, said;
    const cJSON *list = nvbi_member(line, "meldingen");
    for (const cJSON *item = list ? list->child : NULL; item; item = item->next) {
        uint64_t at = 0, column = 0;
        if (!text_of(item, "code", &said) || !nvb_text_given(said) || !nvb_text_equal(said, name))
            continue;
        bool well = text_of(item, "bestand", &place->file) && text_of(item, "melding", message) &&
                    (!nvbi_member(item, "regel") ||
                     (count_of(item, "regel", &at) && count_of(item, "kolom", &column)));
        place->line = (size_t)at;
        place->column = (size_t)column;
        *message = cut_short(*message);
        return well;
    }
    return true;
}

bool nvb_error_add(nvb_summary *s, nvb_text line)
{
    nvb_diag *wrong = nvb_diag_new(), *problems = nvb_diag_new();
    nvb_buffer head = NVB_BUFFER_INIT;
    nvb_code codes[NVB_CODE_COUNT];
    nvb_place places[NVB_CODE_COUNT] = {0};
    nvb_text messages[NVB_CODE_COUNT] = {0};
    nvb_summary_row row = {.codes = codes, .places = places, .messages = messages};
    size_t n = before_input(line);
    nvb_buffer_bytes(&head, line.s, n);
    if (n < line.n)
        nvb_buffer_byte(&head, '}');
    cJSON *tree = wrong && problems && head.s && !head.failed
                      ? parse((nvb_text){head.s, head.n}, wrong)
                      : NULL;
    bool well = tree && is_format(tree, NVBI_ERROR_FORMAT) &&
                count_of(tree, "nummer", &row.number) && text_of(tree, "kenmerk", &row.reference) &&
                read_problems(tree, problems);
    if (well)
        row.n_codes = nvb_summary_codes(problems, codes);
    for (size_t i = 0; well && i < row.n_codes; i++)
        well = read_example(tree, codes[i], &places[i], &messages[i]);
    well = well && nvb_summary_add(s, &row);
    cJSON_Delete(tree);
    nvb_buffer_release(&head);
    nvb_diag_free(wrong);
    nvb_diag_free(problems);
    return well;
}
