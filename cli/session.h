/*
 * session.h: the one way of every command: read, validate, compute, compare, check, say, finish.
 *
 * A session holds everything a run owns and releases it in cli_session_finish, which is also the
 * one place that writes results, prints problems and chooses the exit code. Nothing reaches
 * standard output when there is an error.
 *
 * A run works on one document or on several, oldest first. The last is the main one: it is what is
 * explained, and what --set changes. Each document has problems of its own, which are looked up in
 * its own files.
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

/* What gaps in the explanation of the main document do. Of another document, and where nothing is
 * explained, a gap is told only when it makes figures doubtful. */
typedef enum cli_gaps {
    CLI_GAPS_ASIDE,
    CLI_GAPS_TOLD,
    CLI_GAPS_REFUSE,
    CLI_GAPS_FOUND /* they are findings of the audit, and told there */
} cli_gaps;

typedef struct cli_file {
    const char *argument;   /* as it was asked for; NULL: not asked */
    nvb_buffer bytes, name; /* as read, and as it is shown */
    bool read;
} cli_file;

typedef struct cli_document {
    cli_file file;
    nvb_diag *diag; /* its problems, and those of comparing it with the one before */
    nvb_document *document;
    nvb_breakdown *breakdown;
} cli_document;

typedef struct cli_session {
    cli_request request;
    nvb_diag *diag; /* what has no place in a document; problems of the reference */
    cli_file *policies;
    size_t n_policies;
    cli_file reference, expected;
    nvb_figures_file *figures; /* of the reference */
    cli_document *documents;   /* oldest first, the main one last */
    size_t n_documents;
    nvb_comparison **comparisons; /* of each neighbouring pair, when they are compared */
    nvb_chain *chain;             /* of more than two, or against a reference */
    nvb_checks *checks;
    nvb_audit *audit;
    /* what is expected, by itself; and the offer as it was given, where something was put to it */
    cli_document wanted, given;
    nvb_comparison *given_changes;
    nvb_buffer out; /* what goes to the output */
    cli_gaps gaps;
    bool findings;
    struct batch_record *row; /* the main document came from tables: its rows; NULL otherwise */
    bool said; /* results went out as they came: nothing in `out` is no fault */
} cli_session;

/* False when memory is out; finish is to be called all the same. */
bool cli_session_init(cli_session *s, nvb_lang lang);
/* Works out the proposal in the first operand, and compares it with --previous. With `draft` gaps
 * are told, otherwise they refuse. False: nothing to say. */
bool cli_session_open(cli_session *s, bool draft);
/* Works out the documents in all operands and compares each with the one before. False: nothing to
 * say. */
bool cli_session_compare(cli_session *s);
/* Works out the offer in the first operand against --previous, --expect and --reference, and audits
 * it. False: nothing to say. */
bool cli_session_audit(cli_session *s);
/* The last document; valid after one of the above. */
const cli_document *cli_session_main(const cli_session *s);
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
