/*
 * problems.h: what the run has to tell: the problems of every document in its own files, document
 * after document, then those that have no place in one; and the exit code that goes with them.
 *
 * The same problem of a policy that several documents share is told once.
 */
#ifndef NVB_CLI_PROBLEMS_H
#define NVB_CLI_PROBLEMS_H

#include "session.h"

/* The gravest of all problems decides: our own fault before input and output, before the document,
 * before usage; without any, findings. */
cli_exit cli_problems_judge(const cli_session *s);
/* Prints them; the exit code. */
cli_exit cli_problems_tell(cli_session *s);
/* Said without asking for memory. */
cli_exit cli_problems_out_of_memory(void);

#endif
