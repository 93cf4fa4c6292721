/* cmd_explain.c: the explanation of a proposal, as a letter or as JSON. */
#include "command.h"

#include "rows.h"

static void run(cli_session *s)
{
    if (!cli_rows_check(s) || !cli_session_open(s, s->request.draft))
        return;
    nvb_explanation e = cli_session_explanation(s);
    nvb_emit_options o = cli_session_emit_options(s);
    if (s->request.format == CLI_FORMAT_JSON)
        nvb_emit_json(&s->out, &e, &o);
    else
        nvb_emit_letter(&s->out, &e, &o);
}

const cli_command cli_explain = {
    .name = "explain",
    .summary = CLI_W_EXPLAIN,
    .details = CLI_W_EXPLAIN_MORE,
    .operands = {CLI_OPERAND_PROPOSAL},
    .n_operands = 1,
    .options = CLI_TAKES_PROPOSAL | CLI_TAKES_COMPARING | CLI_TAKES(PREVIOUS) | CLI_TAKES(FORMAT) |
               CLI_TAKES(PROVIDERS) | CLI_TAKES(LINES) | CLI_TAKES(AGB) | CLI_TAKES(INDENT) |
               CLI_TAKES(DRAFT),
    .run = run,
};
