/* measure REPORT PROGRAM [ARGUMENT...]: runs a program and writes to REPORT
 * "WALL_US CPU_US PEAK_KIB STATUS": microseconds from before the fork to after the wait, user and
 * system time, peak resident set, exit status (128 + N for signal N).
 *
 * A program of its own because Linux counts the memory of the process that forks into the peak
 * of the one that is started: it must be started by something smaller than itself. */
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static long long us(struct timeval t) { return t.tv_sec * 1000000LL + t.tv_usec; }

int main(int count, char **arguments) {
    if (count < 3) {
        fprintf(stderr, "usage: measure REPORT PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    long long begun = now_us();
    pid_t child = vfork();
    if (child < 0) {
        perror("measure: vfork");
        return 1;
    }
    if (child == 0) {
        execvp(arguments[2], arguments + 2);
        _exit(127);
    }
    int status = 0;
    struct rusage usage;
    if (wait4(child, &status, 0, &usage) != child) {
        perror("measure: wait4");
        return 1;
    }
    long long wall = now_us() - begun;
    FILE *report = fopen(arguments[1], "w");
    if (!report) {
        perror("measure: REPORT");
        return 1;
    }
    fprintf(report, "%lld %lld %ld %d\n", wall, us(usage.ru_utime) + us(usage.ru_stime),
            usage.ru_maxrss, WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
    return fclose(report) != 0;
}
