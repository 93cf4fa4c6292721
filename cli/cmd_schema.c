/* cmd_schema.c: the JSON Schemas of the documents. */
#include "command.h"
#include "complain.h"
#include "nearest.h"

static void list(nvb_buffer *out, const char *between)
{
    for (size_t i = 0; nvb_schema_name(i); i++) {
        nvb_buffer_str(out, i ? between : "");
        nvb_buffer_str(out, nvb_schema_name(i));
    }
}

static void complain(cli_session *s, const char *name)
{
    nvb_buffer hint = NVB_BUFFER_INIT;
    cli_nearest near = cli_nearest_to(name);
    for (size_t i = 0; nvb_schema_name(i); i++)
        cli_nearest_try(&near, (nvb_text){nvb_schema_name(i), strlen(nvb_schema_name(i))});
    if (nvb_text_given(near.best))
        cli_nearest_hint(&hint, &near, "", "", cli_session_lang(s));
    else
        list(&hint, ", ");
    cli_complain(s->diag, NVB_E812, name, hint.s, NULL);
    nvb_buffer_release(&hint);
}

static void run(cli_session *s)
{
    size_t length = 0;
    const char *name = s->request.n_operands > 0 ? s->request.operands[0] : NULL;
    const char *schema = name ? nvb_schema(name, &length) : NULL;
    if (!name) {
        list(&s->out, "\n");
        nvb_buffer_byte(&s->out, '\n');
    } else if (schema) {
        nvb_buffer_bytes(&s->out, schema, length);
    } else {
        complain(s, name);
    }
}

const cli_command cli_schema = {
    .name = "schema",
    .summary = CLI_W_SCHEMA,
    .details = CLI_W_SCHEMA_MORE,
    .operands = {{CLI_W_SCHEMA_NAME, CLI_W_SCHEMA_NAME_HELP, .required = false}},
    .n_operands = 1,
    .options = CLI_TAKES(LANG) | CLI_TAKES(OUTPUT) | CLI_TAKES(HELP),
    .run = run,
};
