/*
 * command.h: what a command is. Each stands in a file of its own, cmd_<name>.c; the table in
 * command.c has a row for each.
 *
 * A command gets the session with the request in it, appends what it has to say to `out` and adds
 * problems to `diag`; reading, writing, printing problems and choosing the exit code are the
 * session's (session.h).
 */
#ifndef NVB_CLI_COMMAND_H
#define NVB_CLI_COMMAND_H

#include "options.h"
#include "session.h"
#include "words.h"

typedef struct cli_operand {
    cli_word_id name, help;
    bool required;
    bool repeats; /* the last one: as often as there is room for */
} cli_operand;

enum { CLI_MAX_NAMED_OPERANDS = 3 };

typedef struct cli_command {
    const char *name;
    cli_word_id summary; /* a line */
    cli_word_id details; /* a paragraph */
    cli_operand operands[CLI_MAX_NAMED_OPERANDS];
    size_t n_operands;
    uint64_t options; /* CLI_TAKES(..) */
    void (*run)(cli_session *s);
} cli_command;

extern const cli_command cli_explain, cli_show, cli_tree, cli_check, cli_diff, cli_audit,
    cli_batch, cli_new, cli_schema, cli_help;
/* All of them in the order of the help, ended by NULL. */
extern const cli_command *const cli_commands[];

/* NULL when there is none of that name. */
const cli_command *cli_command_find(const char *name);

/* What every command that works on a proposal takes. */
#define CLI_TAKES_PROPOSAL                                                                         \
    (CLI_TAKES(LANG) | CLI_TAKES(POLICY) | CLI_TAKES(SET) | CLI_TAKES(OUTPUT) |                    \
     CLI_TAKES(MPFR_ONLY) | CLI_TAKES(HELP))
/* How documents are compared. Of use to `explain` and `check` only with --previous. */
#define CLI_TAKES_COMPARING (CLI_TAKES(ATTRIBUTION) | CLI_TAKES(CSV) | CLI_TAKES(ANY_PARTY))
#define CLI_OPERAND_PROPOSAL                                                                       \
    {                                                                                              \
        CLI_W_PROPOSAL, CLI_W_PROPOSAL_HELP, .required = true                                      \
    }

#endif
