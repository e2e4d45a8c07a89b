/* For user space in C what <bpfbuild/loader.hpp> and <bpfbuild/log.hpp> are for C++:
 *
 *   struct tracer_bpf* tracer = tracer_bpf__open();
 *   if (bpfbuild_load(tracer->skeleton) != 0 || bpfbuild_attach(tracer->skeleton) != 0) return 1;
 *   struct bpfbuild_log* log = bpfbuild_log_open(tracer->obj, stdout);
 *   while (!stop) bpfbuild_log_poll(log, 100);
 *   bpfbuild_log_close(log);
 *
 * What fails says why on standard error. The project enables C++ as a language, for BpfBuild::runtime is
 * compiled as a part of it. */
#ifndef BPFBUILD_RUNTIME_H
#define BPFBUILD_RUNTIME_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef BPFBUILD_RUNTIME_WITHOUT_CXX
#error "BpfBuild::runtime is compiled as a part of the project, in C++: say project(... LANGUAGES C CXX)"
#endif

#ifdef __cplusplus
extern "C" {
#endif

struct bpf_object;
struct bpf_object_skeleton;

/* Loads what is open, logging at the level that BPF_LOG in the environment says. Returns 0 or a negative
 * errno. */
int bpfbuild_load(struct bpf_object_skeleton* skeleton);

/* Attaches all programs that say themselves where. Returns 0 or a negative errno. */
int bpfbuild_attach(struct bpf_object_skeleton* skeleton);

/* Attaches programs by a function of one's own, which returns 0 or more, or a negative errno. Returns that.
 */
int bpfbuild_attach_by(struct bpf_object_skeleton* skeleton, int (*function)(void* context), void* context);

/* Has all functions here tell failures to this one, rather than to standard error; NULL: to that again.
 * `text` is for the user to read, `log` is all that libbpf and the verifier said, if they had a part in it.
 * Both are valid only during the call. Not to be called while another thread is at work here. */
void bpfbuild_on_failure(void (*function)(const char* text, const char* log, void* context), void* context);

enum bpfbuild_log_level {
  BPFBUILD_LOG_OFF,
  BPFBUILD_LOG_ERROR,
  BPFBUILD_LOG_WARN,
  BPFBUILD_LOG_INFO,
  BPFBUILD_LOG_DEBUG,
  BPFBUILD_LOG_TRACE
};

/* Sets what the programs of an object that is not loaded yet send. Returns 0, and -1 when it does not log. */
int bpfbuild_set_log_level(struct bpf_object* object, enum bpfbuild_log_level level);

/* One record; the texts are valid only during the call. */
struct bpfbuild_log_record {
  enum bpfbuild_log_level level;
  uint64_t time;       /* nanoseconds since 1970 */
  const char* object;  /* "tracer"; empty when unknown */
  const char* program; /* the function in which it was logged; empty when unknown */
  const char* file;
  unsigned line;
  const char* text; /* as the program sent it: any bytes at all, with a 0 at the end */
  size_t text_size; /* without that 0 */
  /* Of a record about records: how many found the ring buffer full, and how many were over the rate limit. */
  uint64_t lost, suppressed;
};

struct bpfbuild_log;

/* The log of an object that is loaded. Each message becomes a line of the file, if that is not NULL. One
 * log can be opened once at a time. NULL on failure. */
struct bpfbuild_log* bpfbuild_log_open(struct bpf_object* object, FILE* file);

/* The log of what runs already: the ring buffer with this id. The file of the object is needed before Linux
 * 5.10, and may be NULL since. */
struct bpfbuild_log* bpfbuild_log_open_map(uint32_t map_id, const char* object_file, FILE* file);

/* Further ways out: lines with time, level and place, coloured on a terminal; lines of JSON; a function. They
 * return 0, or -1 on failure. */
int bpfbuild_log_to_terminal(struct bpfbuild_log* log, FILE* file);
int bpfbuild_log_to_json(struct bpfbuild_log* log, FILE* file);
int bpfbuild_log_to_function(struct bpfbuild_log* log,
                             void (*function)(const struct bpfbuild_log_record* record, void* context),
                             void* context);

/* Says what is shown, "info,tracer=debug", in place of BPF_LOG. Returns 0, or -1 when it cannot be read. */
int bpfbuild_log_set_filter(struct bpfbuild_log* log, const char* filter);

/* Waits for records and hands them on. Returns how many there were, 0 when there were none in time or a
 * signal came, -1 on failure. */
int bpfbuild_log_poll(struct bpfbuild_log* log, int milliseconds);

/* The same without waiting. */
int bpfbuild_log_consume(struct bpfbuild_log* log);

/* Readable when there are records, for an event loop of one's own, which then calls bpfbuild_log_consume().
 */
int bpfbuild_log_fd(const struct bpfbuild_log* log);

/* How many records were lost and told so far. */
uint64_t bpfbuild_log_lost(const struct bpfbuild_log* log);

void bpfbuild_log_close(struct bpfbuild_log* log);

#ifdef __cplusplus
}
#endif

#endif
