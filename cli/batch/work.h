/*
 * work.h: one document worked out by one worker: from a record to the bytes of its results, its
 * line of the overview, or its line of the errors. All in memory of the worker, used again for the
 * next document.
 */
#ifndef NVB_CLI_BATCH_WORK_H
#define NVB_CLI_BATCH_WORK_H

#include "source.h"

/* What can be written of a document: X(enum, word of --formats, ending of a file, is JSON) */
/* clang-format off */
#define BATCH_FORMATS(X)                                                                           \
    X(BATCH_TEXT, "text", ".txt", false)                                                           \
    X(BATCH_JSON, "json", ".json", true)                                                           \
    X(BATCH_CHANGES, "wijzigingen", ".wijzigingen.txt", false)                                     \
    X(BATCH_CHANGES_JSON, "wijzigingen-json", ".wijzigingen.json", true)                           \
    X(BATCH_CHECKS, "toetsen", ".toetsen.txt", false)                                              \
    X(BATCH_CHECKS_JSON, "toetsen-json", ".toetsen.json", true)
/* clang-format on */
#define BATCH_FORMAT_ENUM(name, word, ending, json) name,
typedef enum batch_format { BATCH_FORMATS(BATCH_FORMAT_ENUM) BATCH_FORMAT_COUNT } batch_format;
#undef BATCH_FORMAT_ENUM

/* Of a file, with its dot. */
const char *batch_format_ending(batch_format f);

typedef struct batch_work_options {
    const nvb_policies *policies;
    const batch_source *source; /* for previous contracts */
    nvb_text previous;          /* what problems call the file of previous contracts */
    bool files; /* results become files: they have a name, a size and a digest in the overview */
    unsigned formats; /* bit per batch_format */
    nvb_lang lang;
    nvb_attribution attribution;
    bool draft, any_party, mpfr_only;
    bool with_previous; /* there is a file of previous contracts */
} batch_work_options;

/* What a record came to. Buffers belong to the slot and are used again. */
typedef struct batch_result {
    bool good;
    size_t policy[2]; /* that it and its previous contract lean on, from 0; SIZE_MAX: none */
    nvb_buffer output[BATCH_FORMAT_COUNT]; /* of the formats that were asked for */
    nvb_buffer name;     /* of its files, without ending: kenmerk made safe (names.h); with --out */
    nvb_buffer overview; /* of a good one: its line of the overview, with the newline */
    nvb_buffer error;    /* of a bad one: its line of the errors, with the newline */
} batch_result;

bool batch_result_init(batch_result *r);
void batch_result_release(batch_result *r);

typedef struct batch_worker batch_worker;

batch_worker *batch_worker_new(const batch_work_options *o);
void batch_worker_free(batch_worker *w);
/* False when memory is out, or a previous contract cannot be read: a problem is in `diag`, and the
 * run ends. */
bool batch_worker_run(batch_worker *w, const batch_record *r, batch_result *out, nvb_diag *diag);

#endif
