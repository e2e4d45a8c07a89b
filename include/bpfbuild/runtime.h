/* For user space in C what <bpfbuild/loader.hpp> and <bpfbuild/log.hpp> are for C++. The project enables C++ as a
 * language, since BpfBuild::runtime is compiled as a part of it:
 *
 *   struct tracer_bpf* tracer = tracer_bpf__open();
 *   if (bpfbuild_load(tracer->skeleton) != 0 || bpfbuild_attach(tracer->skeleton) != 0) return 1;
 *   struct bpfbuild_log* log = bpfbuild_log_open(tracer->obj, stdout);
 *   while (!stop) bpfbuild_log_poll(log, 100);
 *   bpfbuild_log_close(log);
 *
 * What fails says why on standard error. */
#ifndef BPFBUILD_RUNTIME_H
#define BPFBUILD_RUNTIME_H

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

struct bpf_object;
struct bpf_object_skeleton;

/* Loads what is open, logging at the level that BPF_LOG in the environment says. Returns 0 or a negative errno. */
int bpfbuild_load(struct bpf_object_skeleton* skeleton);

/* Attaches all programs that say themselves where. Returns 0 or a negative errno. */
int bpfbuild_attach(struct bpf_object_skeleton* skeleton);

struct bpfbuild_log;

/* The log of an object that is loaded, of which each message becomes a line of the file. NULL on failure. */
struct bpfbuild_log* bpfbuild_log_open(struct bpf_object* object, FILE* file);

/* Waits for records and prints them. Returns how many there were, 0 when there were none in time or a signal came, -1 on
 * failure. */
int bpfbuild_log_poll(struct bpfbuild_log* log, int milliseconds);

/* Readable when there are records, for an event loop of one's own. */
int bpfbuild_log_fd(const struct bpfbuild_log* log);

void bpfbuild_log_close(struct bpfbuild_log* log);

#ifdef __cplusplus
}
#endif

#endif
