/*
 * bulk_run.c: runs a command and says what it took. A small process of its own, since the peak
 * memory that the system reports of a child is never less than that of the process that started it.
 *
 *     bulk_run REPORT COMMAND [ARGUMENT]...
 *
 * Writes "wall seconds, processor seconds, peak memory in kB, exit status" to the file REPORT.
 */
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: bulk_run REPORT COMMAND [ARGUMENT]...\n");
        return 2;
    }
    pid_t child;
    int status = 0;
    double begin = now();
    if (posix_spawnp(&child, argv[2], NULL, NULL, argv + 2, environ) != 0 ||
        waitpid(child, &status, 0) < 0) {
        fprintf(stderr, "bulk_run: %s cannot be started\n", argv[2]);
        return 1;
    }
    double wall = now() - begin;
    struct rusage used; /* of the command and whatever it waited for: the largest process */
    getrusage(RUSAGE_CHILDREN, &used);
    FILE *report = fopen(argv[1], "w");
    if (!report)
        return 1;
    fprintf(report, "%.6f %.3f %ld %d\n", wall, seconds(used.ru_utime) + seconds(used.ru_stime),
            used.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return fclose(report) == 0 ? 0 : 1;
}
