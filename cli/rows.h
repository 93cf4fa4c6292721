/*
 * rows.h: one provider of the two tables (--providers, --lines) as the document of a command.
 */
#ifndef NVB_CLI_ROWS_H
#define NVB_CLI_ROWS_H

#include "session.h"

/* Whether the options for tables make sense together; adds problems when not. */
bool cli_rows_check(cli_session *s);
/* Makes the main document of the rows of the provider that was asked for (--agb), or of the only
 * one there is. The policies have been read. False when a problem was added. */
bool cli_rows_read(cli_session *s);
/* Problems of that document get their places in the tables. */
void cli_rows_locate(const cli_session *s, nvb_diag *diag);
void cli_rows_release(cli_session *s);

#endif
