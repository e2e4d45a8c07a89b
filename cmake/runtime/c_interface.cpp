/// <bpfbuild/runtime.h>: no exception leaves a function that C calls.
#include <bpf/libbpf.h>

#include <cstdio>
#include <exception>
#include <string>
#include <type_traits>
#include <utility>

#include "bpfbuild/loader.hpp"
#include "bpfbuild/log.hpp"
#include "bpfbuild/runtime.h"

namespace {

void write_to_standard_error(const char* text, const char*, void*) { std::fprintf(stderr, "%s\n", text); }

void (*failure_function)(const char* text, const char* log, void* context) = write_to_standard_error;
void* failure_context = nullptr;

/// What the call returns; on an exception, which is told, `failure`, or its errno where it has one.
template <typename Call, typename Result>
Result tell_failure(Result failure, Call call) {
  try {
    return call();
  } catch (const bpfbuild::load_error& error) {
    failure_function(error.what(), error.full_log().c_str(), failure_context);
    if constexpr (std::is_same_v<Result, int>) return error.error() > 0 ? -error.error() : failure;
  } catch (const std::exception& error) {
    failure_function(error.what(), "", failure_context);
  }
  return failure;
}

template <typename Call>
int run_step(const char* step, bpf_object_skeleton* skeleton, Call call) {
  return bpfbuild::detail::run_step(step, *skeleton->obj, call,
                                    {static_cast<const char*>(skeleton->data), skeleton->data_sz});
}

bpfbuild::log_sink messages_to(std::FILE* file) { return file ? bpfbuild::message_sink(file) : nullptr; }

bpfbuild::log_sink calls_of(void (*function)(const bpfbuild_log_record*, void*), void* context) {
  return [function, context](const bpfbuild::log_record& record) {
    using namespace std::chrono;
    const std::string object(record.object), program(record.program), file(record.file), text(record.text);
    bpfbuild_log_record result{};
    result.level = static_cast<bpfbuild_log_level>(record.level);
    result.time =
        static_cast<std::uint64_t>(duration_cast<nanoseconds>(record.time.time_since_epoch()).count());
    result.object = object.c_str();
    result.program = program.c_str();
    result.file = file.c_str();
    result.line = record.line;
    result.text = text.c_str();
    result.text_size = text.size();
    result.lost = record.lost;
    result.suppressed = record.suppressed;
    function(&result, context);
  };
}

}  // namespace

struct bpfbuild_log {
  bpfbuild::log_reader reader;
};

namespace {

int add_sink(bpfbuild_log* log, bpfbuild::log_sink sink) {
  log->reader.add_sink(std::move(sink));
  return 0;
}

}  // namespace

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

int bpfbuild_attach_by(bpf_object_skeleton* skeleton, int (*function)(void* context), void* context) {
  return tell_failure(-1, [&] { return run_step("attach", skeleton, [&] { return function(context); }); });
}

void bpfbuild_on_failure(void (*function)(const char* text, const char* log, void* context), void* context) {
  failure_function = function ? function : write_to_standard_error;
  failure_context = context;
}

int bpfbuild_set_log_level(bpf_object* object, bpfbuild_log_level level) {
  return bpfbuild::set_log_level(object, static_cast<bpfbuild::log_level>(level)) ? 0 : -1;
}

bpfbuild_log* bpfbuild_log_open(bpf_object* object, std::FILE* file) {
  return tell_failure(static_cast<bpfbuild_log*>(nullptr),
                      [&] { return new bpfbuild_log{bpfbuild::log_reader(object, messages_to(file))}; });
}

bpfbuild_log* bpfbuild_log_open_map(std::uint32_t map_id, const char* object_file, std::FILE* file) {
  return tell_failure(static_cast<bpfbuild_log*>(nullptr), [&] {
    return new bpfbuild_log{bpfbuild::log_reader(map_id, object_file ? object_file : "", messages_to(file))};
  });
}

int bpfbuild_log_to_terminal(bpfbuild_log* log, std::FILE* file) {
  return tell_failure(-1, [&] { return add_sink(log, bpfbuild::terminal_sink(file)); });
}

int bpfbuild_log_to_json(bpfbuild_log* log, std::FILE* file) {
  return tell_failure(-1, [&] { return add_sink(log, bpfbuild::json_sink(file)); });
}

int bpfbuild_log_to_function(bpfbuild_log* log,
                             void (*function)(const bpfbuild_log_record* record, void* context),
                             void* context) {
  return tell_failure(-1, [&] { return add_sink(log, calls_of(function, context)); });
}

int bpfbuild_log_set_filter(bpfbuild_log* log, const char* filter) {
  return tell_failure(-1, [&] {
    log->reader.set_filter(bpfbuild::log_filter(filter));
    return 0;
  });
}

int bpfbuild_log_poll(bpfbuild_log* log, int milliseconds) {
  return tell_failure(
      -1, [&] { return static_cast<int>(log->reader.poll(std::chrono::milliseconds(milliseconds))); });
}

int bpfbuild_log_consume(bpfbuild_log* log) {
  return tell_failure(-1, [&] { return static_cast<int>(log->reader.consume()); });
}

int bpfbuild_log_fd(const bpfbuild_log* log) { return log->reader.fd(); }

std::uint64_t bpfbuild_log_lost(const bpfbuild_log* log) { return log->reader.lost(); }

void bpfbuild_log_close(bpfbuild_log* log) { delete log; }
