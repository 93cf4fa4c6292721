/*
 * reader.h: a file read from front to back, line by line or a stretch at a time, with a digest of
 * all that was passed.
 *
 * What is passed is counted exactly, so that a position can be written down and found again. Memory
 * is that of the longest line.
 */
#ifndef NVB_CLI_BATCH_READER_H
#define NVB_CLI_BATCH_READER_H

#include "navolgbaar/buffer.h"
#include "navolgbaar/diag.h"

#include "source.h"

#include <xxhash.h>

enum { BATCH_MAX_LINE = 256 << 20 };

typedef struct batch_reader {
    const char *name; /* as asked for; "-": standard input */
    nvb_lang lang;
    int fd;
    nvb_buffer bytes; /* read and not passed: from `at` on */
    size_t at;
    uint64_t passed; /* bytes of the file before `at` */
    bool ended;      /* nothing more is to be read */
    XXH3_state_t *digest;
} batch_reader;

/* False, and a problem, when the file cannot be opened. Close in any case. */
bool batch_reader_open(batch_reader *r, const char *name, nvb_lang lang, nvb_diag *diag);
void batch_reader_close(batch_reader *r);
/* Whether it is a file that can be read twice, and how long that is (else 0). */
bool batch_reader_is_file(const batch_reader *r, uint64_t *size);
/* Back to the beginning, with a digest of nothing. */
bool batch_reader_rewind(batch_reader *r, nvb_diag *diag);
/* From now on reads a copy of what is left, written to `path`, which has no name any more. */
bool batch_reader_spool(batch_reader *r, const char *path, nvb_diag *diag);

typedef struct batch_line {
    nvb_text text;   /* without its end; valid until the next call */
    uint64_t length; /* of the text, also when that is too long to be held: `text` is then empty */
    bool ended;      /* by a line feed */
} batch_line;

/* The next line; passes it. False at the end, or with a problem when reading fails. */
bool batch_reader_line(batch_reader *r, batch_line *line, nvb_diag *diag);
/* Reads until at least `n` bytes are there to be looked at, or the file ends. False with a problem,
 * or without one when the run was asked to end (stop.h). */
bool batch_reader_fill(batch_reader *r, size_t n, nvb_diag *diag);
nvb_text batch_reader_ahead(const batch_reader *r);
/* Past the first `n` bytes of what is ahead. */
void batch_reader_pass(batch_reader *r, size_t n);
/* Takes bytes from elsewhere into the digest. */
void batch_reader_mix(batch_reader *r, const void *bytes, size_t n);
void batch_reader_digest(const batch_reader *r, char digest[BATCH_DIGEST]);

#endif
