/* error_line.c: a record that was refused as one line of JSON, navolgbaar/fout/1: all its problems,
 * in the words in which they are printed, and the record itself to the byte. Read back by
 * overview_read.c. */
#include "base64.h"
#include "overview_keys.h"

#include "formats/json/json_place.h"
#include "formats/json/json_write.h"
#include "formats/word/wording.h"

/* Whether bytes can stand in a JSON string and come out the same. U+0000 could, but too many
 * readers end a text there (our own scan refuses it). */
static bool is_text(nvb_text t)
{
    for (size_t at = 0, bytes; at < t.n; at += bytes) {
        bytes = nvbi_utf8_length(t.s + at, t.n - at);
        if (bytes == 0 || t.s[at] == '\0')
            return false;
    }
    return true;
}

/* A text that may not be one: a file need not be called anything that is UTF-8, and of a record
 * that was refused nobody knows. */
static void put_given(nvbi_json *j, const char *key, nvb_text t)
{
    if (!nvb_text_given(t) || t.n == 0)
        return;
    nvbi_json_key(j, key);
    if (is_text(t)) {
        nvbi_json_text(j, t);
        return;
    }
    size_t from = nvbi_json_begin_string(j);
    nvbi_word_safe(j->out, t);
    nvbi_json_settle_string(j, from);
}

static void put_count(nvbi_json *j, const char *key, uint64_t n)
{
    nvbi_json_key(j, key);
    nvbi_json_int(j, (long long)n);
}

static void put_words(nvbi_json *j,
                      const char *key,
                      void (*word)(nvb_buffer *, const nvb_problem *, nvb_lang),
                      const nvb_problem *p,
                      nvb_lang lang)
{
    nvb_buffer text = NVB_BUFFER_INIT;
    word(&text, p, lang);
    if (text.n) {
        nvbi_json_key(j, key);
        nvbi_json_text(j, (nvb_text){text.s, text.n});
    }
    j->out->failed |= text.failed;
    nvb_buffer_release(&text);
}

static const char *severity_key(nvb_severity s)
{
    static const char *const keys[] = {
        [NVB_ERROR] = "fout", [NVB_GAP] = "gat", [NVB_WARNING] = "waarschuwing"};
    return keys[s];
}

static void put_problem(nvbi_json *j, const nvb_problem *p, nvb_lang lang)
{
    nvbi_json_object(j);
    nvbi_json_key(j, "code");
    nvbi_json_str(j, nvb_code_name(p->code));
    nvbi_json_key(j, "ernst");
    nvbi_json_str(j, severity_key(nvb_code_severity(p->code)));
    put_given(j, "bestand", p->place.file);
    if (p->place.line) {
        put_count(j, "regel", p->place.line);
        put_count(j, "kolom", p->place.column);
    }
    put_given(j, "pad", p->path);
    put_words(j, "melding", nvbi_word_problem, p, lang);
    put_words(j, "hint", nvbi_word_hint, p, lang);
    nvbi_json_end_object(j);
}

static void put_problems(nvbi_json *j, const nvb_diag *diag, nvb_lang lang)
{
    size_t kept = nvb_diag_kept(diag), all = 0;
    nvbi_json_key(j, "meldingen");
    nvbi_json_array(j);
    for (size_t i = 0; i < kept; i++)
        put_problem(j, nvb_diag_at(diag, i), lang);
    nvbi_json_end_array(j);
    for (int s = NVB_ERROR; s <= NVB_WARNING; s++)
        all += nvb_diag_count(diag, (nvb_severity)s);
    if (all > kept)
        put_count(j, "meldingen_weggelaten", all - kept);
}

static void put_input(nvbi_json *j, nvb_text input)
{
    if (!nvb_text_given(input))
        return;
    if (is_text(input)) {
        nvbi_json_key(j, NVBI_INPUT_KEY);
        nvbi_json_text(j, input);
        return;
    }
    nvbi_json_key(j, NVBI_INPUT_KEY "_base64");
    nvbi_json_open_string(j);
    nvbi_base64(j->out, input);
    nvbi_json_close_string(j);
}

void nvb_emit_error_line(nvb_buffer *out, const nvb_refused *r, const nvb_diag *diag, nvb_lang lang)
{
    nvbi_json j;
    nvbi_json_begin(&j, out, false);
    nvbi_json_object(&j);
    nvbi_json_key(&j, "formaat");
    nvbi_json_str(&j, NVBI_ERROR_FORMAT);
    nvbi_json_key(&j, "taal");
    nvbi_json_str(&j, lang == NVB_EN ? "en" : "nl");
    put_count(&j, "nummer", r->number);
    put_count(&j, "regel", r->line);
    put_given(&j, "kenmerk", r->reference);
    put_given(&j, "agb", r->code);
    put_problems(&j, diag, lang);
    put_input(&j, r->input);
    nvbi_json_end_object(&j);
    nvb_buffer_byte(out, '\n');
}
