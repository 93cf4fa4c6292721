/*
 * fuzz_summary.c: any bytes as lines of a bulk run, and as a record that is refused. Nothing may
 * crash, leak or hang; a summary that took lines can be written; and the line of a refused record,
 * whatever its bytes, is read back.
 */
#include "navolgbaar/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add_lines(nvb_summary *s, nvb_text t)
{
    while (t.n) {
        const char *end = memchr(t.s, '\n', t.n);
        size_t n = end ? (size_t)(end - t.s) : t.n, taken = end ? n + 1 : n;
        nvb_overview_add(s, (nvb_text){t.s, n});
        nvb_error_add(s, (nvb_text){t.s, n});
        t = (nvb_text){t.s + taken, t.n - taken};
    }
}

static void refuse(nvb_summary *s, nvb_diag *diag, nvb_text input, nvb_lang lang)
{
    nvb_buffer line = NVB_BUFFER_INIT;
    nvb_refused r = {1, 1, input, input, input};
    nvb_diag_add(diag, NVB_E203, input, input, input, input);
    nvb_emit_error_line(&line, &r, diag, lang);
    if (!line.failed && (memchr(line.s, '\n', line.n) != line.s + line.n - 1 ||
                         !nvb_error_add(s, (nvb_text){line.s, line.n})))
        __builtin_trap();
    nvb_buffer_release(&line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nvb_buffer bytes = NVB_BUFFER_INIT, out = NVB_BUFFER_INIT;
    nvb_buffer_bytes(&bytes, (const char *)data, size);
    nvb_summary *s = nvb_summary_new();
    nvb_diag *diag = nvb_diag_new();
    if (!bytes.failed && s && diag) {
        nvb_emit_options o = {.lang = size % 2 ? NVB_EN : NVB_NL};
        add_lines(s, (nvb_text){bytes.s, bytes.n});
        refuse(s, diag, (nvb_text){bytes.s ? bytes.s : "", bytes.n}, o.lang);
        nvb_emit_summary_text(&out, s, NULL, &o);
        nvb_emit_summary_json(&out, s, NULL, &o);
    }
    nvb_diag_free(diag);
    nvb_summary_free(s);
    nvb_buffer_release(&out);
    nvb_buffer_release(&bytes);
    return 0;
}
