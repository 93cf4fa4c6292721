/* complain.c: see complain.h. */
#include "complain.h"

/* The bytes of the UTF-8 character at `s` (ended by NUL); 0 when there is none. Overlong forms,
 * surrogates and what lies beyond U+10FFFF are none. */
static size_t character(const char *s)
{
    const unsigned char *u = (const unsigned char *)s;
    if (u[0] < 0x80)
        return 1;
    if (u[0] < 0xC2 || u[0] > 0xF4)
        return 0;
    size_t n = u[0] < 0xE0 ? 2 : u[0] < 0xF0 ? 3 : 4;
    for (size_t i = 1; i < n; i++)
        if ((u[i] & 0xC0) != 0x80)
            return 0;
    if ((u[0] == 0xE0 && u[1] < 0xA0) || (u[0] == 0xED && u[1] > 0x9F) ||
        (u[0] == 0xF0 && u[1] < 0x90) || (u[0] == 0xF4 && u[1] > 0x8F))
        return 0;
    return n;
}

bool cli_is_utf8(const char *s)
{
    while (*s) {
        size_t n = character(s);
        if (n == 0)
            return false;
        s += n;
    }
    return true;
}

void cli_legible(nvb_buffer *out, const char *s)
{
    while (*s) {
        size_t n = character(s);
        if (n == 0)
            nvb_buffer_byte(out, '?');
        else
            nvb_buffer_bytes(out, s, n);
        s += n ? n : 1;
    }
}

void cli_complain(nvb_diag *diag, nvb_code code, const char *w1, const char *w2, const char *w3)
{
    const char *given[] = {w1, w2, w3};
    nvb_buffer shown[] = {NVB_BUFFER_INIT, NVB_BUFFER_INIT, NVB_BUFFER_INIT};
    nvb_text word[3] = {
        {NULL, 0},
        {NULL, 0},
        {NULL, 0}
    };
    for (size_t i = 0; i < 3; i++) {
        if (!given[i])
            continue;
        cli_legible(&shown[i], given[i]);
        if (shown[i].failed)
            code = NVB_E901; /* which needs no words, and says why there are none */
        word[i] = shown[i].s ? (nvb_text){shown[i].s, shown[i].n} : NVB_TEXT("");
    }
    nvb_diag_add(diag, code, (nvb_text){NULL, 0}, word[0], word[1], word[2]);
    for (size_t i = 0; i < 3; i++)
        nvb_buffer_release(&shown[i]);
}
