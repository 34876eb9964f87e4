/*
 * The application behind HAProxy in demo, bench and tests: one thread, epoll, HTTP/1.1 with keep-alive, no files and no
 * libraries, so that it listens a millisecond after its container starts.
 *
 *   GET /health       200, or 503 with FAIL_HEALTH=1
 *   GET /_last        {"host", "requests", "last_ns"}: how many requests came, and when the last one arrived
 *   GET /_arrivals    one line per request, oldest first: arrival in nanoseconds, a blank, method and target
 *   any  /slow/MS...  the answer below, MS milliseconds later
 *   any  other        200 {"host", "version", "requests"}
 *
 * Arrivals are read from CLOCK_REALTIME when the request has been read whole; /health and /_... are not counted.
 * After SIGTERM it serves GRACE_MS (300) more milliseconds, prints what /_last says, and exits with 0.
 *
 * Settings (environment): PORT (8080), VERSION (1), GRACE_MS (300), START_DELAY_MS (0, before it listens),
 * CLOSE_ON_TERM=1 (SIGTERM closes the listener and all idle connections), IGNORE_TERM=1, FAIL_HEALTH=1,
 * CRASH_AFTER_MS (0; ends with 3 so long after its start), LOG_REQUESTS=1 (writes each counted request's line as it comes).
 * `sample health` asks the running one and exits with 0 or 1, for a container's health check.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_MAX = 16384, CONNECTIONS_MAX = 65536, ARRIVALS = 16384, TARGET_MAX = 120 };

typedef struct {
    long long at_ns;
    char target[TARGET_MAX];
} Arrival;

typedef struct {
    int fd;
    unsigned events;       /* those that epoll reports */
    size_t filled;         /* bytes in head */
    char line[TARGET_MAX]; /* method and target of the request whose body is being read, or empty */
    long long body_left;   /* bytes of that body still to be read and dropped */
    long long answer_at;   /* monotonic ms when a slow answer is due, 0 for none */
    int close_after;
    char *out;             /* what the socket did not take yet */
    size_t out_length;
    char head[HEAD_MAX];
} Connection;

static Connection *connections[CONNECTIONS_MAX];
static Arrival arrivals[ARRIVALS];
static unsigned long long requests;
static long long last_ns;
static int slow_waiting, poller, highest_fd, logging;
static char host[256];
static const char *version;

static long setting(const char *name, long otherwise) {
    const char *value = getenv(name);
    return value && *value ? atol(value) : otherwise;
}

static long long now_ns(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static long long now_ms(void) { return now_ns(CLOCK_MONOTONIC) / 1000000; }

static void hang_up(Connection *c) {
    connections[c->fd] = NULL;
    slow_waiting -= c->answer_at != 0;
    close(c->fd);
    free(c->out);
    free(c);
}

static void add(int fd) {
    struct epoll_event e = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(poller, EPOLL_CTL_ADD, fd, &e);
}

static void listen_for(Connection *c, unsigned events) {
    if (c->events == events) return;
    struct epoll_event e = {.events = c->events = events, .data.fd = c->fd};
    epoll_ctl(poller, EPOLL_CTL_MOD, c->fd, &e);
}

/* Sends what is waiting; false when the connection is gone. */
static int flush(Connection *c) {
    while (c->out_length > 0) {
        ssize_t sent = send(c->fd, c->out, c->out_length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && errno == EAGAIN) {
            listen_for(c, EPOLLIN | EPOLLOUT);
            return 1;
        }
        if (sent < 0) return hang_up(c), 0;
        c->out_length -= (size_t)sent;
        memmove(c->out, c->out + sent, c->out_length);
        if (c->out_length == 0) listen_for(c, EPOLLIN);
    }
    if (c->close_after && c->answer_at == 0 && !c->line[0]) return hang_up(c), 0;
    return 1;
}

static void answer(Connection *c, const char *status, const char *type, const char *body, size_t length) {
    char head[512];
    int head_length = snprintf(head, sizeof head,
        "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nX-Served-By: %s\r\nX-Version: %s\r\n%s\r\n",
        status, type, length, host, version, c->close_after ? "Connection: close\r\n" : "");
    c->out = realloc(c->out, c->out_length + (size_t)head_length + length);
    if (!c->out) abort();
    memcpy(c->out + c->out_length, head, (size_t)head_length);
    memcpy(c->out + c->out_length + head_length, body, length);
    c->out_length += (size_t)head_length + length;
}

static int last_text(char *text, size_t size) {
    return snprintf(text, size, "{\"host\":\"%s\",\"requests\":%llu,\"last_ns\":%lld}\n", host, requests, last_ns);
}

static void answer_self(Connection *c) {
    char body[600];
    int n = snprintf(body, sizeof body, "{\"host\":\"%s\",\"version\":\"%s\",\"requests\":%llu}\n", host, version, requests);
    answer(c, "200 OK", "application/json", body, (size_t)n);
}

static void answer_arrivals(Connection *c) {
    unsigned long long from = requests > ARRIVALS ? requests - ARRIVALS : 0;
    size_t size = (size_t)(requests - from) * (TARGET_MAX + 24) + 1, length = 0;
    char *text = malloc(size);
    if (!text) abort();
    for (unsigned long long i = from; i < requests; i++) {
        const Arrival *a = &arrivals[i % ARRIVALS];
        length += (size_t)snprintf(text + length, size - length, "%lld %s\n", a->at_ns, a->target);
    }
    answer(c, "200 OK", "text/plain", text, length);
    free(text);
}

static void count(Connection *c) {
    Arrival *a = &arrivals[requests++ % ARRIVALS];
    a->at_ns = last_ns = now_ns(CLOCK_REALTIME);
    memcpy(a->target, c->line, sizeof a->target);
    if (logging && (write(STDOUT_FILENO, c->line, strlen(c->line)) < 0 || write(STDOUT_FILENO, "\n", 1) < 0)) logging = 0;
}

/* Serves the request that has now been read whole. */
static void serve(Connection *c) {
    char body[600];
    const char *target = strchr(c->line, ' ') ? strchr(c->line, ' ') + 1 : "/", *slow = strstr(target, "/slow/");
    if (strcmp(target, "/health") == 0) {
        int failing = setting("FAIL_HEALTH", 0) != 0;
        answer(c, failing ? "503 Service Unavailable" : "200 OK", "text/plain", failing ? "failing\n" : "well\n", failing ? 8 : 5);
    } else if (strcmp(target, "/_last") == 0) {
        answer(c, "200 OK", "application/json", body, (size_t)last_text(body, sizeof body));
    } else if (strcmp(target, "/_arrivals") == 0) {
        answer_arrivals(c);
    } else {
        count(c);
        if (slow) {
            c->answer_at = now_ms() + atol(slow + 6);
            slow_waiting++;
        } else {
            answer_self(c);
        }
    }
    c->line[0] = 0;
}

/* Takes the next request's head from what was read; false while it has not come whole. */
static int take_head(Connection *c) {
    char *end = memmem(c->head, c->filled, "\r\n\r\n", 4);
    if (!end) {
        if (c->filled < HEAD_MAX) return 0;
        c->close_after = 1;
        c->filled = 0;
        answer(c, "431 Request Header Fields Too Large", "text/plain", "too large\n", 10);
        return 0;
    }
    *end = 0;
    const char *length = strcasestr(c->head, "\r\ncontent-length:");
    c->body_left = length ? atoll(length + 17) : 0;
    if (strcasestr(c->head, "\r\nconnection: close") || strcasestr(c->head, "\r\ntransfer-encoding:")) c->close_after = 1;
    if (strcasestr(c->head, "\r\nexpect: 100-continue")) send(c->fd, "HTTP/1.1 100 Continue\r\n\r\n", 25, MSG_NOSIGNAL);
    char *line_end = strstr(c->head, " HTTP/");
    if (line_end) *line_end = 0;
    snprintf(c->line, sizeof c->line, "%.*s", TARGET_MAX - 1, line_end ? c->head : "GET /");
    size_t used = (size_t)(end + 4 - c->head);
    memmove(c->head, c->head + used, c->filled -= used);
    return 1;
}

/* Serves each request that has come whole. */
static void serve_read(Connection *c) {
    while (c->answer_at == 0 && (c->line[0] || take_head(c))) {
        size_t drop = (long long)c->filled < c->body_left ? c->filled : (size_t)c->body_left;
        c->body_left -= (long long)drop;
        memmove(c->head, c->head + drop, c->filled -= drop);
        if (c->body_left > 0) break;
        serve(c);
    }
    flush(c);
}

static void read_more(Connection *c) {
    ssize_t got = read(c->fd, c->head + c->filled, HEAD_MAX - c->filled);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) {
        hang_up(c);
        return;
    }
    c->filled += (size_t)got;
    serve_read(c);
}

static void welcome(int listener) {
    int fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        Connection *c = fd < CONNECTIONS_MAX ? calloc(1, sizeof *c) : NULL;
        if (!c) {
            close(fd);
            continue;
        }
        int yes = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        c->fd = fd;
        connections[fd] = c;
        if (fd > highest_fd) highest_fd = fd;
        c->events = EPOLLIN;
        add(fd);
        read_more(c);
    }
}

static void answer_slow_ones(void) {
    long long now = now_ms();
    for (int fd = 0; fd <= highest_fd; fd++) {
        Connection *c = connections[fd];
        if (!c || c->answer_at == 0 || c->answer_at > now) continue;
        c->answer_at = 0;
        slow_waiting--;
        answer_self(c);
        serve_read(c);
    }
}

/* Closes each connection on which no request has begun. */
static void hang_up_idle(void) {
    for (int fd = 0; fd <= highest_fd; fd++) {
        Connection *c = connections[fd];
        if (c && c->filled == 0 && !c->line[0] && c->answer_at == 0 && c->out_length == 0) hang_up(c);
    }
}

static int listen_on(int port) {
    int yes = 1, no = 0, fd = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in6 all6 = {.sin6_family = AF_INET6, .sin6_addr = in6addr_any, .sin6_port = htons((uint16_t)port)};
    if (fd >= 0) {
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
        if (bind(fd, (struct sockaddr *)&all6, sizeof all6) == 0 && listen(fd, 4096) == 0) return fd;
        close(fd);
    }
    struct sockaddr_in all4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&all4, sizeof all4) != 0 || listen(fd, 4096) != 0) {
        fprintf(stderr, "sample: cannot listen on port %d: %s\n", port, strerror(errno));
        exit(2);
    }
    return fd;
}

static int ask_health(int port) {
    struct sockaddr_in self = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    char reply[64] = "";
    const char *request = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct timeval limit = {.tv_sec = 2};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (connect(fd, (struct sockaddr *)&self, sizeof self) != 0) return 1;
    if (write(fd, request, strlen(request)) < 0 || read(fd, reply, sizeof reply - 1) <= 0) return 1;
    return strncmp(reply, "HTTP/1.1 200", 12) == 0 ? 0 : 1;
}

int main(int argc, char **argv) {
    int port = (int)setting("PORT", 8080);
    if (argc > 1 && strcmp(argv[1], "health") == 0) return ask_health(port);

    version = getenv("VERSION") ? getenv("VERSION") : "1";
    gethostname(host, sizeof host - 1);
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    sigprocmask(SIG_BLOCK, &stops, NULL);
    usleep((useconds_t)setting("START_DELAY_MS", 0) * 1000);
    logging = setting("LOG_REQUESTS", 0) != 0;
    long long crash_at = setting("CRASH_AFTER_MS", 0) ? now_ms() + setting("CRASH_AFTER_MS", 0) : 0;

    poller = epoll_create1(EPOLL_CLOEXEC);
    int listener = listen_on(port), signals = signalfd(-1, &stops, SFD_NONBLOCK | SFD_CLOEXEC);
    add(listener);
    add(signals);
    long long end_at = 0;
    for (;;) {
        struct epoll_event events[256];
        int wait_ms = slow_waiting ? 5 : -1;
        if (end_at) {
            long long left = end_at - now_ms();
            if (left <= 0) break;
            if (wait_ms < 0 || left < wait_ms) wait_ms = (int)left;
        }
        if (crash_at) {
            long long left = crash_at - now_ms();
            if (left <= 0) return 3;
            if (wait_ms < 0 || left < wait_ms) wait_ms = (int)left;
        }
        int n = epoll_wait(poller, events, 256, wait_ms);
        for (int i = 0; i < n; i++) {
            int fd = events[i].data.fd;
            if (fd == listener) {
                welcome(listener);
            } else if (fd == signals) {
                struct signalfd_siginfo s;
                while (read(signals, &s, sizeof s) == sizeof s)
                    if (!setting("IGNORE_TERM", 0) && !end_at) end_at = now_ms() + setting("GRACE_MS", 300);
                if (end_at && setting("CLOSE_ON_TERM", 0)) {
                    close(listener);
                    hang_up_idle();
                }
            } else if (connections[fd]) {
                Connection *c = connections[fd];
                if ((events[i].events & EPOLLOUT) && !flush(c)) continue;
                if (events[i].events & ~(unsigned)EPOLLOUT) read_more(c);
            }
        }
        if (slow_waiting) answer_slow_ones();
    }
    char text[600];
    last_text(text, sizeof text);
    fputs(text, stdout);
    return 0;
}
