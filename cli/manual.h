/*
 * manual.h: usage, help and man page, all made from the tables of commands and options, so that
 * they say what the program does.
 *
 * Each appends to `out`. Text is wrapped at 80 columns.
 */
#ifndef NVB_CLI_MANUAL_H
#define NVB_CLI_MANUAL_H

#include "command.h"

/* "navolgbaar show VOORSTEL PAD [OPTIES]" */
void cli_manual_synopsis(nvb_buffer *out, const cli_command *c, nvb_lang lang);
/* What a value of an option looks like: "text|json", "BESTAND". */
void cli_manual_value(nvb_buffer *out, const cli_option *o, nvb_lang lang);
/* What `navolgbaar help` prints. */
void cli_manual_overview(nvb_buffer *out, nvb_lang lang);
void cli_manual_command(nvb_buffer *out, const cli_command *c, nvb_lang lang);
/* One problem code: message, hint, severity, exit code. */
void cli_manual_code(nvb_buffer *out, nvb_code code, nvb_lang lang);
/* The man page in roff (manual_roff.c). */
void cli_manual_roff(nvb_buffer *out, nvb_lang lang);

/* The words of exit code i (0 to 5). */
const char *cli_manual_exit(unsigned i, nvb_lang lang);

#endif
