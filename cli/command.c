/* command.c: the table of commands. A new command is a file cmd_<name>.c and a row here. */
#include "command.h"

const cli_command *const cli_commands[] = {
    &cli_explain, &cli_show, &cli_tree,   &cli_check, &cli_diff, &cli_audit,
    &cli_batch,   &cli_new,  &cli_schema, &cli_help,  NULL,
};

const cli_command *cli_command_find(const char *name)
{
    for (const cli_command *const *c = cli_commands; *c; c++)
        if (strcmp((*c)->name, name) == 0)
            return *c;
    return NULL;
}
