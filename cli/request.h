/*
 * request.h: what was asked for on the command line, as plain data. The reader of arguments fills
 * it, nobody changes it after.
 */
#ifndef NVB_CLI_REQUEST_H
#define NVB_CLI_REQUEST_H

#include "navolgbaar/base.h"

typedef enum cli_format { CLI_FORMAT_TEXT, CLI_FORMAT_JSON } cli_format;
/* --csv; the last is when it is not asked. */
typedef enum cli_csv { CLI_CSV_NL, CLI_CSV_INTL, CLI_CSV_AUTO } cli_csv;

typedef enum cli_progress {
    CLI_PROGRESS_AUTO,
    CLI_PROGRESS_ALWAYS,
    CLI_PROGRESS_NEVER
} cli_progress;

typedef struct cli_list {
    char **items; /* borrowed from argv */
    size_t n;
} cli_list;

enum { CLI_MAX_OPERANDS = 50, CLI_MAX_NUMBER = 1000000 };

typedef struct cli_request {
    unsigned format;      /* cli_format */
    unsigned lang;        /* nvb_lang */
    unsigned depth;       /* 0: not asked */
    unsigned attribution; /* nvb_attribution */
    unsigned csv;         /* cli_csv */
    unsigned jobs;        /* 0: not asked */
    unsigned progress;    /* cli_progress */
    bool indent, draft, hide_zero, any_party, mpfr_only, questions, man, help, version, resume;
    const char *previous, *reference, *expect, *output; /* NULL: not asked */
    const char *agb, *providers, *lines, *out, *ndjson, *formats, *errors, *summary;
    const char *sector;
    cli_list policies, settings, contracts;
    const char *operands[CLI_MAX_OPERANDS];
    size_t n_operands;
    int argc; /* as it was called, to say how to go on */
    char **argv;
} cli_request;

#endif
