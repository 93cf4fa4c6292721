/*
 * session.h: the one way of every command: read, validate, compute, check, say, finish.
 *
 * A session holds everything a run owns and releases it in cli_session_finish, which is also the
 * one place that writes results, prints problems and chooses the exit code. Nothing reaches
 * standard output when there is an error.
 */
#ifndef NVB_CLI_SESSION_H
#define NVB_CLI_SESSION_H

#include "navolgbaar/formats.h"
#include "navolgbaar/validate.h"

#include "request.h"

/* Exit codes; see also CLI_W_EXIT_*. */
typedef enum cli_exit {
    CLI_FINE,
    CLI_FINDINGS,
    CLI_USAGE,
    CLI_INVALID,
    CLI_INPUT_OUTPUT,
    CLI_INTERNAL
} cli_exit;

typedef struct cli_session {
    cli_request request;
    nvb_diag *diag;
    nvb_buffer file, policy;           /* the bytes read */
    nvb_buffer file_name, policy_name; /* as they are shown */
    nvb_document *document;
    nvb_breakdown *breakdown;
    nvb_checks *checks;
    nvb_buffer out; /* what goes to the output */
    bool refuses_gaps;
    bool findings;
} cli_session;

/* False when memory is out; finish is to be called all the same. */
bool cli_session_init(cli_session *s, nvb_lang lang);
/* Works out the proposal in the first operand. With `draft` gaps are told, otherwise they refuse.
 * False: nothing to say. */
bool cli_session_open(cli_session *s, bool draft);
/* For the writers; valid after cli_session_open. */
nvb_explanation cli_session_explanation(const cli_session *s);
nvb_emit_options cli_session_emit_options(const cli_session *s);
/* Adds the problem that the second operand is not the path of a figure, with the nearest path there
 * is. */
void cli_session_no_figure(cli_session *s);
nvb_lang cli_session_lang(const cli_session *s);
/* Writes, prints problems, releases everything; the exit code. */
int cli_session_finish(cli_session *s);
/* The exit code that goes with a code, by its first digit. */
cli_exit cli_exit_of(nvb_code code);

#endif
