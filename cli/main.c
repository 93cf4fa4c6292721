/* main.c: read the command line, run the command, finish. Everything in between is in session.h and
 * the commands. */
#include "arguments.h"
#include "streams.h"

int main(int argc, char **argv)
{
    cli_streams_prepare();
    cli_session s;
    if (cli_session_init(&s, cli_arguments_language(argc, argv))) {
        const cli_command *command = cli_arguments_read(&s.request, argc, argv, s.diag);
        if (command)
            command->run(&s);
    }
    return cli_session_finish(&s);
}
