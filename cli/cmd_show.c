/* cmd_show.c: one figure: where it comes from and what it is used for. */
#include "command.h"
#include "complain.h"

static void run(cli_session *s)
{
    if (!cli_session_open(s, true))
        return;
    nvb_explanation e = cli_session_explanation(s);
    nvb_emit_options o = cli_session_emit_options(s);
    o.path = cli_text(s->request.operands[1]);
    if (!nvb_emit_show(&s->out, &e, &o))
        cli_session_no_figure(s);
}

const cli_command cli_show = {
    .name = "show",
    .summary = CLI_W_SHOW,
    .details = CLI_W_SHOW_MORE,
    .operands = {CLI_OPERAND_PROPOSAL, {CLI_W_PATH, CLI_W_SHOW_PATH_HELP, .required = true}},
    .n_operands = 2,
    .options = CLI_TAKES_PROPOSAL,
    .run = run,
};
