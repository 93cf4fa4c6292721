/* cmd_audit.c: a received offer held against what follows: as text, as JSON, or as a letter with
 * questions. */
#include "command.h"

#include "complain.h"

/* What goes together is known before anything is read. */
static bool is_sound(cli_session *s)
{
    const cli_request *r = &s->request;
    size_t errors = nvb_diag_count(s->diag, NVB_ERROR);
    if (r->questions && r->format == CLI_FORMAT_JSON)
        cli_complain(s->diag, NVB_E822, "--questions", "--format json", NULL);
    if (r->any_party && r->contracts.n == 0)
        cli_complain(s->diag, NVB_E817, "--any-party", "--previous", NULL);
    return nvb_diag_count(s->diag, NVB_ERROR) == errors;
}

static void run(cli_session *s)
{
    if (!is_sound(s) || !cli_session_audit(s))
        return;
    nvb_emit_options o = cli_session_emit_options(s);
    if (s->request.questions)
        nvb_emit_audit_questions(&s->out, s->audit, &o);
    else if (s->request.format == CLI_FORMAT_JSON)
        nvb_emit_audit_json(&s->out, s->audit, &o);
    else
        nvb_emit_audit_text(&s->out, s->audit, &o);
    s->findings = nvb_audit_count_of(s->audit, NVB_FAULT) + nvb_audit_count_of(s->audit, NVB_DOUBT);
}

const cli_command cli_audit = {
    .name = "audit",
    .summary = CLI_W_AUDIT,
    .details = CLI_W_AUDIT_MORE,
    .operands = {{CLI_W_OFFER, CLI_W_OFFER_HELP, .required = true}},
    .n_operands = 1,
    .options = CLI_TAKES_PROPOSAL | CLI_TAKES(CONTRACTS) | CLI_TAKES(PUBLISHED) |
               CLI_TAKES(EXPECT) | CLI_TAKES(FORMAT) | CLI_TAKES(QUESTIONS) | CLI_TAKES(INDENT) |
               CLI_TAKES(CSV) | CLI_TAKES(ANY_PARTY),
    .run = run,
};
