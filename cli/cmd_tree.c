/* cmd_tree.c: all figures, or those below one, as a tree. */
#include "command.h"
#include "complain.h"

static void run(cli_session *s)
{
    if (!cli_session_open(s, true))
        return;
    nvb_explanation e = cli_session_explanation(s);
    nvb_emit_options o = cli_session_emit_options(s);
    o.path = cli_text(s->request.operands[1]);
    if (!nvb_emit_tree(&s->out, &e, &o))
        cli_session_no_figure(s);
}

const cli_command cli_tree = {
    .name = "tree",
    .summary = CLI_W_TREE,
    .details = CLI_W_TREE_MORE,
    .operands = {CLI_OPERAND_PROPOSAL, {CLI_W_PATH, CLI_W_TREE_PATH_HELP, .required = false}},
    .n_operands = 2,
    .options = CLI_TAKES_PROPOSAL | CLI_TAKES(DEPTH) | CLI_TAKES(HIDE_ZERO),
    .run = run,
};
