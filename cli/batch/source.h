/*
 * source.h: the records of a run, one after the other: lines of NDJSON (a file or standard input),
 * or two CSV files joined on AGB code. Nothing is held but the record asked for.
 *
 * Not thread-safe: the run asks under its own lock.
 */
#ifndef NVB_CLI_BATCH_SOURCE_H
#define NVB_CLI_BATCH_SOURCE_H

#include "navolgbaar/formats.h"
#include "navolgbaar/providers.h"

enum { BATCH_DIGEST = 33 }; /* XXH3 of 128 bits in hexadecimal, with its NUL */

/* One record. Buffers belong to whoever holds the record and are used again. */
typedef struct batch_record {
    uint64_t number; /* from 1, in the order of the input; records alone are counted */
    uint64_t line;   /* in the file it stands in, from 1; of CSV the row of the provider */
    nvb_buffer text; /* the document, as `explain` would read it from a file */
    nvb_buffer raw;  /* as it stood in the input, when that is not `text` (CSV); else empty */
    nvb_buffer name; /* what problems call the file it stands in */
    uint64_t end;    /* bytes of the input up to and with this record: where a resumed run begins */
    char digest[BATCH_DIGEST]; /* of all input that decides what comes before that: the bytes up to
                        `end`, the previous contracts, and all that a first pass read: with
                        `name_files` the whole input, of CSV both files */
    nvb_diag *diag; /* problems of the source with this record (a row that makes no sense, a line
                       too long): it is then an error, whatever its text. NULL: there are none */
    nvb_provider_places *places; /* CSV: where each value of `text` stands; else NULL */
    nvb_buffer reference;        /* with `name_files`: the kenmerk its files are called by */
    /* its contract of last year, in the file of previous contracts; length 0: there is none */
    uint64_t previous_at, previous_length, previous_line;
} batch_record;

bool batch_record_init(batch_record *r);
void batch_record_release(batch_record *r);

/* The kenmerk or the AGB code of a record, where the reader finds them: in the document, or in the
 * proposal of an explanation. False when there is none; to->failed: memory is out. */
bool batch_peek_agb(nvb_buffer *to, nvb_text record);
bool batch_peek_reference(nvb_buffer *to, nvb_text record);

typedef struct batch_source batch_source;

typedef struct batch_source_options {
    const char *ndjson;            /* "-": standard input; or */
    const char *providers, *lines; /* the two CSV files */
    const char *previous;          /* NULL: none */
    const char *policy;            /* kenmerk of the policy that CSV records lean on; NULL: none */
    const nvb_source_file *rules;  /* that policy itself; NULL: none, or one of several */
    const char *agb;               /* of CSV only the provider with this code; NULL: all */
    unsigned csv;                  /* cli_csv */
    bool name_files;               /* names must be unique: documents that share one are errors */
    const char *spool; /* where standard input is copied to when it must be read twice */
    nvb_lang lang;
} batch_source_options;

/* NULL when a file cannot be read or is wrong as a whole; `diag` then says so. */
batch_source *batch_source_open(const batch_source_options *o, nvb_diag *diag);
void batch_source_close(batch_source *s);
/* The next record into `r`; false at the end, or when reading fails (a problem is then in `diag`).
 */
bool batch_source_next(batch_source *s, batch_record *r, nvb_diag *diag);
/* Begins after the record that ended at byte `end` as number `number`, for a run that goes on: what
 * is before it must have `digest`. To be asked before the first record. False, and a problem, when
 * it has not. */
bool batch_source_skip(
    batch_source *s, uint64_t end, uint64_t number, const char *digest, nvb_diag *diag);
/* Gives problems of a document that was read from `text` under `name` their places in the input:
 * its line; of CSV the row and column of the cell. After nvb_document_locate. Thread-safe. */
void batch_record_locate(const batch_record *r, nvb_diag *diag);
/* Rows of providers there are; of NDJSON 0. */
uint64_t batch_source_providers(const batch_source *s);
/* Bytes of the whole input, 0 when not known; for the time left. */
uint64_t batch_source_size(const batch_source *s);
/* The previous contract of a record. Thread-safe. */
bool batch_source_previous(const batch_source *s,
                           const batch_record *r,
                           nvb_buffer *to,
                           nvb_diag *diag);

#endif
