/* json_scan.c: see json_scan.h. The grammar, as a machine of seven states and a stack of open
 * brackets. */
#include "json_scan_own.h"

#include <stdlib.h>

typedef enum state { VALUE, FIRST_ITEM, FIRST_KEY, KEY, COLON, AFTER_VALUE, DONE } state;

#define NONE ((nvb_text){0})

void nvbi_scan_problem(
    scan *sc, nvb_code code, size_t offset, nvb_text path, nvb_text w1, nvb_text w2, nvb_text w3)
{
    size_t kept = nvb_diag_kept(sc->diag);
    nvb_diag_add(sc->diag, code, path, w1, w2, w3);
    if (nvb_diag_kept(sc->diag) > kept && sc->n_marks < NVB_MAX_PROBLEMS)
        sc->marks[sc->n_marks++] = (nvbi_mark){offset, kept};
}

void nvbi_scan_stop(scan *sc, nvb_code code, size_t offset, nvb_text w1, nvb_text w2, nvb_text w3)
{
    nvbi_scan_problem(sc, code, offset, NONE, w1, w2, w3);
    sc->stopped = true;
}

void nvbi_scan_no_memory(scan *sc)
{
    nvb_diag_add(sc->diag, NVB_E901, NONE, NONE, NONE, NONE);
    sc->stopped = true;
}

nvb_text nvbi_scan_found(const scan *sc, found *room)
{
    static const char hex[] = "0123456789ABCDEF";
    const char *c = sc->s + sc->at;
    unsigned char byte = (unsigned char)*c;
    size_t length = nvbi_utf8_length(c, sc->n - sc->at);
    if (length > 0 && byte >= 0x20 && byte != 0x7F) {
        room->s[0] = room->s[length + 1] = '\'';
        memcpy(room->s + 1, c, length);
        return (nvb_text){room->s, length + 2};
    }
    const char *prefix = length > 0 ? "U+00" : "0x";
    size_t n = strlen(prefix);
    memcpy(room->s, prefix, n);
    room->s[n] = hex[byte >> 4];
    room->s[n + 1] = hex[byte & 15U];
    return (nvb_text){room->s, n + 2};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static void skip_blanks(scan *sc)
{
    for (; sc->at < sc->n && is_blank(sc->s[sc->at]); sc->at++)
        sc->line += sc->s[sc->at] == '\n';
}

/* Something that cannot stand here. What is not even a character is said as such; so is a comment.
 */
static void unexpected(scan *sc, nvb_code code, nvb_text first)
{
    found room;
    nvb_text what = nvbi_scan_found(sc, &room);
    char next = sc->at + 1 < sc->n ? sc->s[sc->at + 1] : '\0';
    if (nvbi_utf8_length(sc->s + sc->at, sc->n - sc->at) == 0)
        nvbi_scan_stop(sc, NVB_E115, sc->at, what, NONE, NONE);
    else if (sc->s[sc->at] == '/' && (next == '/' || next == '*'))
        nvbi_scan_stop(sc, NVB_E121, sc->at, NONE, NONE, NONE);
    else if (nvb_text_given(first))
        nvbi_scan_stop(sc, code, sc->at, first, what, NONE);
    else
        nvbi_scan_stop(sc, code, sc->at, what, NONE, NONE);
}

/* The innermost open bracket; there is one. */
static frame *top(scan *sc)
{
    return &sc->frames[sc->depth - 1];
}

static state open_bracket(scan *sc, bool is_object)
{
    if (sc->depth == NVBI_MAX_DEPTH) {
        nvbi_scan_stop(sc, NVB_E117, sc->at, NONE, NONE, NONE);
        return DONE;
    }
    sc->frames[sc->depth++] =
        (frame){.is_object = is_object, .line = sc->line, .first_key = sc->n_keys};
    sc->at++;
    return is_object ? FIRST_KEY : FIRST_ITEM;
}

static state close_bracket(scan *sc)
{
    if (top(sc)->is_object)
        nvbi_scan_doubles(sc);
    sc->depth--;
    sc->at++;
    return sc->depth ? AFTER_VALUE : DONE;
}

static state after_value(const scan *sc)
{
    return sc->depth ? AFTER_VALUE : DONE;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static state take_word(scan *sc)
{
    size_t from = sc->at;
    while (sc->at < sc->n && is_letter(sc->s[sc->at]))
        sc->at++;
    nvb_text word = {sc->s + from, sc->at - from};
    if (nvb_text_equal(word, NVB_TEXT("true")) || nvb_text_equal(word, NVB_TEXT("false")) ||
        nvb_text_equal(word, NVB_TEXT("null")))
        return after_value(sc);
    word.n = word.n > 40 ? 40 : word.n;
    nvbi_scan_problem(sc, NVB_E109, from, NONE, word, NONE, NONE);
    sc->stopped =
        sc->depth == 0; /* a file that is no JSON at all: what follows would only repeat that */
    return after_value(sc);
}

static state take_value(scan *sc)
{
    char c = sc->s[sc->at];
    bool escaped;
    if (++sc->values > NVBI_MAX_VALUES) {
        nvbi_scan_stop(sc, NVB_E119, sc->at, NVB_TEXT("20000000"), NONE, NONE);
        return DONE;
    }
    if (c == '{' || c == '[')
        return open_bracket(sc, c == '{');
    if (c == '"')
        nvbi_scan_string(sc, &escaped);
    else if (c == '-' || c == '+' || c == '.' || (c >= '0' && c <= '9'))
        nvbi_scan_number(sc);
    else if (is_letter(c))
        return take_word(sc);
    else
        unexpected(sc, NVB_E102, NONE);
    return after_value(sc);
}

static state take_key(scan *sc, bool first)
{
    char c = sc->s[sc->at];
    if (c == '}') {
        if (!first)
            nvbi_scan_problem(sc, NVB_E120, sc->comma, NONE, NONE, NONE, NONE);
        return close_bracket(sc);
    }
    if (c == '"') {
        nvbi_scan_key(sc);
        return COLON;
    }
    if (!first && nvbi_scan_decimal_comma(sc))
        return AFTER_VALUE;
    unexpected(sc, NVB_E103, NONE);
    return DONE;
}

static state take_item(scan *sc, bool first)
{
    if (sc->s[sc->at] != ']')
        return take_value(sc);
    if (!first)
        nvbi_scan_problem(sc, NVB_E120, sc->comma, NONE, NONE, NONE, NONE);
    return close_bracket(sc);
}

static state take_colon(scan *sc)
{
    if (sc->s[sc->at] == ':') {
        sc->at++;
        return VALUE;
    }
    nvb_text key = sc->keys[sc->n_keys - 1].text;
    key.n = key.n > 40 ? 0 : key.n;
    unexpected(sc, NVB_E104, key);
    return DONE;
}

/* What may follow a value; a comma that was forgotten is imagined, when what follows begins a value
 * or key. */
static state take_comma(scan *sc)
{
    char c = sc->s[sc->at];
    bool in_object = top(sc)->is_object;
    if (c == (in_object ? '}' : ']'))
        return close_bracket(sc);
    if (c == ',') {
        sc->comma = sc->at++;
    } else if (c == '"' || (!in_object && (c == '{' || c == '['))) {
        found room;
        nvb_text what = nvbi_scan_found(sc, &room);
        nvbi_scan_problem(sc, NVB_E105, sc->at, NONE, in_object ? NVB_TEXT("}") : NVB_TEXT("]"),
                          what, NONE);
    } else {
        unexpected(sc, NVB_E105, in_object ? NVB_TEXT("}") : NVB_TEXT("]"));
    }
    top(sc)->position++;
    return in_object ? KEY : VALUE;
}

static state take(scan *sc, state now)
{
    switch (now) {
    case VALUE:
        return sc->depth && !top(sc)->is_object ? take_item(sc, false) : take_value(sc);
    case FIRST_ITEM:
        return take_item(sc, true);
    case FIRST_KEY:
        return take_key(sc, true);
    case KEY:
        return take_key(sc, false);
    case COLON:
        return take_colon(sc);
    case AFTER_VALUE:
        return take_comma(sc);
    case DONE:
        unexpected(sc, NVB_E107, NONE);
        return DONE;
    }
    return DONE;
}

/* The text is over: is the document? */
static void at_end(scan *sc, state now)
{
    size_t end = sc->n;
    while (end > 0 && is_blank(sc->s[end - 1]))
        end--;
    if (sc->depth == 0) {
        if (now != DONE)
            nvbi_scan_stop(sc, NVB_E101, sc->at, NONE, NONE, NONE);
        return;
    }
    nvb_buffer line = NVB_BUFFER_INIT;
    nvb_buffer_uint(&line, top(sc)->line);
    bool in_object = top(sc)->is_object;
    nvbi_scan_stop(sc, NVB_E106, end, in_object ? NVB_TEXT("{") : NVB_TEXT("["),
                   (nvb_text){line.s, line.n}, in_object ? NVB_TEXT("}") : NVB_TEXT("]"));
    nvb_buffer_release(&line);
}

static void run(scan *sc)
{
    state now = VALUE;
    for (;;) {
        skip_blanks(sc);
        if (sc->at == sc->n)
            break;
        now = take(sc, now);
        if (sc->stopped)
            break;
    }
    if (!sc->stopped)
        at_end(sc, now);
    for (; sc->depth; sc->depth--) /* doubles in what was never closed */
        if (top(sc)->is_object)
            nvbi_scan_doubles(sc);
}

bool nvbi_file_fits(const nvb_source_file *file, nvb_diag *diag)
{
    if (file->bytes.n <= NVBI_MAX_BYTES)
        return true;
    nvb_buffer words = NVB_BUFFER_INIT;
    nvb_buffer_uint(&words, file->bytes.n);
    size_t n = words.n;
    nvb_buffer_uint(&words, NVBI_MAX_BYTES);
    nvb_text size = NONE, most = NONE;
    if (!words.failed) {
        size = (nvb_text){words.s, n};
        most = (nvb_text){words.s + n, words.n - n};
    }
    nvb_problem *p = nvb_diag_add(diag, NVB_E118, NONE, size, most, NONE);
    p->place.file = nvb_diag_keep(diag, file->name);
    nvb_buffer_release(&words);
    return false;
}

bool nvbi_json_scan(nvb_buffer *out, size_t *values, const nvb_source_file *file, nvb_diag *diag)
{
    *values = 0;
    if (!nvbi_file_fits(file, diag))
        return false;
    size_t errors = nvb_diag_count(diag, NVB_ERROR);
    scan *sc = calloc(1, sizeof *sc);
    if (!sc) {
        nvb_diag_add(diag, NVB_E901, NONE, NONE, NONE, NONE);
        return false;
    }
    size_t bom = nvbi_bom_length(file->bytes);
    sc->s = file->bytes.s;
    sc->n = file->bytes.n;
    sc->at = sc->copied = bom;
    sc->line = 1;
    sc->file = file->name;
    sc->out = out;
    sc->diag = diag;
    sc->number_end = SIZE_MAX;
    nvbi_arena_init(&sc->arena);
    run(sc);
    nvb_buffer_bytes(out, sc->s + sc->copied, sc->n - sc->copied);
    if (!sc->stopped && (out->failed || sc->arena.failed))
        nvbi_scan_no_memory(sc);
    nvbi_place_marks(diag, file->name, file->bytes, sc->marks, sc->n_marks);
    *values = sc->values;
    nvbi_arena_release(&sc->arena);
    free(sc->keys);
    free(sc->spots);
    free(sc);
    return nvb_diag_count(diag, NVB_ERROR) == errors;
}
