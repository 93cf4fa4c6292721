/* base64.c: see base64.h. */
#include "base64.h"

#include "core/append.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Three bytes as four signs. */
static char *put_group(char *p, unsigned a, unsigned b, unsigned c)
{
    unsigned bits = a << 16 | b << 8 | c;
    p[0] = alphabet[bits >> 18];
    p[1] = alphabet[bits >> 12 & 63U];
    p[2] = alphabet[bits >> 6 & 63U];
    p[3] = alphabet[bits & 63U];
    return p + 4;
}

void nvbi_base64(nvb_buffer *out, nvb_text bytes)
{
    const unsigned char *s = (const unsigned char *)bytes.s;
    size_t whole = bytes.n / 3, rest = bytes.n % 3;
    char *p = nvbi_room(out, (whole + 1) * 4);
    if (!p)
        return;
    for (size_t i = 0; i < whole; i++, s += 3)
        p = put_group(p, s[0], s[1], s[2]);
    if (rest) {
        p = put_group(p, s[0], rest == 2 ? s[1] : 0, 0);
        p[-1] = '=';
        if (rest == 1)
            p[-2] = '=';
    }
    nvbi_wrote(out, p);
}
