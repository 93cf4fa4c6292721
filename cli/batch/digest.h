/*
 * digest.h: a digest as it is written down: XXH3 of 128 bits, in hexadecimal. It tells whether
 * bytes are still the same; it does not stand up to somebody who means harm.
 */
#ifndef NVB_CLI_BATCH_DIGEST_H
#define NVB_CLI_BATCH_DIGEST_H

#include <xxhash.h>

/* `to` has room for BATCH_DIGEST bytes (source.h). */
static inline void batch_digest_text(char *to, XXH128_hash_t digest)
{
    static const char digits[] = "0123456789abcdef";
    for (unsigned i = 0; i < 16; i++) {
        to[i] = digits[digest.high64 >> (60 - 4 * i) & 15];
        to[16 + i] = digits[digest.low64 >> (60 - 4 * i) & 15];
    }
    to[32] = '\0';
}

#endif
