/* names.c: see names.h. */
#include "names.h"

#include <xxhash.h>

enum { LONGEST = 100, MARK = 8 };

static bool is_kept(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

/* "X.wijzigingen" as a name would let its file be that of the changes of "X". */
static bool ends_as_kind(nvb_text kenmerk)
{
    static const char *const kinds[] = {".wijzigingen", ".toetsen"};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t n = strlen(kinds[k]), same = 0;
        while (kenmerk.n >= n && same < n) {
            char c = kenmerk.s[kenmerk.n - n + same];
            if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != kinds[k][same])
                break;
            same++;
        }
        if (same == n)
            return true;
    }
    return false;
}

static void mark(nvb_buffer *to, nvb_text kenmerk)
{
    static const char digits[] = "0123456789abcdef";
    uint64_t digest = XXH3_64bits(kenmerk.n ? kenmerk.s : "", kenmerk.n);
    nvb_buffer_byte(to, '-');
    for (unsigned i = MARK; i-- > 0;)
        nvb_buffer_byte(to, digits[digest >> (4 * i) & 15]);
}

void batch_name(nvb_buffer *to, nvb_text kenmerk)
{
    size_t begin = to->n;
    bool changed = kenmerk.n == 0 || ends_as_kind(kenmerk);
    if (kenmerk.n && (kenmerk.s[0] == '.' || kenmerk.s[0] == '-')) {
        nvb_buffer_byte(to, '_');
        changed = true;
    }
    for (size_t i = 0; i < kenmerk.n; i++) {
        bool kept = is_kept(kenmerk.s[i]);
        changed = changed || !kept;
        if (kept)
            nvb_buffer_byte(to, kenmerk.s[i]);
        else if (i == 0 || is_kept(kenmerk.s[i - 1]))
            nvb_buffer_byte(to, '_');
    }
    if (to->n - begin > LONGEST)
        changed = true;
    if (!changed)
        return;
    if (to->n - begin > LONGEST - MARK - 1)
        nvb_buffer_cut(to, begin + LONGEST - MARK - 1);
    mark(to, kenmerk);
}

static void padded(nvb_buffer *to, uint64_t v)
{
    uint64_t least = 10000; /* five digits */
    for (; least > v && least > 1; least /= 10)
        nvb_buffer_byte(to, '0');
    nvb_buffer_uint(to, v);
}

void batch_block(nvb_buffer *to, uint64_t number)
{
    uint64_t first = (number - 1) / BATCH_BLOCK * BATCH_BLOCK + 1;
    padded(to, first);
    nvb_buffer_byte(to, '-');
    padded(to, first + BATCH_BLOCK - 1);
}
