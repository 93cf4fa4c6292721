/* json_scan_text.c: the tokens of json_scan.c: strings, keys and their doubles, numbers. */
#include "json_scan_own.h"

#include <stdlib.h>

#define NONE ((nvb_text){0})

enum { SHOWN = 60 }; /* bytes of a token that a message repeats */

static nvb_text cut(const char *s, size_t n)
{
    if (n > SHOWN) {
        n = SHOWN;
        while (n > 0 && ((unsigned char)s[n] & 0xC0U) == 0x80)
            n--;
    }
    return (nvb_text){s, n};
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The four digits after `\u` at `at`, or -1. */
static int hex_unit(const scan *sc, size_t at)
{
    int value = 0;
    if (sc->n - at < 6 || sc->s[at] != '\\' || sc->s[at + 1] != 'u')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        int digit = hex_value(sc->s[at + i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static bool is_high(int unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low(int unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

static void take_unicode(scan *sc)
{
    size_t from = sc->at;
    int unit = hex_unit(sc, from);
    if (unit < 0) {
        nvbi_scan_problem(sc, NVB_E112, from, NONE, NVB_TEXT("\\u"), NONE, NONE);
        sc->at += 2;
        return;
    }
    sc->at += 6;
    if (unit == 0)
        nvbi_scan_problem(sc, NVB_E114, from, NONE, NONE, NONE, NONE);
    else if (is_high(unit) && is_low(hex_unit(sc, sc->at)))
        sc->at += 6;
    else if (is_high(unit) || is_low(unit))
        nvbi_scan_problem(sc, NVB_E113, from, NONE, (nvb_text){sc->s + from, 6}, NONE, NONE);
}

static void take_escape(scan *sc)
{
    char c = sc->at + 1 < sc->n ? sc->s[sc->at + 1] : '\0';
    if (c == 'u') {
        take_unicode(sc);
        return;
    }
    if (c == '\0' || !strchr("\"\\/bfnrt", c)) {
        size_t length =
            sc->at + 1 < sc->n ? nvbi_utf8_length(sc->s + sc->at + 1, sc->n - sc->at - 1) : 0;
        bool shown = c >= 0x20 || length > 1;
        nvbi_scan_problem(sc, NVB_E112, sc->at, NONE,
                          (nvb_text){sc->s + sc->at, 1 + (shown ? length : 0)}, NONE, NONE);
        sc->at++;
        return;
    }
    sc->at += 2;
}

/* A control character other than a line feed. */
static void take_control(scan *sc)
{
    found room;
    nvb_text what = nvbi_scan_found(sc, &room);
    if (sc->s[sc->at] == '\0') {
        nvbi_scan_problem(sc, NVB_E114, sc->at, NONE, NONE, NONE, NONE);
    } else {
        char advice[] = "\\u0000";
        memcpy(advice + 4, what.s + 4, 2);
        nvb_text write = sc->s[sc->at] == '\t' ? NVB_TEXT("\\t") : (nvb_text){advice, 6};
        nvbi_scan_problem(sc, NVB_E111, sc->at, NONE, what, write, NONE);
    }
    sc->at++;
}

static void take_bytes(scan *sc)
{
    size_t length = nvbi_utf8_length(sc->s + sc->at, sc->n - sc->at);
    if (length == 0) {
        found room;
        nvbi_scan_problem(sc, NVB_E115, sc->at, NONE, nvbi_scan_found(sc, &room), NONE, NONE);
        length = 1;
    }
    sc->at += length;
}

static void open_string(scan *sc, size_t line)
{
    nvb_buffer number = NVB_BUFFER_INIT;
    nvb_buffer_uint(&number, line);
    nvbi_scan_stop(sc, NVB_E106, sc->n, NVB_TEXT("\""), (nvb_text){number.s, number.n},
                   NVB_TEXT("\""));
    nvb_buffer_release(&number);
}

static bool is_plain(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 0x20 && u < 0x80 && u != '"' && u != '\\';
}

void nvbi_scan_string(scan *sc, bool *escaped)
{
    size_t from = sc->at++;
    *escaped = false;
    while (!sc->stopped) {
        while (sc->at < sc->n && is_plain(sc->s[sc->at]))
            sc->at++;
        if (sc->at == sc->n) {
            open_string(sc, sc->line);
            return;
        }
        char c = sc->s[sc->at];
        if (c == '"') {
            sc->at++;
            return;
        }
        if (c == '\\') {
            *escaped = true;
            take_escape(sc);
        } else if (c == '\n' || c == '\r') {
            nvbi_scan_stop(sc, NVB_E110, from, NONE, NONE, NONE);
        } else if ((unsigned char)c < 0x20) {
            take_control(sc);
        } else {
            take_bytes(sc);
        }
    }
}

static char *put_utf8(char *p, int c)
{
    unsigned u = (unsigned)c;
    if (u < 0x80) {
        *p++ = (char)u;
    } else if (u < 0x800) {
        *p++ = (char)(0xC0U | u >> 6);
        *p++ = (char)(0x80U | (u & 0x3FU));
    } else if (u < 0x10000) {
        *p++ = (char)(0xE0U | u >> 12);
        *p++ = (char)(0x80U | (u >> 6 & 0x3FU));
        *p++ = (char)(0x80U | (u & 0x3FU));
    } else {
        *p++ = (char)(0xF0U | u >> 18);
        *p++ = (char)(0x80U | (u >> 12 & 0x3FU));
        *p++ = (char)(0x80U | (u >> 6 & 0x3FU));
        *p++ = (char)(0x80U | (u & 0x3FU));
    }
    return p;
}

/* The key at from..to as it is meant: "\u0061" is a. Escapes that are wrong were reported and stay
 * as they are. */
static nvb_text unescape(scan *sc, size_t from, size_t to)
{
    static const char letters[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
    char *room = nvbi_arena_alloc(&sc->arena, to - from + 1), *p = room;
    if (!room)
        return NVB_TEXT("");
    for (size_t at = from; at < to;) {
        int unit = hex_unit(sc, at);
        const char *letter = sc->s[at] == '\\' && at + 1 < to && sc->s[at + 1]
                                 ? strchr(letters, sc->s[at + 1])
                                 : NULL;
        if (unit >= 0) {
            at += 6;
            int low = is_high(unit) ? hex_unit(sc, at) : -1;
            if (is_low(low)) {
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                at += 6;
            }
            p = put_utf8(p, unit);
        } else if (letter) {
            *p++ = letter[1];
            at += 2;
        } else {
            *p++ = sc->s[at++];
        }
    }
    *p = '\0';
    return (nvb_text){room, (size_t)(p - room)};
}

static bool grow_keys(scan *sc)
{
    if (sc->n_keys < sc->room)
        return true;
    size_t room = sc->room ? sc->room * 2 : 64;
    nvbi_key_entry *keys = realloc(sc->keys, room * sizeof *keys);
    if (keys)
        sc->keys = keys;
    spot *spots = realloc(sc->spots, room * sizeof *spots);
    if (spots)
        sc->spots = spots;
    if (!keys || !spots)
        return false;
    sc->room = room;
    return true;
}

void nvbi_scan_key(scan *sc)
{
    size_t from = sc->at, line = sc->line;
    bool escaped;
    nvbi_scan_string(sc, &escaped);
    if (sc->stopped)
        return;
    if (!grow_keys(sc)) {
        nvbi_scan_no_memory(sc);
        return;
    }
    nvb_text key = {sc->s + from + 1, sc->at - from - 2};
    if (escaped)
        key = unescape(sc, from + 1, sc->at - 1);
    sc->spots[sc->n_keys] = (spot){from, line};
    sc->keys[sc->n_keys] = (nvbi_key_entry){key, sc->n_keys};
    sc->n_keys++;
}

static void put_token(nvb_buffer *out, nvb_text token)
{
    nvb_buffer_byte(out, '/');
    for (size_t i = 0; i < token.n; i++) {
        if (token.s[i] == '~')
            nvb_buffer_str(out, "~0");
        else if (token.s[i] == '/')
            nvb_buffer_str(out, "~1");
        else
            nvb_buffer_byte(out, token.s[i]);
    }
}

/* The path of `key` in the innermost open object; items of lists by position, since nothing more is
 * known yet. */
static void put_path(const scan *sc, nvb_buffer *out, nvb_text key)
{
    for (size_t i = 0; i + 1 < sc->depth; i++) {
        if (sc->frames[i].is_object) {
            size_t next = sc->frames[i + 1].first_key;
            put_token(out, cut(sc->keys[next - 1].text.s, sc->keys[next - 1].text.n));
        } else {
            nvb_buffer_byte(out, '/');
            nvb_buffer_uint(out, sc->frames[i].position);
        }
    }
    put_token(out, cut(key.s, key.n));
}

static void twice(scan *sc, const nvbi_key_entry *first, const nvbi_key_entry *again)
{
    nvb_buffer path = NVB_BUFFER_INIT, line = NVB_BUFFER_INIT;
    put_path(sc, &path, again->text);
    nvb_buffer_uint(&line, sc->spots[first->number].line);
    nvbi_scan_problem(sc, NVB_E116, sc->spots[again->number].offset, (nvb_text){path.s, path.n},
                      cut(again->text.s, again->text.n), (nvb_text){line.s, line.n}, NONE);
    nvb_buffer_release(&path);
    nvb_buffer_release(&line);
}

/* Among a few keys: the first that equals key `i`. */
static size_t first_equal(const nvbi_key_entry *keys, size_t i)
{
    size_t j = 0;
    while (!nvb_text_equal(keys[j].text, keys[i].text))
        j++;
    return j;
}

void nvbi_scan_doubles(scan *sc)
{
    enum { FEW = 8 };
    size_t from = sc->frames[sc->depth - 1].first_key, n = sc->n_keys - from, first = 0;
    nvbi_key_entry *keys = n ? sc->keys + from : NULL;
    if (n > FEW)
        nvbi_keys_sort(keys, n);
    for (size_t i = 1; i < n; i++) {
        if (n <= FEW)
            first = first_equal(keys, i);
        else if (!nvb_text_equal(keys[first].text, keys[i].text))
            first = i;
        if (first < i)
            twice(sc, &keys[first], &keys[i]);
    }
    sc->n_keys = from;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits(const char *s, size_t n, size_t at)
{
    while (at < n && is_digit(s[at]))
        at++;
    return at;
}

/* RFC 8259: -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)? */
static bool is_number(const char *s, size_t n)
{
    size_t at = n > 0 && s[0] == '-';
    size_t whole = at;
    at = digits(s, n, at);
    if (at == whole || (s[whole] == '0' && at > whole + 1))
        return false;
    if (at < n && s[at] == '.') {
        size_t part = ++at;
        at = digits(s, n, at);
        if (at == part)
            return false;
    }
    if (at < n && (s[at] == 'e' || s[at] == 'E')) {
        at++;
        at += at < n && (s[at] == '+' || s[at] == '-');
        size_t power = at;
        at = digits(s, n, at);
        if (at == power)
            return false;
    }
    return at == n;
}

void nvbi_scan_number(scan *sc)
{
    size_t from = sc->at;
    while (sc->at < sc->n &&
           (is_digit(sc->s[sc->at]) || (sc->s[sc->at] && strchr("+-.eE", sc->s[sc->at]))))
        sc->at++;
    sc->number_start = from;
    sc->number_end = sc->at;
    if (!is_number(sc->s + from, sc->at - from))
        nvbi_scan_problem(sc, NVB_E108, from, NONE, cut(sc->s + from, sc->at - from), NONE, NONE);
    nvb_buffer_bytes(sc->out, sc->s + sc->copied, from - sc->copied);
    nvb_buffer_bytes(sc->out, "\"\xFF", 2);
    nvb_buffer_bytes(sc->out, sc->s + from, sc->at - from);
    nvb_buffer_byte(sc->out, '"');
    sc->copied = sc->at;
}

/* "1,200" may be twelve hundred as well: one to three digits, the first no zero, and three behind
 * the comma. Puts the digits without the comma in `out`; nothing when there is no doubt. */
static void without_comma(nvb_buffer *out, nvb_text whole, size_t comma)
{
    size_t sign = whole.s[0] == '-', before = digits(whole.s, whole.n, sign) - sign;
    if (before + sign != comma || before > 3 || whole.n - comma != 4 || whole.s[sign] == '0')
        return;
    nvb_buffer_bytes(out, whole.s, comma);
    nvb_buffer_bytes(out, whole.s + comma + 1, 3);
}

bool nvbi_scan_decimal_comma(scan *sc)
{
    if (!is_digit(sc->s[sc->at]) || sc->number_end != sc->comma || sc->comma + 1 != sc->at)
        return false;
    size_t from = sc->number_start;
    sc->at = digits(sc->s, sc->n, sc->at);
    nvb_text whole = cut(sc->s + from, sc->at - from);
    nvb_buffer better = NVB_BUFFER_INIT, joined = NVB_BUFFER_INIT;
    nvb_buffer_text(&better, whole);
    if (better.n > sc->comma - from)
        better.s[sc->comma - from] = '.';
    bool sound = !better.failed && is_number(better.s, better.n);
    without_comma(&joined, whole, sc->comma - from);
    nvbi_scan_problem(sc, NVB_E122, from, NONE, whole,
                      sound ? (nvb_text){better.s, better.n} : NONE,
                      joined.n ? (nvb_text){joined.s, joined.n} : NONE);
    nvb_buffer_release(&joined);
    nvb_buffer_release(&better);
    return true;
}
