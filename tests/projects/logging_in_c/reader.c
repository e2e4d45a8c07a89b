#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <bpfbuild/runtime.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "logger.skel.h"

#define CHECK(condition) check((condition) ? 1 : 0, #condition, __LINE__)

static void check(int holds, const char* condition, int line) {
  if (holds) return;
  fprintf(stderr, "reader.c:%d: %s does not hold\n", line, condition);
  exit(1);
}

/* What was told, one behind the other. */
struct text {
  char text[4096];
};

static void keep_failure(const char* text, const char* log, void* context) {
  struct text* const kept = context;
  snprintf(kept->text, sizeof(kept->text), "%s", text);
  CHECK((strstr(log, "BEGIN PROG LOAD LOG") != NULL) == (strstr(text, "was refused by the verifier") != NULL));
}

static void keep_record(const struct bpfbuild_log_record* record, void* context) {
  struct text* const kept = context;
  snprintf(kept->text, sizeof(kept->text), "%d %s %s %s %zu: %s", record->level, record->object,
           record->program, strrchr(record->file, '/') ? strrchr(record->file, '/') + 1 : record->file,
           record->text_size, record->text);
  CHECK(record->time > 1600000000ULL * 1000000000 && record->line > 0 && record->lost == 0 &&
        record->suppressed == 0);
}

static int attach_to_nothing(void* context) {
  struct logger_bpf* const logger = context;
  return bpf_program__attach_tracepoint(logger->progs.logger, "no", "such_tracepoint") ? 0 : -errno;
}

static void run(struct logger_bpf* logger) {
  char packet[64] = {0};
  LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = packet, .data_size_in = sizeof(packet));
  CHECK(bpf_prog_test_run_opts(bpf_program__fd(logger->progs.logger), &options) == 0);
}

static void follow(struct logger_bpf* logger) {
  struct text last = {""};
  char* lines = NULL;
  size_t size = 0;
  FILE* const file = open_memstream(&lines, &size);
  struct bpfbuild_log* log = bpfbuild_log_open(logger->obj, file);
  CHECK(log && bpfbuild_log_fd(log) >= 0);
  CHECK(bpfbuild_log_to_json(log, file) == 0 && bpfbuild_log_to_terminal(log, file) == 0);
  CHECK(bpfbuild_log_to_function(log, keep_record, &last) == 0);
  CHECK(bpfbuild_log_set_filter(log, "info") == 0);
  run(logger);
  CHECK(bpfbuild_log_poll(log, 1000) == 2);
  fflush(file);
  CHECK(strncmp(lines, "packet of 64 bytes\n{\"time\":", 27) == 0);
  CHECK(strstr(lines, " info  logger logger.bpf.c:13: packet of 64 bytes\n"));
  CHECK(strcmp(last.text, "3 logger logger logger.bpf.c 18: packet of 64 bytes") == 0);
  CHECK(bpfbuild_log_set_filter(log, "debug") == 0);
  run(logger);
  CHECK(bpfbuild_log_consume(log) == 2 && strstr(last.text, "and more"));
  CHECK(bpfbuild_log_poll(log, 0) == 0 && bpfbuild_log_lost(log) == 0);
  bpfbuild_log_close(log);

  struct bpf_map_info info = {0};
  unsigned info_size = sizeof(info);
  CHECK(bpf_obj_get_info_by_fd(bpf_map__fd(logger->maps.bpf_log), &info, &info_size) == 0);
  log = bpfbuild_log_open_map(info.id, NULL, NULL);
  CHECK(log && bpfbuild_log_to_function(log, keep_record, &last) == 0);
  run(logger);
  CHECK(bpfbuild_log_poll(log, 1000) == 2 && strstr(last.text, "and more"));
  bpfbuild_log_close(log);
  fclose(file);
  free(lines);
}

static void fail(void) {
  struct text failure = {""};
  bpfbuild_on_failure(keep_failure, &failure);
  struct logger_bpf* logger = logger_bpf__open();
  bpf_program__set_autoload(logger->progs.refused, true);
  CHECK(bpfbuild_load(logger->skeleton) == -EACCES);
  CHECK(strncmp(failure.text, "logger: program 'refused' was refused by the verifier: ", 55) == 0);
  CHECK(strstr(failure.text, "\n  at logger.bpf.c:20: return values[skb->len];\n"));
  CHECK(strstr(failure.text, "\n  hint: the index has no upper bound here"));
  logger_bpf__destroy(logger);

  logger = logger_bpf__open();
  CHECK(bpfbuild_load(logger->skeleton) == 0);
  CHECK(bpfbuild_attach_by(logger->skeleton, attach_to_nothing, logger) < 0);
  CHECK(strncmp(failure.text, "logger: cannot attach", 21) == 0);
  struct bpfbuild_log* const log = bpfbuild_log_open(logger->obj, stderr);
  CHECK(bpfbuild_log_set_filter(log, "loud") == -1 && strstr(failure.text, "'loud': unknown level"));
  bpfbuild_log_close(log);
  CHECK(!bpfbuild_log_open_map(0, NULL, stderr) && strstr(failure.text, "cannot open map 0"));
  logger_bpf__destroy(logger);
  bpfbuild_on_failure(NULL, NULL);
}

int main(void) {
  struct logger_bpf* const logger = logger_bpf__open();
  CHECK(logger && bpfbuild_set_log_level(logger->obj, BPFBUILD_LOG_DEBUG) == 0);
  if (bpfbuild_load(logger->skeleton) != 0) return 1; /* which has said why */
  CHECK(bpfbuild_attach(logger->skeleton) == 0);
  follow(logger);
  logger_bpf__destroy(logger);
  fail();
  return 0;
}
