/* cmd_help.c: help about the program, a command, a message or a rule; the version; the man page. */
#include "command.h"
#include "complain.h"
#include "manual.h"
#include "nearest.h"

static nvb_code find_code(const char *subject)
{
    char upper[8] = {0};
    size_t n = strlen(subject);
    if (n >= sizeof upper)
        return NVB_OK;
    memcpy(upper, subject, n);
    if (upper[0] == 'e')
        upper[0] = 'E';
    return nvb_code_find((nvb_text){upper, n});
}

static void complain(cli_session *s, const char *subject)
{
    nvb_buffer hint = NVB_BUFFER_INIT;
    cli_nearest near = cli_nearest_to(subject);
    for (const cli_command *const *c = cli_commands; *c; c++)
        cli_nearest_try(&near, (nvb_text){(*c)->name, strlen((*c)->name)});
    for (int r = 0; r < NVB_RULE_COUNT; r++)
        cli_nearest_try(&near,
                        (nvb_text){nvb_rule_id((nvb_rule)r), strlen(nvb_rule_id((nvb_rule)r))});
    cli_nearest_hint(&hint, &near, "", "", cli_session_lang(s));
    cli_complain(s->diag, NVB_E811, subject, hint.s, NULL);
    nvb_buffer_release(&hint);
}

static void about(cli_session *s, const char *subject)
{
    const cli_command *c = cli_command_find(subject);
    nvb_code code = find_code(subject);
    nvb_rule rule = nvb_rule_find((nvb_text){subject, strlen(subject)});
    if (c)
        cli_manual_command(&s->out, c, cli_session_lang(s));
    else if (code != NVB_OK)
        cli_manual_code(&s->out, code, cli_session_lang(s));
    else if (rule != NVB_RULE_COUNT)
        nvb_emit_rule(&s->out, rule, cli_session_lang(s));
    else
        complain(s, subject);
}

static void run(cli_session *s)
{
    s->request.output = NULL; /* `explain -o brief.txt --help` leaves brief.txt alone */
    if (s->request.version)
        nvb_buffer_str(&s->out, "navolgbaar " NVB_VERSION "\n");
    else if (s->request.man)
        cli_manual_roff(&s->out, cli_session_lang(s));
    else if (s->request.n_operands > 0)
        about(s, s->request.operands[0]);
    else
        cli_manual_overview(&s->out, cli_session_lang(s));
}

const cli_command cli_help = {
    .name = "help",
    .summary = CLI_W_HELP,
    .details = CLI_W_HELP_MORE,
    .operands = {{CLI_W_SUBJECT, CLI_W_SUBJECT_HELP, .required = false}},
    .n_operands = 1,
    .options = CLI_TAKES(LANG) | CLI_TAKES(MAN) | CLI_TAKES(HELP),
    .run = run,
};
