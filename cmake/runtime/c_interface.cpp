#include <bpf/libbpf.h>

#include <cstdio>
#include <exception>
#include <functional>

#include "bpfbuild/loader.hpp"
#include "bpfbuild/log.hpp"
#include "bpfbuild/runtime.h"

namespace {

/// What the call returns; on an exception, which is told, `failure`.
template <typename Call, typename Result>
Result tell_failure(Result failure, Call call) {
  try {
    return call();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return failure;
  }
}

int run_step(const char* step, bpf_object_skeleton* skeleton, const std::function<int()>& call) {
  try {
    bpfbuild::detail::run_step(step, *skeleton->obj, call,
                               {static_cast<const char*>(skeleton->data), skeleton->data_sz});
    return 0;
  } catch (const bpfbuild::load_error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return error.error() > 0 ? -error.error() : -1;
  }
}

}  // namespace

struct bpfbuild_log {
  bpfbuild::log_reader reader;
};

int bpfbuild_load(bpf_object_skeleton* skeleton) {
  return tell_failure(-1, [&] {
    bpfbuild::detail::prepare_load(*skeleton->obj);
    return run_step("load", skeleton, [&] { return bpf_object__load_skeleton(skeleton); });
  });
}

int bpfbuild_attach(bpf_object_skeleton* skeleton) {
  return tell_failure(-1, [&] {
    return run_step("attach", skeleton, [&] { return bpf_object__attach_skeleton(skeleton); });
  });
}

bpfbuild_log* bpfbuild_log_open(bpf_object* object, FILE* file) {
  return tell_failure(static_cast<bpfbuild_log*>(nullptr), [&] {
    return new bpfbuild_log{bpfbuild::log_reader(object, bpfbuild::message_sink(file))};
  });
}

int bpfbuild_log_poll(bpfbuild_log* log, int milliseconds) {
  return tell_failure(
      -1, [&] { return static_cast<int>(log->reader.poll(std::chrono::milliseconds(milliseconds))); });
}

int bpfbuild_log_fd(const bpfbuild_log* log) { return log->reader.fd(); }

void bpfbuild_log_close(bpfbuild_log* log) { delete log; }
