/*
 * problems.h: what the run has to tell: the problems of every document in its own files, document
 * after document, then those that have no place in one; and the exit code that goes with them.
 *
 * The same problem of a policy that several documents share is told once.
 */
#ifndef NVB_CLI_PROBLEMS_H
#define NVB_CLI_PROBLEMS_H

#include "session.h"

/* Which gaps in the explanation of a document are told beside its errors and warnings. */
typedef enum cli_gaps_told { CLI_ALL_GAPS, CLI_DOUBTFUL_GAPS, CLI_NO_GAPS } cli_gaps_told;

/* Adds the problems of `from`, which are located, to those told: but not once more what was told
 * there before. Their places stay borrowed from `from`. */
void cli_problems_gather(nvb_diag *told, const nvb_diag *from, cli_gaps_told gaps);
/* What the problems of one document come to by themselves: CLI_INTERNAL when some were lost. */
cli_exit cli_problems_judge_one(const nvb_diag *diag, bool gaps_refuse);

/* The gravest of all problems decides: our own fault before input and output, before the document,
 * before usage; without any, findings. */
cli_exit cli_problems_judge(const cli_session *s);
/* Prints them; the exit code. */
cli_exit cli_problems_tell(cli_session *s);
/* Said without asking for memory. */
cli_exit cli_problems_out_of_memory(void);

#endif
