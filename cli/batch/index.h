/*
 * index.h: where things are in files that do not fit in memory: keys with numbers, in a temporary
 * database on disk that has no name and is gone when the program is.
 *
 * Everything is in one transaction that is never finished: nothing needs to survive. Memory is that
 * of its page cache, whatever is added. Not thread-safe.
 */
#ifndef NVB_CLI_BATCH_INDEX_H
#define NVB_CLI_BATCH_INDEX_H

#include "navolgbaar/diag.h"

/* X(enum, whether a key can occur once only) */
#define BATCH_TABLES(X)                                                                            \
    X(BATCH_PREVIOUS, true)  /* AGB code: offset, length, line of the contract */                  \
    X(BATCH_NAMES, true)     /* name of files: number, line of the record */                       \
    X(BATCH_PROVIDERS, true) /* AGB code: offset, line of its row */                               \
    X(BATCH_RUNS, false)     /* AGB code: offset, length, line of rows that follow each other */

#define BATCH_TABLE_ENUM(name, once) name,
typedef enum batch_table { BATCH_TABLES(BATCH_TABLE_ENUM) BATCH_TABLE_COUNT } batch_table;
#undef BATCH_TABLE_ENUM

typedef struct batch_entry {
    uint64_t at, length, line;
    uint64_t other; /* where a key can occur once: the line of the next that had it, 0: none; of
                       RUNS: how many rows */
} batch_entry;

typedef struct batch_index batch_index;

/* NULL, and a problem, when there can be none. */
batch_index *batch_index_new(nvb_diag *diag);
void batch_index_free(batch_index *x);
/* Adds a key. Where it can occur once and was there already, only `other` is noted of it, and
 * *twice set. False, and a problem, when that fails. */
bool batch_index_add(
    batch_index *x, batch_table t, nvb_text key, const batch_entry *e, bool *twice, nvb_diag *diag);
/* The keys of a table that occur several times are now going to be looked up. */
bool batch_index_sort(batch_index *x, batch_table t, nvb_diag *diag);
/* The entries of a key, in the order of `at`: look up, then take the next until there is none. */
bool batch_index_look_up(batch_index *x, batch_table t, nvb_text key, nvb_diag *diag);
bool batch_index_next(batch_index *x, batch_table t, batch_entry *e, nvb_diag *diag);
/* The first entry of a key; false when it has none or looking fails. */
bool batch_index_find(batch_index *x, batch_table t, nvb_text key, batch_entry *e, nvb_diag *diag);
/* The keys of RUNS that are not in PROVIDERS, in the order of their first row: prepare, then take
 * the next until there is none. The key is valid until the next call. */
bool batch_index_orphans(batch_index *x, nvb_diag *diag);
bool batch_index_next_orphan(batch_index *x, nvb_text *key, batch_entry *e, nvb_diag *diag);

#endif
