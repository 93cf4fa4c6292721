/*
 * request.h: what was asked for on the command line, as plain data. The reader of arguments fills
 * it, nobody changes it after.
 */
#ifndef NVB_CLI_REQUEST_H
#define NVB_CLI_REQUEST_H

#include "navolgbaar/base.h"

typedef enum cli_format { CLI_FORMAT_TEXT, CLI_FORMAT_JSON } cli_format;

typedef struct cli_list {
    char **items; /* borrowed from argv */
    size_t n;
} cli_list;

enum { CLI_MAX_OPERANDS = 2, CLI_MAX_NUMBER = 1000000 };

typedef struct cli_request {
    unsigned format; /* cli_format */
    unsigned lang;   /* nvb_lang */
    unsigned depth;  /* 0: not asked */
    bool indent, draft, hide_zero, mpfr_only, man, help, version;
    const char *policy, *output; /* NULL: not asked */
    cli_list settings;
    const char *operands[CLI_MAX_OPERANDS];
    size_t n_operands;
} cli_request;

#endif
