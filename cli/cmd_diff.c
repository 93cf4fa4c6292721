/* cmd_diff.c: what changed from one document to the next, and why; over more than two, as a chain.
 */
#include "command.h"

static void write_changes(cli_session *s, const nvb_emit_options *o)
{
    const nvb_comparison *changes = s->comparisons[0];
    if (s->request.format == CLI_FORMAT_JSON)
        nvb_emit_changes_json(&s->out, changes, o);
    else
        nvb_emit_changes_text(&s->out, changes, o);
    s->findings = nvb_comparison_differs(changes);
}

static void write_chain(cli_session *s, const nvb_emit_options *o)
{
    if (s->request.format == CLI_FORMAT_JSON)
        nvb_emit_chain_json(&s->out, s->chain, o);
    else
        nvb_emit_chain_text(&s->out, s->chain, o);
    s->findings = nvb_chain_differs(s->chain);
}

static void run(cli_session *s)
{
    if (!cli_session_compare(s))
        return;
    nvb_emit_options o = cli_session_emit_options(s);
    if (s->chain)
        write_chain(s, &o);
    else
        write_changes(s, &o);
}

const cli_command cli_diff = {
    .name = "diff",
    .summary = CLI_W_DIFF,
    .details = CLI_W_DIFF_MORE,
    .operands = {{CLI_W_OLD, CLI_W_OLD_HELP, .required = true},
                 {CLI_W_NEW, CLI_W_NEW_HELP, .required = true},
                 {CLI_W_FURTHER, CLI_W_FURTHER_HELP, .repeats = true}},
    .n_operands = 3,
    .options = CLI_TAKES_PROPOSAL | CLI_TAKES_COMPARING | CLI_TAKES(FORMAT) | CLI_TAKES(INDENT) |
               CLI_TAKES(REFERENCE),
    .run = run,
};
