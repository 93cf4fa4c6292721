/*
 * options.h: the table of all options. A command names those it takes (cmd_*.c); arguments are read
 * with it (arguments.h), and usage, help and man page are made from it (manual.h).
 *
 * It reads nothing: it is data.
 */
#ifndef NVB_CLI_OPTIONS_H
#define NVB_CLI_OPTIONS_H

#include "request.h"

typedef enum cli_option_kind {
    CLI_FLAG,
    CLI_CHOICE,
    CLI_TEXT,
    CLI_NUMBER,
    CLI_LIST
} cli_option_kind;

#define CLI_OPTION(id, ...) CLI_O_##id,
typedef enum cli_option_id {
#include "options.def"
    CLI_O_COUNT
} cli_option_id;
#undef CLI_OPTION

/* The bit of an option in cli_command.options. */
#define CLI_TAKES(id) (UINT64_C(1) << CLI_O_##id)

typedef struct cli_option {
    const char *name;
    char letter; /* 0: none */
    cli_option_kind kind;
    size_t field; /* in cli_request */
    const char *const
        *choices;         /* CLI_CHOICE: ended by NULL; the field gets the number of the choice */
    const char *value[2]; /* placeholder, per language */
    const char *help[2];  /* NULL: hidden */
} cli_option;

/* Ended by NULL. */
extern const char *const cli_formats[], *const cli_langs[], *const cli_attributions[],
    *const cli_csvs[], *const cli_progresses[];
extern const cli_option cli_options[CLI_O_COUNT];

#endif
