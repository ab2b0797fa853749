// paced PORT TARGETS RATE SECONDS CONNECTIONS: sends requests at fixed times, whatever the answers take, and prints latencies as JSON.
// A latency counts from the time when the request was due, so a server that stalls cannot hide the requests it kept from being sent.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

typedef struct { int socket, busy; double due; size_t have, want; char buffer[1 << 18]; } connection;

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec * 1e-9; }
static void fail(const char *what) { perror(what); exit(1); }
static int ascending(const void *a, const void *b) { double x = *(const double *)a, y = *(const double *)b; return x < y ? -1 : x > y; }

static int dial(int port) {
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (s < 0 || connect(s, (struct sockaddr *)&address, sizeof address)) fail("connect");
    setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return s;
}

// The length of the whole answer once its head is there, else 0.
static size_t whole(connection *c) {
    c->buffer[c->have] = 0;
    char *end = strstr(c->buffer, "\r\n\r\n"), *length = strcasestr(c->buffer, "\r\ncontent-length:");
    if (!end) return 0;
    if (!length || length > end) { fprintf(stderr, "an answer without Content-Length\n"); exit(1); }
    return (size_t)(end + 4 - c->buffer) + strtoull(length + 17, NULL, 10);
}

int main(int argc, char **argv) {
    if (argc != 6) { fprintf(stderr, "paced PORT TARGETS RATE SECONDS CONNECTIONS\n"); return 64; }
    int port = atoi(argv[1]), count = atoi(argv[5]);
    double rate = atof(argv[3]), seconds = atof(argv[4]);
    size_t total = rate * seconds, lines = 0, sent = 0, done = 0, errors = 0, busy = 0, most = 0;
    char **requests = NULL, line[16384];
    FILE *file = fopen(argv[2], "r");
    if (!file) fail(argv[2]);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        requests = realloc(requests, (lines + 1) * sizeof *requests);
        if (asprintf(&requests[lines++], "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", line, port) < 0) fail("memory");
    }
    double *latencies = malloc((total + 1) * sizeof *latencies);
    connection *all = calloc(count, sizeof *all);
    int *idle = malloc(count * sizeof *idle), queue = epoll_create1(0), timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = UINT32_MAX}, events[64];
    epoll_ctl(queue, EPOLL_CTL_ADD, timer, &event);
    for (int i = 0; i < count; i++) {
        all[i].socket = dial(port);
        idle[i] = i;
        event.data.u32 = i;
        epoll_ctl(queue, EPOLL_CTL_ADD, all[i].socket, &event);
    }
    double start = now() + 0.1;
    while (done < total) {
        // Everything that is due and has a connection goes out; what has none waits, and its time runs.
        while (sent < total && busy < (size_t)count && start + sent / rate <= now()) {
            connection *c = &all[idle[busy++]];
            const char *request = requests[sent % lines];
            c->due = start + sent++ / rate;
            c->have = c->want = 0;
            if (send(c->socket, request, strlen(request), MSG_NOSIGNAL) != (ssize_t)strlen(request)) fail("send");
        }
        if (busy > most) most = busy;
        if (sent < total && busy < (size_t)count) {
            double next = start + sent / rate;
            struct itimerspec at = {.it_value = {.tv_sec = (time_t)next, .tv_nsec = (long)((next - (time_t)next) * 1e9)}};
            timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
        }
        int ready = epoll_wait(queue, events, 64, 10000);
        if (ready == 0) { fprintf(stderr, "no answer for 10 seconds\n"); return 1; }
        for (int i = 0; i < ready; i++) {
            if (events[i].data.u32 == UINT32_MAX) { uint64_t times; if (read(timer, &times, 8) < 0 && errno != EAGAIN) fail("timer"); continue; }
            connection *c = &all[events[i].data.u32];
            ssize_t got = recv(c->socket, c->buffer + c->have, sizeof c->buffer - 1 - c->have, 0);
            if (got <= 0) { fprintf(stderr, "the server closed a connection\n"); return 1; }
            c->have += got;
            if (!c->want) c->want = whole(c);
            if (!c->want || c->have < c->want) continue;
            if (strncmp(c->buffer, "HTTP/1.1 200", 12)) errors++;
            latencies[done++] = now() - c->due;
            idle[--busy] = events[i].data.u32;
        }
    }
    double elapsed = now() - start;
    qsort(latencies, done, sizeof *latencies, ascending);
#define MS(part) (1e3 * latencies[(size_t)((part) * (done - 1))])
    printf("{\"requests\": %zu, \"errors\": %zu, \"rate\": %.1f, \"p50_ms\": %.3f, \"p90_ms\": %.3f, \"p99_ms\": %.3f, "
           "\"p999_ms\": %.3f, \"max_ms\": %.3f, \"connections_in_use\": %zu}\n",
           done, errors, done / elapsed, MS(.5), MS(.9), MS(.99), MS(.999), MS(1), most);
    return 0;
}
