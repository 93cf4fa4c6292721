/*
 * json_write.h: begin, append, end: a writer that can only produce valid JSON (as long as every
 * begin has its end).
 *
 * It escapes what must be escaped (quotes, backslash, controls below U+0020, and U+007F to U+009F,
 * U+2028, U+2029 and the marks that turn text around, for safety) and repairs nothing else: texts
 * are valid UTF-8 since they were scanned. Compact, or indented by two spaces. A quantity is always
 * a string of digits: there is no call that takes a binary number other than a whole one.
 *
 *     nvbi_json j;
 *     nvbi_json_begin(&j, out, false);
 *     nvbi_json_object(&j);
 *     nvbi_json_key(&j, "kenmerk");
 *     nvbi_json_text(&j, proposal->reference);
 *     nvbi_json_end_object(&j);
 *
 * Failure is the buffer's: test `out->failed` once at the end.
 */
#ifndef NVB_FORMATS_JSON_WRITE_H
#define NVB_FORMATS_JSON_WRITE_H

#include "core/append.h"

typedef struct nvbi_json {
    nvb_buffer *out;
    bool indent;
    unsigned depth;
    bool comma; /* an item was written on this level, so the next one is preceded by a comma */
    bool value; /* a key was written and waits for its value */
} nvbi_json;

void nvbi_json_begin(nvbi_json *j, nvb_buffer *out, bool indent);
void nvbi_json_object(nvbi_json *j); /* opens an object as a value */
void nvbi_json_end_object(nvbi_json *j);
void nvbi_json_array(nvbi_json *j);
void nvbi_json_end_array(nvbi_json *j);
void nvbi_json_key_text(nvbi_json *j, nvb_text key);
void nvbi_json_text(nvbi_json *j, nvb_text t); /* a string value */
void nvbi_json_str(nvbi_json *j, const char *s);
void nvbi_json_plain(nvbi_json *j,
                     const char *s,
                     size_t n); /* a string value known to need no escape */
void nvbi_json_int(nvbi_json *j, long long v);
void nvbi_json_bool(nvbi_json *j, bool v);
void nvbi_json_raw(nvbi_json *j,
                   const char *s,
                   size_t n); /* a whole value as it stands, e.g. a number token */

/* A whole value of valid, compact JSON: as it stands, or set on lines of its own when this writer
 * indents. */
void nvbi_json_copy(nvbi_json *j, const char *s, size_t n);

/* A string value put together in pieces: open, append (escaped), close. */
void nvbi_json_open_string(nvbi_json *j);
void nvbi_json_append(nvbi_json *j, const char *s, size_t n);
void nvbi_json_close_string(nvbi_json *j);
/* Closes a string whose text was appended to the buffer directly, from offset `from` on; escapes it
 * in place where that is needed. For texts of the wording functions, which need it seldom:
 *
 *     size_t from = nvbi_json_begin_string(j);
 *     nvbi_word_label(j->out, figure, lang);
 *     nvbi_json_settle_string(j, from);
 */
size_t nvbi_json_begin_string(nvbi_json *j);
void nvbi_json_settle_string(nvbi_json *j, size_t from);

/* Writes again the `n` bytes this writer wrote at offset `from` of the buffer: whole items of an
 * object at this depth, the last of which may be a string still open. */
void nvbi_json_again(nvbi_json *j, size_t from, size_t n);

/* For nvbi_json_key: the comma, line break and spaces before an item when indenting. */
void nvbi_json_break(nvbi_json *j);

/* key: ASCII that needs no escape. */
static inline void nvbi_json_key(nvbi_json *j, const char *key)
{
    if (j->indent)
        nvbi_json_break(j);
    size_t n = strlen(key);
    char *p = nvbi_room(j->out, n + 5);
    if (p) {
        if (!j->indent && j->comma)
            *p++ = ',';
        *p++ = '"';
        memcpy(p, key, n);
        p += n;
        *p++ = '"';
        *p++ = ':';
        if (j->indent)
            *p++ = ' ';
        nvbi_wrote(j->out, p);
    }
    j->value = true;
}

#endif
