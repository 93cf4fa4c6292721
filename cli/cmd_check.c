/* cmd_check.c: does the proposal meet the rules? One row per rule. */
#include "command.h"

static void run(cli_session *s)
{
    if (!cli_session_open(s, true))
        return;
    nvb_explanation e = cli_session_explanation(s);
    nvb_emit_options o = cli_session_emit_options(s);
    if (s->request.format == CLI_FORMAT_JSON)
        nvb_emit_checks_json(&s->out, &e, &o);
    else
        nvb_emit_checks_text(&s->out, &e, &o);
    s->findings = nvb_checks_failed(s->checks);
}

const cli_command cli_check = {
    .name = "check",
    .summary = CLI_W_CHECK,
    .details = CLI_W_CHECK_MORE,
    .operands = {CLI_OPERAND_PROPOSAL},
    .n_operands = 1,
    .options = CLI_TAKES_PROPOSAL | CLI_TAKES_COMPARING | CLI_TAKES(PREVIOUS) | CLI_TAKES(FORMAT) |
               CLI_TAKES(INDENT),
    .run = run,
};
