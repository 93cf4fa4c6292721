/*
 * arguments.h: reads the command line with the tables of options and commands.
 *
 * `--opt value`, `--opt=value`, `-o value` and `-ovalue` are read; `--` ends the options; an option
 * that takes one value and comes twice is an error, since one of the two would be lost in silence.
 *
 * It does not run anything. Problems go to the diag (E8..), all of them at once.
 */
#ifndef NVB_CLI_ARGUMENTS_H
#define NVB_CLI_ARGUMENTS_H

#include "command.h"

/* The language asked for anywhere in the arguments: known before they are read, so that a mistake
 * in them is told in it. */
nvb_lang cli_arguments_language(int argc, char **argv);
/* Reads all of argv. The command, or NULL when a problem was added. The items of its lists are for
 * the caller to free. */
const cli_command *cli_arguments_read(cli_request *r, int argc, char **argv, nvb_diag *diag);

#endif
