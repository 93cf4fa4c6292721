/*
 * source_own.h: what the files of the source share: source.c (the order of it all), source_ndjson.c
 * and source_csv.c (records), source_previous.c (contracts of last year).
 */
#ifndef NVB_CLI_BATCH_SOURCE_OWN_H
#define NVB_CLI_BATCH_SOURCE_OWN_H

#include "index.h"
#include "names.h"
#include "reader.h"
#include "source.h"

typedef struct batch_csv batch_csv;

struct batch_source {
    batch_source_options o;
    batch_reader in;       /* NDJSON, or the CSV file of providers */
    batch_index *index;    /* NULL: nothing is to be looked up */
    int previous;          /* the file of previous contracts; -1: none */
    nvb_buffer seed;       /* digests that every digest begins with */
    uint64_t number, line; /* of the last record, and of the last line */
    nvb_buffer agb, word;  /* for looking up */
    batch_csv *csv;
};

/* Adds that memory is out. Always false. */
bool batch_source_ran_out(nvb_diag *diag);
/* Empties a record for the next; false when memory is out. */
bool batch_record_renew(batch_record *r, nvb_diag *diag);
/* Adds a problem to a record that lies at its line, where `row` stands. Words may be NULL. */
void batch_record_fault(
    batch_record *r, nvb_code code, nvb_text row, const char *w1, const char *w2, const char *w3);
/* "12" in `room`. */
const char *batch_count(char room[24], uint64_t n);

/* Digest of what was passed, with what it begins with. */
void batch_source_reach(const batch_source *s, char digest[BATCH_DIGEST]);
/* All that a reader passed is from now on part of every digest. */
void batch_source_seed(batch_source *s, const batch_reader *r);
/* Whether a line says nothing. */
bool batch_is_blank(nvb_text line);
/* Sets `to` to what files of a document are called, as far as a file system that does not tell case
 * apart can see. */
void batch_file_name(nvb_buffer *to, nvb_text reference);
/* Notes what the files of the record on a line will be called. */
bool batch_note_name(batch_source *s, nvb_text record, uint64_t line, nvb_diag *diag);

bool batch_ndjson_open(batch_source *s, nvb_diag *diag);
bool batch_ndjson_next(batch_source *s, batch_record *r, nvb_diag *diag);
bool batch_ndjson_skip(batch_source *s, uint64_t end, nvb_diag *diag);

bool batch_csv_open(batch_source *s, nvb_diag *diag);
bool batch_csv_next(batch_source *s, batch_record *r, nvb_diag *diag);
bool batch_csv_skip(batch_source *s, uint64_t end, nvb_diag *diag);
/* What stands on the line of a record: the first row of it. */
nvb_text batch_csv_row(const batch_csv *c, const batch_record *r);
/* How many there are in the file. */
uint64_t batch_csv_providers(const batch_csv *c);
void batch_csv_close(batch_csv *c);

bool batch_previous_open(batch_source *s, nvb_diag *diag);
/* Finds the contract of last year that goes with a record. */
bool batch_previous_find(batch_source *s, batch_record *r, nvb_diag *diag);

#endif
